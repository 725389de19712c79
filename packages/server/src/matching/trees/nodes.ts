/**
 * The nodes of all trees: what a node holds (slots in a leaf, nodes above) and the hints of those, in a
 * leaf also their marks; how many entries lie below it, which is the first, and bounds on them all.
 * Invariant: all but the bounds is exact, once a node whose items were moved is refreshed.
 */
import type { Rows } from '../rows/rows.js';
import { AFTER_BOUNDS, NodeBounds } from './node-bounds.js';
import { COLUMN, NodeChunks } from './node-chunks.js';

/** What is told of a node beside its bounds, in whole numbers of 32 bits. */
const COUNT = AFTER_BOUNDS;
const ENTRIES = AFTER_BOUNDS + 1;
const REMOVED = AFTER_BOUNDS + 2;
const FIRST_SLOT = AFTER_BOUNDS + 3;
const HEIGHT = AFTER_BOUNDS + 4;

export class Nodes {
  readonly bounds: NodeBounds;
  readonly #chunks = new NodeChunks();
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
    this.bounds = new NodeBounds(this.#chunks, rows);
  }

  /** An empty node; leaves have height 0. */
  take(height: number): number {
    const node = this.#chunks.take();
    for (let field = COUNT; field < HEIGHT; field += 1) this.#setWord(node, field, 0);
    this.#setWord(node, HEIGHT, height);
    this.bounds.clear(node);
    return node;
  }

  release(node: number): void {
    this.#chunks.release(node);
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
    return this.#word(node, COLUMN.items + index);
  }

  /** The hint of an item: of the slot in a leaf, of the first entry of the node above. */
  hint(node: number, index: number): number {
    return this.#word(node, COLUMN.hints + index);
  }

  /** The size mark of the slot at an index of a leaf; see `sizeMark`. */
  mark(leaf: number, index: number): number {
    return this.#word(leaf, COLUMN.marks + index);
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

  /** Gives an empty node all its items at once. */
  fill(node: number, items: ArrayLike<number>, hints: ArrayLike<number>): void {
    const words = this.#chunks.wordsOf(node);
    const start = this.#chunks.wordStart(node);
    words.set(hints, start + COLUMN.hints);
    words.set(items, start + COLUMN.items);
    words[start + COUNT] = items.length;
    if (this.isLeaf(node)) {
      for (let index = 0; index < items.length; index += 1) {
        words[start + COLUMN.marks + index] = this.#rows.sizeMark(items[index] ?? 0);
      }
    }
    this.refresh(node);
  }

  insertItem(node: number, index: number, item: number, hint: number): void {
    const mark = this.isLeaf(node) ? this.#rows.sizeMark(item) : 0;
    const words = this.#chunks.wordsOf(node);
    const start = this.#chunks.wordStart(node);
    const count = this.count(node);
    insertWord(words, start + COLUMN.hints, index, count, hint);
    insertWord(words, start + COLUMN.marks, index, count, mark);
    insertWord(words, start + COLUMN.items, index, count, item);
    words[start + COUNT] = count + 1;
  }

  removeItem(node: number, index: number): void {
    const words = this.#chunks.wordsOf(node);
    const start = this.#chunks.wordStart(node);
    const last = this.count(node) - 1;
    removeWord(words, start + COLUMN.hints, index, last);
    removeWord(words, start + COLUMN.marks, index, last);
    removeWord(words, start + COLUMN.items, index, last);
    words[start + COUNT] = last;
  }

  /** Puts another slot where one is in a leaf; its hint is the same. */
  replaceSlot(leaf: number, index: number, slot: number): void {
    this.#setWord(leaf, COLUMN.marks + index, this.#rows.sizeMark(slot));
    this.#setWord(leaf, COLUMN.items + index, slot);
  }

  /** Moves the items from `index` on to the end of another node of the same height. Only counts follow: `refresh` both. */
  moveItems(node: number, index: number, to: number): void {
    const words = this.#chunks.wordsOf(node);
    const start = this.#chunks.wordStart(node);
    const count = this.count(node);
    const end = this.count(to);
    for (const column of [COLUMN.hints, COLUMN.marks, COLUMN.items]) {
      const moved = words.subarray(start + column + index, start + column + count);
      this.#chunks.wordsOf(to).set(moved, this.#chunks.wordStart(to) + column + end);
    }
    this.#setWord(to, COUNT, end + count - index);
    this.#setWord(node, COUNT, index);
  }

  /** Takes note of one entry more below a node: `slot`. */
  admit(node: number, slot: number): void {
    this.#setWord(node, ENTRIES, this.entries(node) + 1);
    this.bounds.widenByRow(node, slot);
  }

  /** Takes note of one entry less below a node. */
  dismiss(node: number): void {
    this.#setWord(node, ENTRIES, this.entries(node) - 1);
    this.#loosen(node);
  }

  /** Takes note that below a node another slot has taken the place of one: `slot`. */
  exchange(node: number, slot: number): void {
    this.bounds.widenByRow(node, slot);
    this.#loosen(node);
  }

  /** Takes note that the first entry of a node, or of its child at `index`, may have changed. */
  refreshFirst(node: number, index: number): void {
    if (!this.isLeaf(node)) {
      this.#setWord(node, COLUMN.hints + index, this.hint(this.item(node, index), 0));
    }
    if (index === 0) this.#setWord(node, FIRST_SLOT, this.slotAt(node, 0));
  }

  /** Makes everything that is known about a node anew from its items. */
  refresh(node: number): void {
    const isLeaf = this.isLeaf(node);
    const count = this.count(node);
    let entries = isLeaf ? count : 0;
    this.bounds.clear(node);
    for (let index = 0; index < count; index += 1) {
      const item = this.item(node, index);
      if (isLeaf) {
        this.bounds.widenByRow(node, item);
      } else {
        this.bounds.widenByNode(node, item);
        entries += this.entries(item);
      }
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

  #word(node: number, field: number): number {
    return this.#chunks.wordsOf(node)[this.#chunks.wordStart(node) + field] ?? 0;
  }

  #setWord(node: number, field: number, value: number): void {
    this.#chunks.wordsOf(node)[this.#chunks.wordStart(node) + field] = value;
  }
}

/** Inserts into a column of so many words. Some 20 move on average: a loop has done it before `copyWithin` begins. */
function insertWord(
  words: Uint32Array,
  column: number,
  index: number,
  count: number,
  word: number,
): void {
  for (let to = column + count; to > column + index; to -= 1) words[to] = words[to - 1] ?? 0;
  words[column + index] = word;
}

/** Removes from a column of which the last is at `last`. */
function removeWord(words: Uint32Array, column: number, index: number, last: number): void {
  for (let to = column + index; to < column + last; to += 1) words[to] = words[to + 1] ?? 0;
}
