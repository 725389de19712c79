/**
 * The best so far: at most as many slots as a page needs, in the order of the answer. One serves all
 * questions, one after the other: typed arrays of its own for each cost a question 0.8 µs.
 * Cost: nothing for what comes in order; a binary search and a move of at most 12 KB otherwise.
 */
import { LIMITS } from 'golem-vm-discovery-protocol';
import type { Rows } from '../rows/rows.js';

const CAPACITY_MAX = LIMITS.pageMax + 1;

export class Best {
  readonly #rows: Rows;
  readonly #slots = new Int32Array(CAPACITY_MAX);
  readonly #keys = new Float64Array(CAPACITY_MAX);
  #capacity = 0;
  #count = 0;
  /** The key of the last, once full: nothing above it gets in. */
  #worstKey = Infinity;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** Forgets everything, to hold at most so many; those are a page and one more. */
  begin(capacity: number): void {
    if (capacity > CAPACITY_MAX) throw new RangeError(`at most ${CAPACITY_MAX} at once`);
    this.#capacity = capacity;
    this.#count = 0;
    this.#worstKey = Infinity;
  }

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === this.#capacity;
  }

  slot(rank: number): number {
    return this.#slots[rank] ?? -1;
  }

  key(rank: number): number {
    return this.#keys[rank] ?? NaN;
  }

  /** Whether something with this key, and an id that begins no lower than `idCode`, could still get in. */
  wouldTake(key: number, idCode: number): boolean {
    if (!this.isFull || key < this.#worstKey) return true;
    return key === this.#worstKey && idCode <= this.#rows.idCode(this.slot(this.#capacity - 1));
  }

  /** Nothing with a greater key could get in; `Infinity` while there is room for anything. */
  get worstKey(): number {
    return this.#worstKey;
  }

  /** Takes a slot in, where it is among the best. */
  offer(slot: number, key: number): void {
    if (this.isFull && (key > this.#worstKey || !this.#isBefore(slot, key, this.#count - 1)))
      return;
    if (this.isFull) this.#count -= 1;
    const rank = this.#rankOf(slot, key);
    if (rank < this.#count) {
      this.#slots.copyWithin(rank + 1, rank, this.#count);
      this.#keys.copyWithin(rank + 1, rank, this.#count);
    }
    this.#slots[rank] = slot;
    this.#keys[rank] = key;
    this.#count += 1;
    if (this.isFull) this.#worstKey = this.key(this.#count - 1);
  }

  /** Whether a slot that was offered got in, and before the last. */
  isBeforeLast(slot: number, key: number): boolean {
    return this.#isBefore(slot, key, this.#count - 1);
  }

  #rankOf(slot: number, key: number): number {
    if (this.#count === 0 || !this.#isBefore(slot, key, this.#count - 1)) return this.#count;
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#isBefore(slot, key, middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #isBefore(slot: number, key: number, rank: number): boolean {
    const other = this.key(rank);
    return key === other ? this.#rows.isIdBefore(slot, this.slot(rank)) : key < other;
  }
}
