import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { estimatePrice, monthlyUsd } from 'golem-vm-discovery-protocol';
import { AnswerBytes } from '#src/matching/records/answer-bytes.js';
import { AMOUNT_BYTES_MAX, writeAmount } from '#src/matching/records/amount-bytes.js';

test('an amount of at most six decimals is written as JSON writes it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (millionths) => {
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

test('an amount is rounded as the protocol rounds a price', () => {
  const price = fc.double({ min: 0, max: 1e6, noNaN: true });
  const size = fc.constantFrom(1, 3, 40, 1_000, 10_000_000);
  fc.assert(
    fc.property(price, price, price, size, (core, memory, storage, most) => {
      const shape = { cpu: 3, memory: 7, storage: most };
      const pricing = {
        usd_per_core_month: core,
        usd_per_gb_ram_month: memory,
        usd_per_gb_storage_month: storage,
      };
      const usd = monthlyUsd(shape, pricing);
      assert.ok(usd !== undefined);
      assert.equal(Number(amountText(usd)), estimatePrice(shape, pricing)?.usd_per_month);
    }),
    { numRuns: 5_000 },
  );
});

/** Written between other bytes, which stay as they are. */
function amountText(amount: number): string {
  const out = new AnswerBytes(AMOUNT_BYTES_MAX + 1);
  out.bytes.fill('#');
  const end = writeAmount(out, 1, amount);
  assert.equal(out.bytes[0], 35);
  return out.bytes.toString('latin1', 1, end);
}

/** What JSON writes, but for its exponents below 0.000001. */
function plain(amount: number): string {
  const text = JSON.stringify(amount);
  return text.includes('e') ? amount.toFixed(6).replace(/0+$/, '') : text;
}
