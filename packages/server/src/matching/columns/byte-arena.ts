/**
 * Where texts lie, of records and of ids: bytes, in blocks of 16 and more, in chunks of 16 MB.
 *
 * Why not strings: a page puts twenty records together, and among a million nearly every
 * line of every one has to come from memory. Strings are fetched one line after the other; lines
 * of an arena can be asked for all at once (see `Records.bytesMax`). Measured on a bare server of Node that
 * answers with twenty random records of 500 bytes, a request cost 16 µs either way among 100,000, and
 * 17 µs instead of 28 among a million. And every collection of garbage visits every string: two million of
 * them stopped a hub for 90 ms now and then.
 *
 * Invariant: a block that is taken is in no list of free ones. A free block serves only texts that need
 * as many sixteens, so what was allocated once is the most that was ever needed of each size.
 */
const CHUNK_BYTES_LOG2 = 24;
const UNIT_BYTES_LOG2 = 4;
const CHUNK_UNITS_LOG2 = CHUNK_BYTES_LOG2 - UNIT_BYTES_LOG2;
const CHUNK_UNITS = 2 ** CHUNK_UNITS_LOG2;
const CHUNK_UNIT_MASK = CHUNK_UNITS - 1;

/** What a stretch of the arena is read and written through. */
export interface ArenaChunk {
  readonly bytes: Buffer;
  /** The same bytes as doubles: a block begins at a whole one. */
  readonly doubles: Float64Array;
}

const NO_CHUNK: ArenaChunk = { bytes: Buffer.alloc(0), doubles: new Float64Array(0) };

/** How many units of 16 bytes hold so many bytes. */
export function unitsFor(bytes: number): number {
  return (bytes + 2 ** UNIT_BYTES_LOG2 - 1) >> UNIT_BYTES_LOG2;
}

export class ByteArena {
  readonly #chunks: ArenaChunk[] = [];
  /** By number of units. */
  readonly #free: number[][] = [];
  #unitsUsed = CHUNK_UNITS;

  /** A block of so many units, known by the number of its first; what is in it is left from before. */
  take(units: number): number {
    return this.#free[units]?.pop() ?? this.#append(units);
  }

  /** Gives back a block of so many units, as it was taken. */
  release(block: number, units: number): void {
    (this.#free[units] ??= []).push(block);
  }

  chunkOf(block: number): ArenaChunk {
    return this.#chunks[block >> CHUNK_UNITS_LOG2] ?? NO_CHUNK;
  }

  /** Where in its chunk a block begins, in bytes. */
  startOf(block: number): number {
    return (block & CHUNK_UNIT_MASK) << UNIT_BYTES_LOG2;
  }

  #append(units: number): number {
    if (this.#unitsUsed + units > CHUNK_UNITS) this.#addChunk();
    const block = (this.#chunks.length - 1) * CHUNK_UNITS + this.#unitsUsed;
    this.#unitsUsed += units;
    return block;
  }

  #addChunk(): void {
    const bytes = Buffer.from(new ArrayBuffer(2 ** CHUNK_BYTES_LOG2));
    this.#chunks.push({ bytes, doubles: new Float64Array(bytes.buffer) });
    this.#unitsUsed = 0;
  }
}
