import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { spreadOf } from '#src/market/histogram.js';
import { DIRECTIONS, neighbourOf } from '#src/market/neighbours.js';
import { SHADE_MAX, shadeOf } from '#src/market/shades.js';
import type { Stats } from 'golem-vm-discovery-protocol';
import { priceLevelsOf } from '#src/market/price-levels.js';

const NO_STATS: Stats = {
  providers: 0,
  verified: 0,
  verified_share: 0,
  resources: { cpu: 0, memory: 0, storage: 0 },
  countries: [],
  platforms: [],
  priced: 0,
  prices: {},
  shapes: [],
  traffic: [],
};

describe('what the hub says of all prices', () => {
  const resources = { cpu: 4, memory: 8, storage: 100 };
  const stats = {
    ...NO_STATS,
    shapes: [
      { name: 'medium', resources, providers: 9, usd_per_month: { p10: 1, median: 2, p90: 3 } },
    ],
  } as const satisfies Stats;

  it('is told for a size that it knows, and nothing else asked for', () => {
    const search = { requirements: resources, sort: 'price' } as const;
    assert.deepEqual(priceLevelsOf(search, stats), { providers: 9, p10: 1, median: 2, p90: 3 });
    for (const requirements of [
      {},
      { cpu: 4 },
      { ...resources, cpu: 5 },
      { ...resources, country: ['SE'] },
    ]) {
      assert.equal(priceLevelsOf({ requirements, sort: 'uptime' }, stats), undefined);
    }
    assert.equal(priceLevelsOf(search, undefined), undefined);
  });
});

describe('the spread of prices', () => {
  it('counts every price in one bar, and knows the ends and the middle', () => {
    const prices = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 30 }), (all, barsMax) => {
        const spread = spreadOf(all, barsMax);
        assert.ok(spread);
        assert.equal(
          spread.bars.reduce((sum, { count }) => sum + count, 0),
          all.length,
        );
        assert.ok(spread.bars.length <= barsMax);
        assert.equal(spread.low, Math.min(...all));
        assert.equal(spread.high, Math.max(...all));
        const below = all.filter((price) => price < spread.median).length;
        const above = all.filter((price) => price > spread.median).length;
        assert.ok(below <= all.length / 2 && above <= all.length / 2);
      }),
    );
  });

  it('of nothing is nothing', () => {
    assert.equal(spreadOf([], 10), undefined);
  });
});

describe('the shade of a country', () => {
  it('rises with its providers, from the first on, up to the darkest', () => {
    assert.equal(shadeOf(0, 100), 0);
    assert.equal(shadeOf(1, 100), 1);
    assert.equal(shadeOf(100, 100), SHADE_MAX);
    assert.equal(shadeOf(1, 1), SHADE_MAX);
    const shades = Array.from({ length: 100 }, (_, count) => shadeOf(count, 99));
    assert.deepEqual(
      shades,
      shades.toSorted((one, other) => one - other),
    );
  });
});

describe('an arrow key on the map', () => {
  const places = [
    { code: 'SE', x: 500, y: 80 },
    { code: 'DE', x: 490, y: 120 },
    { code: 'FR', x: 470, y: 130 },
    { code: 'BR', x: 300, y: 300 },
  ] as const;

  function from(code: string, key: string): string | undefined {
    const place = places.find((each) => each.code === code);
    const direction = DIRECTIONS[key];
    assert.ok(place && direction);
    return neighbourOf(place, direction, places)?.code;
  }

  it('leads to the nearest country in its direction, and nowhere at the edge', () => {
    assert.equal(from('DE', 'ArrowUp'), 'SE');
    assert.equal(from('DE', 'ArrowLeft'), 'FR');
    assert.equal(from('FR', 'ArrowDown'), 'BR');
    assert.equal(from('BR', 'ArrowLeft'), undefined);
    assert.equal(from('SE', 'ArrowUp'), undefined);
  });
});
