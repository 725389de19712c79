import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortByHint } from '#src/matching/trees/hint-sort.js';
import { sortInSteps } from '#src/matching/trees/sliced-sort.js';
import { Dice } from './worlds.js';

/** Several runs, and steps, of either. */
const COUNT = 50_000;

/** Goes through all steps: how many there were, and what came of it. */
function finish<Result>(steps: Generator<undefined, Result>): { count: number; result: Result } {
  for (let count = 0; ; count += 1) {
    const step = steps.next();
    if (step.done === true) return { count, result: step.value };
  }
}

for (const [name, range] of [
  ['hints of every size', 2 ** 32],
  ['hints that are mostly ties', 7],
] as const) {
  test(`slots are sorted by hint, those with the same in the order in which they came: ${name}`, () => {
    const dice = new Dice(4);
    const hints = Uint32Array.from({ length: COUNT }, () => dice.below(range));
    const slots = Uint32Array.from({ length: COUNT }, (_, index) => COUNT - index);
    const expected = [...slots.keys()].toSorted((a, b) => (hints[a] ?? 0) - (hints[b] ?? 0));
    const expectedSlots = expected.map((index) => slots[index]);
    const expectedHints = expected.map((index) => hints[index]);
    const { count, result } = finish(sortByHint({ slots, hints }));
    assert.ok(count > 6, 'others are let in between');
    assert.deepEqual([...result.slots], expectedSlots);
    assert.deepEqual([...result.hints], expectedHints);
  });
}

test('numbers are sorted in steps by what they stand for, as they would be at once', () => {
  const dice = new Dice(9);
  const weights = Float64Array.from({ length: COUNT }, () => dice.below(300));
  const compare = (one: number, other: number) => (weights[one] ?? 0) - (weights[other] ?? 0);
  const numbers = Uint32Array.from({ length: COUNT }, (_, index) => index);
  const expected = [...numbers].toSorted(compare);
  const { count } = finish(sortInSteps(numbers, compare));
  assert.ok(count > 3, 'others are let in between');
  assert.deepEqual([...numbers], expected);
});
