/**
 * The nodes of all trees, in typed arrays: what a node holds (slots in a leaf, nodes above) and the
 * hints of those, in a leaf also their marks, how many entries lie below it, which is the first, and the bounds of them all in
 * seven dimensions.
 * Invariant: bounds may be looser than the truth, never tighter; the rest is exact. The bounds of a
 * node hold those of its children.
 * Cost: 896 bytes a node, in one piece: spread over several arrays the same node took four misses of
 * the address cache instead of one, and a change twice as long. Nodes come in chunks, so that growing
 * copies nothing; a freed node is the next to be taken.
 */
import type { Rows } from '../rows/rows.js';

/** A node holds fewer items than this; reaching it splits the node. */
export const NODE_ITEMS_MAX = 62;

/** The dimensions of bounds: each has a lowest and a highest value, in that order. */
export const DIMENSION = {
  cpu: 0,
  memory: 2,
  storage: 4,
  platform: 6,
  corePrice: 8,
  memoryPrice: 10,
  storagePrice: 12,
} as const;
export type Dimension = (typeof DIMENSION)[keyof typeof DIMENSION];

const CHUNK_NODES_LOG2 = 12;
const CHUNK_NODE_MASK = 2 ** CHUNK_NODES_LOG2 - 1;
const NODE_BYTES = 896;

/** A node in doubles: it begins with its bounds. */
const DOUBLES = NODE_BYTES / 8;
const BOUNDS = 14;

/** A node in whole numbers: after the bounds come these, then the hints, the marks and the items. */
const WORDS = NODE_BYTES / 4;
const COUNT = 28;
const ENTRIES = 29;
const REMOVED = 30;
const FIRST_SLOT = 31;
const HEIGHT = 32;
const HINTS = 36;
const MARKS = HINTS + NODE_ITEMS_MAX;
const ITEMS = MARKS + NODE_ITEMS_MAX;

const NO_DOUBLES = new Float64Array(0);
const NO_WORDS = new Uint32Array(0);

export class Nodes {
  readonly #rows: Rows;
  /** Two views of the same chunks. */
  readonly #doubles: Float64Array[] = [];
  readonly #words: Uint32Array[] = [];
  readonly #free: number[] = [];
  #made = 0;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** An empty node; leaves have height 0. */
  take(height: number): number {
    const node = this.#free.pop() ?? this.#make();
    for (let field = COUNT; field < HINTS; field += 1) this.#setWord(node, field, 0);
    this.#setWord(node, HEIGHT, height);
    this.#unbound(node);
    return node;
  }

  release(node: number): void {
    this.#free.push(node);
  }

  isLeaf(node: number): boolean {
    return this.#word(node, HEIGHT) === 0;
  }

  height(node: number): number {
    return this.#word(node, HEIGHT);
  }

  count(node: number): number {
    return this.#word(node, COUNT);
  }

  /** How many entries lie below, at any depth. */
  entries(node: number): number {
    return this.#word(node, ENTRIES);
  }

  item(node: number, index: number): number {
    return this.#word(node, ITEMS + index);
  }

  /** The hint of an item: of the slot in a leaf, of the first entry of the node above. */
  hint(node: number, index: number): number {
    return this.#word(node, HINTS + index);
  }

  /** The size mark of the slot at an index of a leaf; see `sizeMark`. */
  mark(leaf: number, index: number): number {
    return this.#word(leaf, MARKS + index);
  }

  /** The first slot below a node that holds something. */
  firstSlot(node: number): number {
    return this.#word(node, FIRST_SLOT);
  }

  /** The slot of an item, or the first below it. */
  slotAt(node: number, index: number): number {
    const item = this.item(node, index);
    return this.isLeaf(node) ? item : this.firstSlot(item);
  }

  low(node: number, dimension: Dimension): number {
    return this.#doublesOf(node)[(node & CHUNK_NODE_MASK) * DOUBLES + dimension] ?? Infinity;
  }

  high(node: number, dimension: Dimension): number {
    return this.#doublesOf(node)[(node & CHUNK_NODE_MASK) * DOUBLES + dimension + 1] ?? -Infinity;
  }

  insertItem(node: number, index: number, item: number, hint: number): void {
    const words = this.#wordsOf(node);
    const start = (node & CHUNK_NODE_MASK) * WORDS;
    const count = this.count(node);
    openGap(words, start + HINTS + index, start + HINTS + count);
    openGap(words, start + ITEMS + index, start + ITEMS + count);
    words[start + HINTS + index] = hint;
    words[start + ITEMS + index] = item;
    words[start + COUNT] = count + 1;
    if (!this.isLeaf(node)) return;
    openGap(words, start + MARKS + index, start + MARKS + count);
    words[start + MARKS + index] = this.#rows.sizeMark(item);
  }

  removeItem(node: number, index: number): void {
    const words = this.#wordsOf(node);
    const start = (node & CHUNK_NODE_MASK) * WORDS;
    const last = this.count(node) - 1;
    closeGap(words, start + HINTS + index, start + HINTS + last);
    closeGap(words, start + MARKS + index, start + MARKS + last);
    closeGap(words, start + ITEMS + index, start + ITEMS + last);
    words[start + COUNT] = last;
  }

  /** Puts another slot where one is in a leaf; its hint is the same. */
  replaceSlot(leaf: number, index: number, slot: number): void {
    this.#setWord(leaf, MARKS + index, this.#rows.sizeMark(slot));
    this.#setWord(leaf, ITEMS + index, slot);
  }

