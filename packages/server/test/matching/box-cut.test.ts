import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AXES, AXIS } from '#src/matching/boxes/box-axes.js';
import { chooseCut } from '#src/matching/boxes/box-cut.js';
import { NO_FLOORS, PriceFloors } from '#src/matching/boxes/price-floors.js';
import type { Sample } from '#src/matching/boxes/sample.js';

const COUNT = 4_096;

/** As many advertisements, all alike but for what `differ` says of each. */
function sampleOf(differ: (index: number) => Partial<Record<keyof typeof AXIS, number>>): Sample {
  const points = new Float64Array(COUNT * AXES).fill(1);
  for (let index = 0; index < COUNT; index += 1) {
    points[index * AXES + AXIS.slot] = index;
    for (const [axis, number] of Object.entries(AXIS)) {
      const value = Object.entries(differ(index)).find(([name]) => name === axis)?.[1];
      if (value !== undefined) points[index * AXES + number] = value;
    }
  }
  return { points, count: COUNT };
}

const unpriced = { corePrice: Infinity, memoryPrice: Infinity, storagePrice: Infinity };

test('the priced and the unpriced are parted in one cut, however few either are', () => {
  for (const few of [1, COUNT - 1]) {
    const sample = sampleOf((index) =>
      index < few ? unpriced : { corePrice: index, country: index % 9 },
    );
    assert.deepEqual(chooseCut(sample, NO_FLOORS), { axis: AXIS.corePrice, value: Infinity });
  }
});

test('where one strays far from all others, the cut is along what parts the others', () => {
  const sample = sampleOf((index) => ({ memory: index === 1 ? 2 ** 20 : 1, cpu: 1 + (index % 5) }));
  assert.equal(chooseCut(sample, NO_FLOORS).axis, AXIS.cpu);
});

test('floors are those of the largest box in a country, a few giveaways aside, and not of the unpriced', () => {
  const floors = new PriceFloors();
  const cheap = sampleOf((index) => ({ corePrice: index < 3 ? 0 : 5, memoryPrice: 2 }));
  assert.deepEqual(floors.learn(cheap, COUNT), [5, 2, 1]);
  assert.deepEqual(
    floors.learn(
      sampleOf(() => unpriced),
      2 * COUNT,
    ),
    NO_FLOORS,
  );
  const dear = sampleOf(() => ({ corePrice: 9, memoryPrice: 9, storagePrice: 9 }));
  assert.deepEqual(floors.learn(dear, COUNT / 2), [5, 2, 1], 'a part of the country');
  assert.deepEqual(floors.learn(dear, 2 * COUNT), [9, 9, 9]);
});

test('where nearly nobody in a country has a price, the floors are still prices', () => {
  const few = sampleOf((index) => (index < 2 ? { corePrice: 7 + index } : unpriced));
  assert.deepEqual(new PriceFloors().learn(few, COUNT), [8, 1, 1]);
});
