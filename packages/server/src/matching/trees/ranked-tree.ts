/**
 * A B+-tree of slots in one order. Every node knows bounds on what lies below it, so that whoever
 * walks the tree can pass over what cannot match.
 * Invariant: the slots of the leaves, from left to right, are in order; every node but the root holds
 * an item at least; the root has two, or is a leaf.
 * Cost: 2 to 3 µs to insert or remove among a million, nearly all of it waiting for memory. At most a
 * node on each level is rebuilt at a time, so no call is ever long.
 */
import { NODE_ITEMS_MAX } from './node-chunks.js';
import type { Nodes } from './nodes.js';
import { type Order, type Place, hintOf } from '../rows/orders.js';
import type { Rows } from '../rows/rows.js';
import { buildNodes, inOrder } from './tree-filling.js';

/** A node with fewer items joins a neighbour, where both fit with room to spare. */
const NODE_ITEMS_FEW = 16;
const JOINED_ITEMS_MAX = 48;

const NONE = -1;

/** What is looked for in one tree. */
export interface Sought {
  /** In the order of the tree. */
  readonly hint: number;
  /** Below zero where a slot comes before it, 0 where it is that slot. */
  readonly compare: (slot: number) => number;
}

export class RankedTree {
  readonly order: Order;
  readonly #nodes: Nodes;
  readonly #rows: Rows;
  #root = NONE;

  constructor(order: Order, nodes: Nodes, rows: Rows) {
    this.order = order;
    this.#nodes = nodes;
    this.#rows = rows;
  }

  /** The topmost node; `undefined` where the tree is empty. */
  get root(): number | undefined {
    return this.#root === NONE ? undefined : this.#root;
  }

  /** A place, to be looked for in this tree. */
  seek(place: Place): Sought {
    return {
      hint: hintOf(this.order, place.key, place.idCode),
      compare: (slot) => this.#rows.compare(this.order, slot, place),
    };
  }

