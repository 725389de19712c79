/**
 * Builds a tree from all its slots at once, from the leaves up, where inserting one after the other
 * would search, and widen bounds on every level, for each. A hub that starts does it for everybody:
 * 100,000 advertisements took 2 s of inserting, and take 0.3 s so. It goes in steps of some
 * milliseconds, between which the caller may let others in.
 */
import { type RankedSlots, sortByHint } from './hint-sort.js';
import { NODE_ITEMS_MAX } from './node-chunks.js';
import type { Nodes } from './nodes.js';
import type { Order } from '../rows/orders.js';
import type { Rows } from '../rows/rows.js';
import { sortInSteps } from './sliced-sort.js';

/** Nodes are left with room for a third more, so that the next insertions don't split them all. */
const FILLED_ITEMS = Math.floor(NODE_ITEMS_MAX * 0.75);

/** Slots hinted, slots looked at for ties, or nodes made, in one step. */
const STEP_SLOTS = 32_768;
const STEP_TIES = 8_192;
const STEP_NODES = 256;

/** So many with the same hint are sorted at once. */
const TIES_AT_ONCE = 256;

/** Some slots in an order. They are sorted by hint first; only those with equal hints are compared. */
export function* inOrder(
  rows: Rows,
  order: Order,
  unsorted: ArrayLike<number>,
): Generator<undefined, RankedSlots> {
  const slots = new Uint32Array(unsorted);
  const hints = new Uint32Array(slots.length);
  for (let index = 0; index < slots.length; index += 1) {
    if (index % STEP_SLOTS === 0) yield;
    hints[index] = rows.hint(order, slots[index] ?? 0);
  }
  const ranked = yield* sortByHint({ slots, hints });
  yield* sortTies(rows, order, ranked);
  return ranked;
}

function* sortTies(
  rows: Rows,
  order: Order,
  { slots, hints }: RankedSlots,
): Generator<undefined, void> {
  const compare = (one: number, other: number) => rows.compareSlots(order, one, other);
  let step = 0;
  for (let from = 0; from < slots.length;) {
    let to = from + 1;
    while (to < slots.length && hints[to] === hints[from]) to += 1;
    const ties = to - from;
    if (ties > TIES_AT_ONCE) yield* sortInSteps(slots.subarray(from, to), compare);
    else if (ties > 1) slots.subarray(from, to).sort(compare);
    from = to;
    if (from > step) {
      step = from + STEP_TIES;
      yield;
    }
  }
}

/** Makes the nodes over some slots, at least one; returns the root. */
export function* buildNodes(
  nodes: Nodes,
  { slots, hints }: RankedSlots,
): Generator<undefined, number> {
  let level = yield* inGroups(slots.length, (from, to) =>
    makeNode(nodes, 0, slots.subarray(from, to), hints.subarray(from, to)),
  );
  for (let height = 1; level.length > 1; height += 1) {
    const below = level;
    level = yield* inGroups(below.length, (from, to) => {
      const children = below.slice(from, to);
      return makeNode(
        nodes,
        height,
        children,
        children.map((child) => nodes.hint(child, 0)),
      );
    });
  }
  const [root] = level;
  if (root === undefined) throw new Error('a tree over nothing has no root');
  return root;
}

function makeNode(
  nodes: Nodes,
  height: number,
  items: ArrayLike<number>,
  hints: ArrayLike<number>,
): number {
  const node = nodes.take(height);
  nodes.fill(node, items, hints);
  return node;
}

/** Groups of equal size as far as that goes, so that no node begins with a single item beside full ones. */
function* inGroups(
  count: number,
  make: (from: number, to: number) => number,
): Generator<undefined, number[]> {
  const groups = Math.ceil(count / FILLED_ITEMS);
  const made: number[] = [];
  for (let group = 0; group < groups; group += 1) {
    if (group % STEP_NODES === 0) yield;
    const from = Math.floor((group * count) / groups);
    made.push(make(from, Math.floor(((group + 1) * count) / groups)));
  }
  return made;
}
