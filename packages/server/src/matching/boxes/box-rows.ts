/**
 * The rows in the leaves of box trees: what requirements are about, in columns, so that a leaf is
 * tested in one go through memory. A row on its own would be a miss in the caches, twenty times as long.
 *
 * Prices are kept to 24 bits only, to be read in half the time: they decide about all rows but those that
 * charge within a millionth of what is asked, and those are looked up. What is read together lies
 * together: prices apart from the rest, and slots apart from both.
 * Cost: 28 bytes a row, in leaves of 128, which are two thirds full or so. Leaves come in chunks,
 * so that growing copies nothing; a freed leaf is the next to be taken.
 */
import { AXIS } from './box-axes.js';

/** Bigger leaves need fewer boxes, smaller ones fewer rows at the edge of a question: 48 took a half longer to count. */
export const LEAF_ROWS_MAX = 128;

/** Where the columns of a leaf begin among its prices, */
export const PRICE_COLUMN = {
  core: 0,
  memory: LEAF_ROWS_MAX,
  storage: 2 * LEAF_ROWS_MAX,
} as const;

/** and among its marks. */
export const MARK_COLUMN = {
  /** Cores above memory, with a bit free above either. */
  sizes: 0,
  storage: LEAF_ROWS_MAX,
  /** The platform above the country. */
  place: 2 * LEAF_ROWS_MAX,
} as const;

/** Of prices there are as many as of marks. */
const LEAF_WORDS = 3 * LEAF_ROWS_MAX;
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

const NO_PRICES = new Float32Array(0);
const NO_WORDS = new Int32Array(0);

export class BoxRows {
  readonly #prices: Float32Array[] = [];
  readonly #marks: Int32Array[] = [];
  readonly #slots: Int32Array[] = [];
  readonly #free: number[] = [];
  #made = 0;

  take(): number {
    return this.#free.pop() ?? this.#make();
  }

  release(leaf: number): void {
    this.#free.push(leaf);
  }

  /** What holds the prices of a leaf, */
  pricesOf(leaf: number): Float32Array {
    return this.#prices[leaf >> CHUNK_LEAVES_LOG2] ?? NO_PRICES;
  }

  /** and what holds its marks, */
  marksOf(leaf: number): Int32Array {
    return this.#marks[leaf >> CHUNK_LEAVES_LOG2] ?? NO_WORDS;
  }

  /** both from here on. */
  startOf(leaf: number): number {
    return (leaf & CHUNK_LEAF_MASK) * LEAF_WORDS;
  }

  slot(leaf: number, index: number): number {
    return this.#slotsOf(leaf)[slotsStart(leaf) + index] ?? -1;
  }

  /** Where among the first `count` rows of a leaf a slot is; -1 where it is not. */
  indexOf(leaf: number, count: number, slot: number): number {
    const slots = this.#slotsOf(leaf);
    const from = slotsStart(leaf);
    for (let index = 0; index < count; index += 1) if (slots[from + index] === slot) return index;
    return -1;
  }

  /** Writes the point at a place in `points` into a row. */
  write(leaf: number, index: number, points: Float64Array, at: number): void {
    const axis = (number: number): number => points[at + number] ?? NaN;
    const prices = this.pricesOf(leaf);
    const row = this.startOf(leaf) + index;
    prices[row + PRICE_COLUMN.core] = axis(AXIS.corePrice);
    prices[row + PRICE_COLUMN.memory] = axis(AXIS.memoryPrice);
    prices[row + PRICE_COLUMN.storage] = axis(AXIS.storagePrice);
    const marks = this.marksOf(leaf);
    marks[row + MARK_COLUMN.sizes] = packSizes(axis(AXIS.cpu), axis(AXIS.memory));
    marks[row + MARK_COLUMN.storage] = axis(AXIS.storage);
    marks[row + MARK_COLUMN.place] = packPlace(axis(AXIS.platform), axis(AXIS.country));
    this.#slotsOf(leaf)[slotsStart(leaf) + index] = axis(AXIS.slot);
  }

  /** Copies one row of a leaf over another. */
  copy(leaf: number, from: number, to: number): void {
    const prices = this.pricesOf(leaf);
    const marks = this.marksOf(leaf);
    const start = this.startOf(leaf);
    for (let column = start; column < start + LEAF_WORDS; column += LEAF_ROWS_MAX) {
      prices[column + to] = prices[column + from] ?? NaN;
      marks[column + to] = marks[column + from] ?? 0;
    }
    this.#slotsOf(leaf)[slotsStart(leaf) + to] = this.slot(leaf, from);
  }

  #slotsOf(leaf: number): Int32Array {
    return this.#slots[leaf >> CHUNK_LEAVES_LOG2] ?? NO_WORDS;
  }

  #make(): number {
    if (this.#made >> CHUNK_LEAVES_LOG2 >= this.#slots.length) {
      this.#prices.push(new Float32Array(LEAF_WORDS << CHUNK_LEAVES_LOG2));
      this.#marks.push(new Int32Array(LEAF_WORDS << CHUNK_LEAVES_LOG2));
      this.#slots.push(new Int32Array(LEAF_ROWS_MAX << CHUNK_LEAVES_LOG2));
    }
    this.#made += 1;
    return this.#made - 1;
  }
}

function slotsStart(leaf: number): number {
  return (leaf & CHUNK_LEAF_MASK) * LEAF_ROWS_MAX;
}
