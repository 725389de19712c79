/**
 * The rows in the leaves of box trees: what requirements are about, in columns, so that a leaf is
 * tested in one go through memory. A row on its own would be a miss in the caches, twenty times as long.
 * Cost: 40 bytes a row, in leaves of 128, which are three quarters full or so. Leaves come in chunks,
 * so that growing copies nothing; a freed leaf is the next to be taken.
 */
import { AXIS } from './box-axes.js';

/** Bigger leaves need fewer boxes, smaller ones fewer rows at the edge of a question: 48 took a half longer to count. */
export const LEAF_ROWS_MAX = 128;

/** The columns of a leaf in doubles, */
export const PRICE_COLUMN = {
  core: 0,
  memory: LEAF_ROWS_MAX,
  storage: 2 * LEAF_ROWS_MAX,
} as const;

/** and those in whole numbers, after them. */
export const WORD_COLUMN = {
  /** Cores above memory, with a bit free above either. */
  sizes: 6 * LEAF_ROWS_MAX,
  storage: 7 * LEAF_ROWS_MAX,
  /** The platform above the country. */
  place: 8 * LEAF_ROWS_MAX,
  slot: 9 * LEAF_ROWS_MAX,
} as const;

const LEAF_DOUBLES = 5 * LEAF_ROWS_MAX;
const LEAF_WORDS = 2 * LEAF_DOUBLES;
const CHUNK_LEAVES_LOG2 = 8;
const CHUNK_LEAF_MASK = 2 ** CHUNK_LEAVES_LOG2 - 1;

const CPU_SHIFT = 18;
const COUNTRY_BITS = 9;
export const COUNTRIES_MAX = 2 ** COUNTRY_BITS;
export const COUNTRY_MASK = COUNTRIES_MAX - 1;
export const PLATFORM_MASK = ~COUNTRY_MASK;

/** The bits that `packSizes` leaves free, one above each size. */
export const SIZE_GUARDS = (1 << 29) | (1 << 17);

/** Cores and memory in one word; see `SIZE_GUARDS`. */
export function packSizes(cpu: number, memory: number): number {
  return (cpu << CPU_SHIFT) | memory;
}

/** The numbers of platform and country in one word. */
export function packPlace(platform: number, country: number): number {
  return (platform << COUNTRY_BITS) | country;
}

const NO_DOUBLES = new Float64Array(0);
const NO_WORDS = new Int32Array(0);

export class BoxRows {
  /** Two views of the same chunks. */
  readonly #doubles: Float64Array[] = [];
  readonly #words: Int32Array[] = [];
  readonly #free: number[] = [];
  #made = 0;

  take(): number {
    return this.#free.pop() ?? this.#make();
  }

  release(leaf: number): void {
    this.#free.push(leaf);
  }

  /** What holds the prices of a leaf, */
  doublesOf(leaf: number): Float64Array {
    return this.#doubles[leaf >> CHUNK_LEAVES_LOG2] ?? NO_DOUBLES;
  }

  /** from here on, */
  doublesStart(leaf: number): number {
    return (leaf & CHUNK_LEAF_MASK) * LEAF_DOUBLES;
  }

  /** and what holds its whole numbers, */
  wordsOf(leaf: number): Int32Array {
    return this.#words[leaf >> CHUNK_LEAVES_LOG2] ?? NO_WORDS;
  }

  /** from here on. */
  wordsStart(leaf: number): number {
    return (leaf & CHUNK_LEAF_MASK) * LEAF_WORDS;
  }

  slot(leaf: number, index: number): number {
    return this.wordsOf(leaf)[this.wordsStart(leaf) + WORD_COLUMN.slot + index] ?? -1;
  }

  /** Where among the first `count` rows of a leaf a slot is; -1 where it is not. */
  indexOf(leaf: number, count: number, slot: number): number {
    const from = this.wordsStart(leaf) + WORD_COLUMN.slot;
    const words = this.wordsOf(leaf);
    for (let index = 0; index < count; index += 1) if (words[from + index] === slot) return index;
    return -1;
  }

  /** Writes the point at a place in `points` into a row. */
  write(leaf: number, index: number, points: Float64Array, at: number): void {
    const axis = (number: number): number => points[at + number] ?? NaN;
    const doubles = this.doublesOf(leaf);
    const price = this.doublesStart(leaf) + index;
    doubles[price + PRICE_COLUMN.core] = axis(AXIS.corePrice);
    doubles[price + PRICE_COLUMN.memory] = axis(AXIS.memoryPrice);
    doubles[price + PRICE_COLUMN.storage] = axis(AXIS.storagePrice);
    const words = this.wordsOf(leaf);
    const word = this.wordsStart(leaf) + index;
    words[word + WORD_COLUMN.sizes] = packSizes(axis(AXIS.cpu), axis(AXIS.memory));
    words[word + WORD_COLUMN.storage] = axis(AXIS.storage);
    words[word + WORD_COLUMN.place] = packPlace(axis(AXIS.platform), axis(AXIS.country));
    words[word + WORD_COLUMN.slot] = axis(AXIS.slot);
  }

  /** Copies one row of a leaf over another. */
  copy(leaf: number, from: number, to: number): void {
    const doubles = this.doublesOf(leaf);
    for (
      let column = this.doublesStart(leaf);
      column < this.doublesStart(leaf) + WORD_COLUMN.sizes / 2;
      column += LEAF_ROWS_MAX
    ) {
      doubles[column + to] = doubles[column + from] ?? NaN;
    }
    const words = this.wordsOf(leaf);
    const end = this.wordsStart(leaf) + LEAF_WORDS;
    for (
      let column = this.wordsStart(leaf) + WORD_COLUMN.sizes;
      column < end;
      column += LEAF_ROWS_MAX
    ) {
      words[column + to] = words[column + from] ?? 0;
    }
  }

  #make(): number {
    if (this.#made >> CHUNK_LEAVES_LOG2 >= this.#words.length) {
      const chunk = new ArrayBuffer((LEAF_DOUBLES * 8) << CHUNK_LEAVES_LOG2);
      this.#doubles.push(new Float64Array(chunk));
      this.#words.push(new Int32Array(chunk));
    }
    this.#made += 1;
    return this.#made - 1;
  }
}