  /** Takes all its slots at once, in steps; the tree must be empty, and their rows written. */
  *fill(slots: ArrayLike<number>): Generator<undefined, void> {
    if (this.#root !== NONE) throw new Error('only an empty tree is filled');
    if (slots.length === 0) return;
    const ranked = yield* inOrder(this.#rows, this.order, slots);
    this.#root = yield* buildNodes(this.#nodes, ranked);
  }

  /** Inserts a slot whose row is written. */
  insert(slot: number): void {
    const nodes = this.#nodes;
    if (this.#root === NONE) this.#root = nodes.take(0);
    const sibling = this.#insertBelow(this.#root, slot, this.#seekSlot(slot));
    if (sibling === NONE) return;
    const root = nodes.take(nodes.height(this.#root) + 1);
    nodes.insertItem(root, 0, this.#root, nodes.hint(this.#root, 0));
    nodes.insertItem(root, 1, sibling, nodes.hint(sibling, 0));
    nodes.refresh(root);
    this.#root = root;
  }

  /** Removes a slot whose row is still what it was when it was inserted. */
  remove(slot: number): void {
    this.#removeBelow(this.#root, slot, this.#seekSlot(slot));
    while (this.#root !== NONE && this.#isNeedlessRoot()) {
      const only = this.#nodes.count(this.#root) === 1 ? this.#nodes.item(this.#root, 0) : NONE;
      this.#nodes.release(this.#root);
      this.#root = only;
    }
  }

  /** Puts `slot`, whose row is written, in the place of `old`, which has the same provider. */
  change(old: number, slot: number): void {
    if (this.#rows.key(this.order, old) === this.#rows.key(this.order, slot)) {
      this.#replaceBelow(this.#root, old, slot, this.#seekSlot(old));
    } else {
      this.remove(old);
      this.insert(slot);
    }
  }

  /** The first index in a leaf at or after what is sought. */
  indexInLeaf(leaf: number, sought: Sought): number {
    return this.#countBefore(leaf, sought, 0);
  }

  /** The index of the child that what is sought belongs into: the last that begins at or before it, else the first. */
  indexOfChild(node: number, sought: Sought): number {
    return Math.max(0, this.#countBefore(node, sought, 1) - 1);
  }

  /** How many items of a node compare to what is sought as less than `limit`: 0 for those before it, 1 for itself as well. */
  #countBefore(node: number, sought: Sought, limit: 0 | 1): number {
    const nodes = this.#nodes;
    let low = 0;
    let high = nodes.count(node);
    while (low < high) {
      const middle = (low + high) >> 1;
      const hint = nodes.hint(node, middle);
      const isBefore =
        hint === sought.hint
          ? sought.compare(nodes.slotAt(node, middle)) < limit
          : hint < sought.hint;
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A slot, in this tree or not: by its row, and without its id unless another has the same key. */
  #seekSlot(slot: number): Sought {
    return {
      hint: this.#rows.hint(this.order, slot),
      compare: (other) => this.#rows.compareSlots(this.order, other, slot),
    };
  }

  /** Returns the new right sibling where the node was split. */
  #insertBelow(node: number, slot: number, sought: Sought): number {
    const nodes = this.#nodes;
    const leaf = nodes.isLeaf(node);
    const index = leaf ? this.indexInLeaf(node, sought) : this.indexOfChild(node, sought);
    const item = leaf ? slot : this.#insertBelow(nodes.item(node, index), slot, sought);
    if (leaf) nodes.insertItem(node, index, slot, sought.hint);
    else if (item !== NONE) nodes.insertItem(node, index + 1, item, nodes.hint(item, 0));
    nodes.refreshFirst(node, index);
    if (nodes.count(node) === NODE_ITEMS_MAX) return this.#split(node, index);
    nodes.admit(node, slot);
    return NONE;
  }

  /** In halves; but what grows at its end (listings come in the order of their start) is left nearly full. */
  #split(node: number, index: number): number {
    const nodes = this.#nodes;
    const sibling = nodes.take(nodes.height(node));
    const keep = index >= NODE_ITEMS_MAX - 2 ? NODE_ITEMS_MAX - 4 : NODE_ITEMS_MAX / 2;
    nodes.moveItems(node, keep, sibling);
    nodes.refresh(node);
    nodes.refresh(sibling);
    return sibling;
  }

  #removeBelow(node: number, slot: number, sought: Sought): void {
    const nodes = this.#nodes;
    const leaf = nodes.isLeaf(node);
    const index = leaf ? this.indexInLeaf(node, sought) : this.indexOfChild(node, sought);
    if (leaf) {
      this.#expect(node, index, slot);
      nodes.removeItem(node, index);
    } else {
      this.#removeBelow(nodes.item(node, index), slot, sought);
      this.#tidyChild(node, index);
    }
    if (index < nodes.count(node)) nodes.refreshFirst(node, index);
    nodes.dismiss(node);
  }

  #replaceBelow(node: number, old: number, slot: number, sought: Sought): void {
    const nodes = this.#nodes;
    const leaf = nodes.isLeaf(node);
    const index = leaf ? this.indexInLeaf(node, sought) : this.indexOfChild(node, sought);
    if (leaf) {
      this.#expect(node, index, old);
      nodes.replaceSlot(node, index, slot);
    } else {
      this.#replaceBelow(nodes.item(node, index), old, slot, sought);
    }
    nodes.refreshFirst(node, index);
    nodes.exchange(node, slot);
  }

  #expect(leaf: number, index: number, slot: number): void {
    const isThere = index < this.#nodes.count(leaf) && this.#nodes.item(leaf, index) === slot;
    if (!isThere) throw new Error(`slot ${slot} is not where it belongs`);
  }

  /** Drops an empty child, and joins one that has become small with a neighbour. */
  #tidyChild(node: number, index: number): void {
    const nodes = this.#nodes;
    const child = nodes.item(node, index);
    if (nodes.count(child) === 0) {
      nodes.release(child);
      nodes.removeItem(node, index);
    } else if (nodes.count(child) < NODE_ITEMS_FEW) {
      if (!this.#joinNext(node, index)) this.#joinNext(node, index - 1);
    }
  }

  /** Joins a child and the next one, where both are there and fit into one. */
  #joinNext(node: number, index: number): boolean {
    const nodes = this.#nodes;
    if (index < 0 || index + 1 >= nodes.count(node)) return false;
    const left = nodes.item(node, index);
    const right = nodes.item(node, index + 1);
    if (nodes.count(left) + nodes.count(right) > JOINED_ITEMS_MAX) return false;
    nodes.moveItems(right, 0, left);
    nodes.refresh(left);
    nodes.release(right);
    nodes.removeItem(node, index + 1);
    return true;
  }

  #isNeedlessRoot(): boolean {
    const count = this.#nodes.count(this.#root);
    return count === 0 || (count === 1 && !this.#nodes.isLeaf(this.#root));
  }
}
