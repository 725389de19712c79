/**
 * The nodes of all trees, in typed arrays: what a node holds (slots in a leaf, nodes above), how many
 * entries lie below it, which is the first, and the bounds of them all in seven dimensions.
 * Invariant: bounds may be looser than the truth, never tighter; the rest is exact.
 * Cost: 416 bytes a node. Nodes come in chunks of 1,024, so that growing copies nothing; a freed node
 * is the next to be taken.
 */
import type { Order, Place, Rows } from './rows.js';

/** A node holds fewer items than this; reaching it splits the node. */
export const NODE_ITEMS_MAX = 64;

/** The dimensions of bounds: each has a lowest and a highest value, in that order. */
export const DIMENSION = {
  cpu: 1,
  memory: 3,
  storage: 5,
  platform: 7,
  corePrice: 9,
  memoryPrice: 11,
  storagePrice: 13,
} as const;
export type Dimension = (typeof DIMENSION)[keyof typeof DIMENSION];
const DIMENSIONS = Object.values(DIMENSION);

const CHUNK_NODES_LOG2 = 10;
const CHUNK_NODE_MASK = 2 ** CHUNK_NODES_LOG2 - 1;

/** The doubles of a node: the key of its first entry, then the bounds. */
const DOUBLES = 16;
const FIRST_KEY = 0;

/** The integers of a node. */
const INTEGERS = 8;
const COUNT = 0;
const ENTRIES = 1;
const REMOVED = 2;
const FIRST_SLOT = 3;
const FIRST_ID_CODE = 4;
const HEIGHT = 5;

const NO_DOUBLES = new Float64Array(0);
const NO_INTEGERS = new Int32Array(0);

export class Nodes {
  readonly #rows: Rows;
  readonly #items: Int32Array[] = [];
  readonly #integers: Int32Array[] = [];
  readonly #doubles: Float64Array[] = [];
  readonly #free: number[] = [];
  #made = 0;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** An empty node; leaves have height 0. */
  take(height: number): number {
    const node = this.#free.pop() ?? this.#make();
    for (let field = 0; field < INTEGERS; field += 1) this.#setInteger(node, field, 0);
    this.#setInteger(node, HEIGHT, height);
    this.#unbound(node);
    return node;
  }

  release(node: number): void {
    this.#free.push(node);
  }

  isLeaf(node: number): boolean {
    return this.#integer(node, HEIGHT) === 0;
  }

  height(node: number): number {
    return this.#integer(node, HEIGHT);
  }

  count(node: number): number {
    return this.#integer(node, COUNT);
  }

  /** How many entries lie below, at any depth. */
  entries(node: number): number {
    return this.#integer(node, ENTRIES);
  }

  item(node: number, index: number): number {
    const items = this.#items[node >> CHUNK_NODES_LOG2] ?? NO_INTEGERS;
    return items[(node & CHUNK_NODE_MASK) * NODE_ITEMS_MAX + index] ?? -1;
  }

  firstSlot(node: number): number {
    return this.#integer(node, FIRST_SLOT);
  }

  low(node: number, dimension: Dimension): number {
    return this.#double(node, dimension);
  }

  high(node: number, dimension: Dimension): number {
    return this.#double(node, dimension + 1);
  }

  /** Negative where the first entry of a node comes before a place. */
  compareFirst(node: number, place: Place): number {
    const key = this.#double(node, FIRST_KEY);
    if (key !== place.key) return key < place.key ? -1 : 1;
    const idCode = this.#integer(node, FIRST_ID_CODE);
    if (idCode !== place.idCode) return idCode < place.idCode ? -1 : 1;
    return this.#rows.compareIds(this.firstSlot(node), place);
  }

  firstKey(node: number): number {
    return this.#double(node, FIRST_KEY);
  }

  firstIdCode(node: number): number {
    return this.#integer(node, FIRST_ID_CODE);
  }

  insertItem(node: number, index: number, item: number): void {
    const items = this.#items[node >> CHUNK_NODES_LOG2] ?? NO_INTEGERS;
    const start = (node & CHUNK_NODE_MASK) * NODE_ITEMS_MAX;
    const count = this.count(node);
    items.copyWithin(start + index + 1, start + index, start + count);
    items[start + index] = item;
    this.#setInteger(node, COUNT, count + 1);
  }

  removeItem(node: number, index: number): void {
    const items = this.#items[node >> CHUNK_NODES_LOG2] ?? NO_INTEGERS;
    const start = (node & CHUNK_NODE_MASK) * NODE_ITEMS_MAX;
    const count = this.count(node);
    items.copyWithin(start + index, start + index + 1, start + count);
    this.#setInteger(node, COUNT, count - 1);
  }

  /** Moves the items from `index` on to the end of another node. Neither's bounds are touched. */
  moveItems(node: number, index: number, to: number): void {
    for (let from = index; from < this.count(node); from += 1) {
      this.insertItem(to, this.count(to), this.item(node, from));
    }
    this.#setInteger(node, COUNT, index);
  }

