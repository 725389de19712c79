/**
 * The memory of rows: 64 bytes each, a line of the caches, so that testing an advertisement costs a miss or two.
 * Rows lie in chunks of 1 MB: growing adds a chunk and copies nothing, so that no insertion is ever slow.
 */

const CHUNK_ROWS_LOG2 = 14;
const CHUNK_ROW_MASK = 2 ** CHUNK_ROWS_LOG2 - 1;
const ROW_BYTES = 64;
const ROW_DOUBLES = ROW_BYTES / 8;
const ROW_INTEGERS = ROW_BYTES / 4;

/** Where things lie, for what looks at every row as for who reads one. */
export const ROW_LAYOUT = {
  chunkRows: 2 ** CHUNK_ROWS_LOG2,
  /** What a row has of each. */
  doubles: ROW_DOUBLES,
  integers: ROW_INTEGERS,
  /** In doubles, which `Rows.write` writes in this order: */
  created: 0,
  corePrice: 1,
  memoryPrice: 2,
  storagePrice: 3,
  /** In whole numbers of 32 bits, after the doubles, and in the order in which `Rows.write` writes them: */
  cpu: 8,
  memory: 9,
  storage: 10,
  /** The platform, and in the lowest bits the country. */
  platformAndCountry: 11,
  countryBits: 9,
  idCode: 12,
  verified: 13,
  /** The record. */
  block: 14,
} as const;

/** Two views of the same rows. */
export interface RowChunk {
  readonly doubles: Float64Array;
  readonly integers: Int32Array;
}

const NO_DOUBLES = new Float64Array(0);
const NO_INTEGERS = new Int32Array(0);

export class RowChunks {
  readonly #doubles: Float64Array[] = [];
  readonly #integers: Int32Array[] = [];

  /** Makes sure that there is a row for a slot that is at most one chunk ahead. */
  reach(slot: number): void {
    if (slot >> CHUNK_ROWS_LOG2 < this.#doubles.length) return;
    const chunk = new ArrayBuffer(ROW_BYTES << CHUNK_ROWS_LOG2);
    this.#doubles.push(new Float64Array(chunk));
    this.#integers.push(new Int32Array(chunk));
  }

  /** What holds the row of a slot as doubles, */
  doublesOf(slot: number): Float64Array {
    return this.#doubles[slot >> CHUNK_ROWS_LOG2] ?? NO_DOUBLES;
  }

  /** from here on; */
  doubleStart(slot: number): number {
    return (slot & CHUNK_ROW_MASK) * ROW_DOUBLES;
  }

  /** the same as whole numbers, */
  integersOf(slot: number): Int32Array {
    return this.#integers[slot >> CHUNK_ROWS_LOG2] ?? NO_INTEGERS;
  }

  /** from here on. */
  integerStart(slot: number): number {
    return (slot & CHUNK_ROW_MASK) * ROW_INTEGERS;
  }
}
