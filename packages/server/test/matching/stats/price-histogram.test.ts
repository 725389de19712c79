import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { PRICE_DIGITS, PriceHistogram } from '#src/matching/stats/price-histogram.js';

const prices = fc.oneof(
  fc.double({ min: 0, max: 1e10, noNaN: true, maxExcluded: true }),
  fc.double({ min: 1e-6, max: 100, noNaN: true }),
  fc.integer({ min: -6, max: 9 }).map((power) => 10 ** power),
  fc.integer({ min: 0, max: 20_000 }).map((cents) => cents / 100),
);

void test('what is told of a price is the price to four digits', () => {
  fc.assert(
    fc.property(prices, (usd) => {
      const told = PriceHistogram.told(usd);
      if (usd < 1e-6) return assert.equal(told, 0);
      assert.ok(Math.abs(told - usd) <= usd * 0.000_500_1, `${usd} ${told}`);
      assert.equal(Number(told.toPrecision(PRICE_DIGITS)), told);
    }),
  );
  assert.deepEqual(
    [0, 5, 0.05, 38.42, 999.95, 999.949, 1_234.5, 0.000_001].map((usd) => PriceHistogram.told(usd)),
    [0, 5, 0.05, 38.42, 1_000, 999.9, 1_235, 0.000_001],
  );
});

void test('telling keeps the order of prices', () => {
  fc.assert(
    fc.property(prices, prices, (one, other) => {
      const [less, more] = one < other ? [one, other] : [other, one];
      assert.ok(PriceHistogram.told(less) <= PriceHistogram.told(more));
    }),
  );
});

void test('the percentiles are by nearest rank', () => {
  const histogram = new PriceHistogram();
  assert.equal(histogram.levels(), undefined);
  for (let usd = 1; usd <= 10; usd += 1) histogram.change(usd, 1);
  assert.deepEqual(histogram.levels(), { p10: 1, median: 5, p90: 9 });
  histogram.change(1, -1);
  assert.deepEqual(histogram.levels(), { p10: 2, median: 6, p90: 10 });
  assert.equal(histogram.count, 9);
});