  /** Takes note of one entry more below a node: `slot`. */
  admit(node: number, slot: number): void {
    this.#setInteger(node, ENTRIES, this.entries(node) + 1);
    this.#widenByRow(node, slot);
  }

  /** Takes note of one entry less. Bounds stay until a quarter has gone: exact ones would cost more than they save. */
  dismiss(node: number, order: Order): void {
    const removed = this.#integer(node, REMOVED) + 1;
    const entries = this.entries(node) - 1;
    this.#setInteger(node, ENTRIES, entries);
    this.#setInteger(node, REMOVED, removed);
    if (removed * 4 > entries) this.refresh(node, order);
  }

  /** Takes the first entry of a node from its first item. */
  refreshFirst(node: number, order: Order): void {
    const first = this.item(node, 0);
    const leaf = this.isLeaf(node);
    const slot = leaf ? first : this.firstSlot(first);
    this.#setInteger(node, FIRST_SLOT, slot);
    this.#setInteger(node, FIRST_ID_CODE, leaf ? this.#rows.idCode(slot) : this.firstIdCode(first));
    this.#setDouble(node, FIRST_KEY, leaf ? this.#rows.key(order, slot) : this.firstKey(first));
  }

  /** Makes everything that is known about a node anew from its items. */
  refresh(node: number, order: Order): void {
    const leaf = this.isLeaf(node);
    const count = this.count(node);
    let entries = leaf ? count : 0;
    this.#unbound(node);
    for (let index = 0; index < count; index += 1) {
      const item = this.item(node, index);
      if (leaf) this.#widenByRow(node, item);
      else this.#widenByNode(node, item);
      if (!leaf) entries += this.entries(item);
    }
    this.#setInteger(node, ENTRIES, entries);
    this.#setInteger(node, REMOVED, 0);
    if (count > 0) this.refreshFirst(node, order);
  }

  #unbound(node: number): void {
    for (const dimension of DIMENSIONS) {
      this.#setDouble(node, dimension, Infinity);
      this.#setDouble(node, dimension + 1, -Infinity);
    }
  }

  #widenByRow(node: number, slot: number): void {
    const rows = this.#rows;
    this.#widen(node, DIMENSION.cpu, rows.cpu(slot), rows.cpu(slot));
    this.#widen(node, DIMENSION.memory, rows.memory(slot), rows.memory(slot));
    this.#widen(node, DIMENSION.storage, rows.storage(slot), rows.storage(slot));
    this.#widen(node, DIMENSION.platform, rows.platform(slot), rows.platform(slot));
    this.#widen(node, DIMENSION.corePrice, rows.corePrice(slot), rows.corePrice(slot));
    this.#widen(node, DIMENSION.memoryPrice, rows.memoryPrice(slot), rows.memoryPrice(slot));
    this.#widen(node, DIMENSION.storagePrice, rows.storagePrice(slot), rows.storagePrice(slot));
  }

  #widenByNode(node: number, child: number): void {
    for (const dimension of DIMENSIONS) {
      this.#widen(node, dimension, this.low(child, dimension), this.high(child, dimension));
    }
  }

  #widen(node: number, dimension: Dimension, low: number, high: number): void {
    if (low < this.low(node, dimension)) this.#setDouble(node, dimension, low);
    if (high > this.high(node, dimension)) this.#setDouble(node, dimension + 1, high);
  }

  #integer(node: number, field: number): number {
    const integers = this.#integers[node >> CHUNK_NODES_LOG2] ?? NO_INTEGERS;
    return integers[(node & CHUNK_NODE_MASK) * INTEGERS + field] ?? 0;
  }

  #setInteger(node: number, field: number, value: number): void {
    const integers = this.#integers[node >> CHUNK_NODES_LOG2] ?? NO_INTEGERS;
    integers[(node & CHUNK_NODE_MASK) * INTEGERS + field] = value;
  }

  #double(node: number, field: number): number {
    const doubles = this.#doubles[node >> CHUNK_NODES_LOG2] ?? NO_DOUBLES;
    return doubles[(node & CHUNK_NODE_MASK) * DOUBLES + field] ?? NaN;
  }

  #setDouble(node: number, field: number, value: number): void {
    const doubles = this.#doubles[node >> CHUNK_NODES_LOG2] ?? NO_DOUBLES;
    doubles[(node & CHUNK_NODE_MASK) * DOUBLES + field] = value;
  }

  #make(): number {
    if (this.#made >> CHUNK_NODES_LOG2 >= this.#items.length) {
      this.#items.push(new Int32Array(NODE_ITEMS_MAX << CHUNK_NODES_LOG2));
      this.#integers.push(new Int32Array(INTEGERS << CHUNK_NODES_LOG2));
      this.#doubles.push(new Float64Array(DOUBLES << CHUNK_NODES_LOG2));
    }
    this.#made += 1;
    return this.#made - 1;
  }
}