  /** Moves the items from `index` on to the end of another node. Neither's bounds are touched. */
  moveItems(node: number, index: number, to: number): void {
    for (let from = index; from < this.count(node); from += 1) {
      this.insertItem(to, this.count(to), this.item(node, from), this.hint(node, from));
    }
    this.#setWord(node, COUNT, index);
  }

  /** Takes note of one entry more below a node: `slot`. */
  admit(node: number, slot: number): void {
    this.#setWord(node, ENTRIES, this.entries(node) + 1);
    this.#widenByRow(node, slot);
  }

  /** Takes note of one entry less below a node. */
  dismiss(node: number): void {
    this.#setWord(node, ENTRIES, this.entries(node) - 1);
    this.#loosen(node);
  }

  /** Takes note that below a node another slot has taken the place of one: `slot`. */
  exchange(node: number, slot: number): void {
    this.#widenByRow(node, slot);
    this.#loosen(node);
  }

  /** Takes note that the first entry of a node, or of its child at `index`, may have changed. */
  refreshFirst(node: number, index: number): void {
    if (!this.isLeaf(node)) {
      this.#setWord(node, HINTS + index, this.hint(this.item(node, index), 0));
    }
    if (index === 0) this.#setWord(node, FIRST_SLOT, this.slotAt(node, 0));
  }

  /** Makes everything that is known about a node anew from its items. */
  refresh(node: number): void {
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
    this.#setWord(node, ENTRIES, entries);
    this.#setWord(node, REMOVED, 0);
    if (count > 0) this.#setWord(node, FIRST_SLOT, this.slotAt(node, 0));
  }

  /** One has gone. Bounds stay until half have: exact ones would cost more than they save. */
  #loosen(node: number): void {
    const removed = this.#word(node, REMOVED) + 1;
    this.#setWord(node, REMOVED, removed);
    if (removed * 2 > this.entries(node)) this.refresh(node);
  }

  #unbound(node: number): void {
    const bounds = this.#doublesOf(node);
    const start = (node & CHUNK_NODE_MASK) * DOUBLES;
    for (let at = start; at < start + BOUNDS; at += 2) {
      bounds[at] = Infinity;
      bounds[at + 1] = -Infinity;
    }
  }

  #widenByRow(node: number, slot: number): void {
    const rows = this.#rows;
    const bounds = this.#doublesOf(node);
    const start = (node & CHUNK_NODE_MASK) * DOUBLES;
    widen(bounds, start + DIMENSION.cpu, rows.cpu(slot));
    widen(bounds, start + DIMENSION.memory, rows.memory(slot));
    widen(bounds, start + DIMENSION.storage, rows.storage(slot));
    widen(bounds, start + DIMENSION.platform, rows.platform(slot));
    widen(bounds, start + DIMENSION.corePrice, rows.corePrice(slot));
    widen(bounds, start + DIMENSION.memoryPrice, rows.memoryPrice(slot));
    widen(bounds, start + DIMENSION.storagePrice, rows.storagePrice(slot));
  }

  #widenByNode(node: number, child: number): void {
    const bounds = this.#doublesOf(node);
    const start = (node & CHUNK_NODE_MASK) * DOUBLES;
    const childBounds = this.#doublesOf(child);
    const childStart = (child & CHUNK_NODE_MASK) * DOUBLES;
    for (let bound = 0; bound < BOUNDS; bound += 2) {
      widen(bounds, start + bound, childBounds[childStart + bound] ?? Infinity);
      widen(bounds, start + bound, childBounds[childStart + bound + 1] ?? -Infinity);
    }
  }

  #doublesOf(node: number): Float64Array {
    return this.#doubles[node >> CHUNK_NODES_LOG2] ?? NO_DOUBLES;
  }

  #wordsOf(node: number): Uint32Array {
    return this.#words[node >> CHUNK_NODES_LOG2] ?? NO_WORDS;
  }

  #word(node: number, field: number): number {
    return this.#wordsOf(node)[(node & CHUNK_NODE_MASK) * WORDS + field] ?? 0;
  }

  #setWord(node: number, field: number, value: number): void {
    this.#wordsOf(node)[(node & CHUNK_NODE_MASK) * WORDS + field] = value;
  }

  #make(): number {
    if (this.#made >> CHUNK_NODES_LOG2 >= this.#words.length) {
      const chunk = new ArrayBuffer(NODE_BYTES << CHUNK_NODES_LOG2);
      this.#doubles.push(new Float64Array(chunk));
      this.#words.push(new Uint32Array(chunk));
    }
    this.#made += 1;
    return this.#made - 1;
  }
}

/** Moves words one up. Some 20 on average: a loop has done it before `copyWithin` begins. */
function openGap(words: Uint32Array, at: number, end: number): void {
  for (let to = end; to > at; to -= 1) words[to] = words[to - 1] ?? 0;
}

/** Moves words one down. */
function closeGap(words: Uint32Array, at: number, last: number): void {
  for (let to = at; to < last; to += 1) words[to] = words[to + 1] ?? 0;
}

/** Stretches a pair of bounds so that it holds a value. */
function widen(bounds: Float64Array, at: number, value: number): void {
  if (value < (bounds[at] ?? 0)) bounds[at] = value;
  if (value > (bounds[at + 1] ?? 0)) bounds[at + 1] = value;
}
