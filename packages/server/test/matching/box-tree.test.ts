import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AXES, AXIS, BOUNDED_AXES, writePoint } from '#src/matching/boxes/box-axes.js';
import { type BoxRoom, slotsBelow } from '#src/matching/boxes/box-filling.js';
import { BoxRows, LEAF_ROWS_MAX } from '#src/matching/boxes/box-rows.js';
import { BoxTree } from '#src/matching/boxes/box-tree.js';
import { Boxes } from '#src/matching/boxes/boxes.js';
import { ProviderNumbers } from '#src/matching/providers/provider-numbers.js';
import { ProviderSlots } from '#src/matching/providers/provider-slots.js';
import { type RowContent, Rows } from '#src/matching/rows/rows.js';
import { Dice, providerOf } from './worlds.js';

/** Enough for a tree of seven levels and more. */
const PROVIDERS = 6_000;

type Describe = (dice: Dice, number: number) => Partial<RowContent>;

/** What everybody has who has nothing special. */
const SAME: RowContent = {
  verified: true,
  createdAtMs: 1,
  resources: { cpu: 4, memory: 8, storage: 40 },
  platform: 1,
  country: 1,
  prices: { core: 1, memory: 1, storage: 1 },
};

const unpriced = { core: Infinity, memory: Infinity, storage: Infinity };

const MARKETS: Readonly<Record<string, Describe>> = {
  'of all kinds': (dice) => ({
    resources: { cpu: dice.below(64) + 1, memory: dice.below(500) + 1, storage: dice.below(9) + 1 },
    platform: dice.below(3),
    country: dice.below(60),
    prices: dice.chance(20) ? unpriced : { core: dice.below(9), memory: dice.below(9), storage: 1 },
  }),
  'where all are equal': () => ({}),
  'where who comes later is larger': (_, number) => ({
    resources: { cpu: 4, memory: 8, storage: number + 1 },
  }),
  'where the larger are cheaper': (dice) => {
    const cpu = dice.below(1_024) + 1;
    const resources = { cpu, memory: 65_536, storage: 10_000_000 };
    return { resources, prices: { core: 1 / cpu, memory: 1_000_000 / cpu, storage: 0 } };
  },
};

interface Planted {
  readonly room: BoxRoom;
  readonly dice: Dice;
  readonly tree: BoxTree;
}

function plant(describe: Describe): Planted {
  const slots = new ProviderSlots(new ProviderNumbers());
  const rows = new Rows(slots);
  const room: BoxRoom = { rows, boxes: new Boxes(), boxRows: new BoxRows() };
  const dice = new Dice(11);
  for (let number = 0; number < PROVIDERS; number += 1) {
    const id = providerOf(number);
    rows.write(slots.take(id), id, { ...SAME, ...describe(dice, number) });
  }
  return { room, dice, tree: new BoxTree(room) };
}

/** Every box holds what it says, within its bounds and on the right side of the cuts. */
function checkBelow(room: BoxRoom, box: number): number {
  const { rows, boxes } = room;
  const slots = slotsBelow(room, box);
  const point = new Float64Array(AXES);
  assert.equal(boxes.count(box), slots.length);
  for (const slot of slots) {
    writePoint(rows, slot, point, 0);
    for (let axis = 0; axis < BOUNDED_AXES; axis += 1) {
      const value = point[axis] ?? NaN;
      assert.ok(boxes.bounds.low(box, axis) <= value && value <= boxes.bounds.high(box, axis));
    }
    assert.ok(boxes.bounds.lowestIdCode(box) <= (point[AXIS.idCode] ?? NaN));
  }
  if (!boxes.isCut(box)) {
    assert.ok(slots.length <= LEAF_ROWS_MAX);
    return 1;
  }
  for (const half of [boxes.lowHalf(box), boxes.highHalf(box)]) {
    for (const slot of slotsBelow(room, half)) {
      writePoint(rows, slot, point, 0);
      assert.equal(boxes.halfOf(box, point), half);
    }
  }
  return 1 + Math.max(...[boxes.lowHalf(box), boxes.highHalf(box)].map((h) => checkBelow(room, h)));
}

