import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Nodes } from '#src/matching/trees/nodes.js';
import { ORDER } from '#src/matching/rows/orders.js';
import { ProviderNumbers } from '#src/matching/providers/provider-numbers.js';
import { ProviderSlots } from '#src/matching/providers/provider-slots.js';
import { RankedTree } from '#src/matching/trees/ranked-tree.js';
import { Rows } from '#src/matching/rows/rows.js';
import { Dice, providerOf } from './worlds.js';

/** Enough for three levels. */
const PROVIDERS = 9_000;

function plant() {
  const slots = new ProviderSlots(new ProviderNumbers());
  const rows = new Rows(slots);
  const nodes = new Nodes(rows);
  const dice = new Dice(3);
  for (let number = 0; number < PROVIDERS; number += 1) {
    const id = providerOf(number);
    rows.write(slots.take(id), id, {
      verified: true,
      createdAtMs: dice.below(1_000_000_000),
      resources: { cpu: dice.below(64) + 1, memory: dice.below(500) + 1, storage: 40 },
      platform: dice.below(3),
      country: 1,
      prices: { core: dice.below(100), memory: dice.below(100), storage: 1 },
    });
  }
  return { rows, nodes, dice };
}

function slotsBelow(nodes: Nodes, node: number): readonly number[] {
  const items = Array.from({ length: nodes.count(node) }, (_, index) => nodes.item(node, index));
  return nodes.isLeaf(node) ? items : items.flatMap((child) => slotsBelow(nodes, child));
}

/** How many nodes are in use: those that a new one is not given the number of. */
function nodesEverMade(nodes: Nodes): number {
  const taken: number[] = [];
  let highest = 0;
  for (let more = 0; more < 4_096; more += 1) taken.push(nodes.take(0));
  for (const node of taken) highest = Math.max(highest, node);
  for (const node of taken) nodes.release(node);
  return highest;
}

for (const [name, order] of Object.entries(ORDER)) {
  test(`a tree by ${name} stays in order and knows its entries through any history`, () => {
    const { rows, nodes, dice } = plant();
    const tree = new RankedTree(order, nodes, rows);
    const present = new Set<number>();
    for (let step = 0; step < 40_000; step += 1) {
      const slot = dice.below(step < 20_000 ? PROVIDERS : 300);
      if (present.delete(slot)) tree.remove(slot);
      else tree.insert(present.add(slot) && slot);
      if (step % 8_000 !== 0) continue;
      const found = tree.root === undefined ? [] : slotsBelow(nodes, tree.root);
      const expected = [...present].toSorted((one, other) =>
        rows.compare(order, one, rows.place(order, other)),
      );
      assert.deepEqual(found, expected);
      assert.equal(tree.root === undefined ? 0 : nodes.entries(tree.root), present.size);
    }
    for (const slot of present) tree.remove(slot);
    assert.equal(tree.root, undefined);
  });
}

for (const [name, order] of Object.entries(ORDER)) {
  test(`a tree by ${name} that was given thousands at once is as one that took them one by one`, () => {
    const { rows, nodes, dice } = plant();
    const tree = new RankedTree(order, nodes, rows);
    const present = new Set<number>();
    for (let slot = 0; slot < PROVIDERS; slot += 1) if (!dice.chance(10)) present.add(slot);
    const steps = tree.fill(Uint32Array.from(present));
    while (steps.next().done !== true);
    for (let step = 0; step < 4_000; step += 1) {
      const slot = dice.below(PROVIDERS);
      if (present.delete(slot)) tree.remove(slot);
      else tree.insert(present.add(slot) && slot);
    }
    const expected = [...present].toSorted((one, other) => rows.compareSlots(order, one, other));
    assert.deepEqual(tree.root === undefined ? [] : slotsBelow(nodes, tree.root), expected);
  });
}

test('a tree that grows and shrinks again and again takes no more nodes than the first time', () => {
  const { rows, nodes } = plant();
  const tree = new RankedTree(ORDER.cpu, nodes, rows);
  const growAndShrink = () => {
    for (let slot = 0; slot < PROVIDERS; slot += 1) tree.insert(slot);
    for (let slot = 0; slot < PROVIDERS; slot += 1) tree.remove(slot);
  };
  growAndShrink();
  const once = nodesEverMade(nodes);
  for (let round = 0; round < 10; round += 1) growAndShrink();
  assert.equal(nodesEverMade(nodes), once);
});

test('removing a slot that is not in the tree is a bug, and is thrown', () => {
  const { rows, nodes } = plant();
  const tree = new RankedTree(ORDER.uptime, nodes, rows);
  tree.insert(1);
  assert.throws(() => tree.remove(2));
});
