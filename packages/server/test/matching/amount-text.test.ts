import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { amountText } from '#src/matching/amount-text.js';

test('an amount of at most six decimals is written as JSON writes it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 53 - 1 }), (millionths) => {
      const amount = millionths / 1e6;
      assert.equal(Number(amountText(amount)), amount);
      assert.equal(amountText(amount), plain(amount));
    }),
    { numRuns: 20_000 },
  );
});

test('the smallest, the roundest and the largest amounts keep their value', () => {
  for (const amount of [0, 1e-6, 0.000_01, 0.1, 0.025_205, 1, 18.4, 999.999_999, 1e9, 1e13, 1e15]) {
    assert.equal(Number(amountText(amount)), amount, String(amount));
  }
});

/** What JSON writes, but for its exponents below 0.000001. */
function plain(amount: number): string {
  const text = JSON.stringify(amount);
  return text.includes('e') ? amount.toFixed(6).replace(/0+$/, '') : text;
}