function checkTree({ room, tree }: Omit<Planted, 'dice'>, present: Set<number>): void {
  const { root } = tree;
  assert.ok(root !== undefined);
  const ascending = (one: number, other: number) => one - other;
  assert.deepEqual(slotsBelow(room, root).toSorted(ascending), [...present].toSorted(ascending));
  assert.ok(checkBelow(room, root) < 30, 'a tree of thousands is never deep');
}

/** Lets chance insert, change and remove, most of the time among all, then among few. */
function live({ dice, tree, ...planted }: Planted, present: Set<number>): void {
  for (let step = 0; step < 24_000; step += 1) {
    const slot = dice.below(step < 12_000 ? PROVIDERS : 200);
    const other = dice.below(PROVIDERS);
    if (!present.has(slot)) {
      tree.insert(slot);
      present.add(slot);
    } else if (dice.chance(50) && !present.has(other)) {
      tree.change(slot, other);
      present.delete(slot);
      present.add(other);
    } else {
      tree.remove(slot);
      present.delete(slot);
    }
    if (step % 6_000 === 0) checkTree({ ...planted, tree }, present);
  }
  checkTree({ ...planted, tree }, present);
  for (const slot of present) tree.remove(slot);
  checkTree({ ...planted, tree }, new Set());
}

for (const [name, describe] of Object.entries(MARKETS)) {
  test(`a tree of boxes holds what it was given through any history: a market ${name}`, () => {
    live(plant(describe), new Set());
  });

  test(`so does one that was given thousands at once: a market ${name}`, () => {
    const planted = plant(describe);
    const slots = Array.from({ length: PROVIDERS }, (_, slot) => slot).filter(
      (slot) => slot % 9 > 0,
    );
    let steps = 0;
    for (const _ of planted.tree.fill(slots)) steps += 1;
    assert.ok(steps > 2, 'others are let in between');
    live(planted, new Set(slots));
  });
}

test('a tree that grows and shrinks again and again takes no more boxes and leaves than at first', () => {
  const { room, tree } = plant(MARKETS['where who comes later is larger'] ?? (() => ({})));
  const growAndShrink = () => {
    for (let slot = 0; slot < PROVIDERS; slot += 1) tree.insert(slot);
    for (let slot = 0; slot < PROVIDERS; slot += 1) tree.remove(slot);
  };
  growAndShrink();
  const once = [room.boxes.room, highestNew(room.boxRows)];
  for (let round = 0; round < 5; round += 1) growAndShrink();
  assert.deepEqual([room.boxes.room, highestNew(room.boxRows)], once);
});

/** The highest number among more leaves than are free, which are given back. */
function highestNew(boxRows: BoxRows): number {
  const taken = Array.from({ length: 1_024 }, () => boxRows.take());
  for (const leaf of taken) boxRows.release(leaf);
  return Math.max(...taken);
}

test('removing a slot that is not in the tree is a bug, and is thrown', () => {
  const { tree } = plant(() => ({}));
  assert.throws(() => tree.remove(2));
  tree.insert(1);
  assert.throws(() => tree.remove(2));
});

test('a tree that was used and emptied is filled as one that is new, and one that holds anything is not', () => {
  const planted = plant(MARKETS['of all kinds'] ?? (() => ({})));
  const slots = Array.from({ length: PROVIDERS }, (_, slot) => slot);
  for (let round = 0; round < 3; round += 1) {
    for (const _ of planted.tree.fill(slots));
    checkTree(planted, new Set(slots));
    assert.throws(() => [...planted.tree.fill(slots)]);
    for (const slot of slots) planted.tree.remove(slot);
  }
  checkTree(planted, new Set());
});
