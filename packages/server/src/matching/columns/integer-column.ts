/**
 * Whole numbers of 32 bits, one for each row or provider. They lie in chunks, so that growing copies nothing and no
 * step of it is ever slow. What was never set is -1.
 */
const CHUNK_LOG2 = 14;
const CHUNK_MASK = 2 ** CHUNK_LOG2 - 1;
const NOTHING = new Int32Array(0);

export const UNSET = -1;

export class IntegerColumn {
  readonly #chunks: Int32Array[] = [];

  get(at: number): number {
    return (this.#chunks[at >> CHUNK_LOG2] ?? NOTHING)[at & CHUNK_MASK] ?? UNSET;
  }

  set(at: number, value: number): void {
    while (at >> CHUNK_LOG2 >= this.#chunks.length) {
      this.#chunks.push(new Int32Array(2 ** CHUNK_LOG2).fill(UNSET));
    }
    (this.#chunks[at >> CHUNK_LOG2] ?? NOTHING)[at & CHUNK_MASK] = value;
  }
}
