/**
 * The memory of boxes: 192 bytes each, in one piece, since counting looks at 20,000 boxes. It begins with bounds;
 * then come the cut, and what else a box knows.
 * Cost: growing copies it all, which takes 1 ms for those of a million advertisements.
 */
import { BOUNDED_AXES } from './box-axes.js';

const BOX_BYTES = 192;

/** A box in doubles: the lowest and the highest value on each bounded axis, then the value of the cut. */
export const BOX_DOUBLES = BOX_BYTES / 8;
export const CUT_VALUE = 2 * BOUNDED_AXES;

/** A box in whole numbers of 32 bits, after the doubles. */
export const BOX_WORDS = BOX_BYTES / 4;
const AFTER_DOUBLES = 2 * (CUT_VALUE + 1);
export const WORD = {
  count: AFTER_DOUBLES,
  cutAxis: AFTER_DOUBLES + 1,
  lowHalf: AFTER_DOUBLES + 2,
  highHalf: AFTER_DOUBLES + 3,
  leaf: AFTER_DOUBLES + 4,
  idCode: AFTER_DOUBLES + 5,
  removed: AFTER_DOUBLES + 6,
  changed: AFTER_DOUBLES + 7,
  cutShare: AFTER_DOUBLES + 8,
} as const;

const BOXES_AT_FIRST = 64;

export class BoxMemory {
  #doubles = new Float64Array(0);
  #words = new Int32Array(0);
  readonly #free: number[] = [];
  /** Box 0 is nobody's, so that a half which is 0 means none. */
  #made = 1;

  /** All boxes; growing replaces it. */
  get doubles(): Float64Array {
    return this.#doubles;
  }

  /** A box, with whatever was in it before. */
  take(): number {
    return this.#free.pop() ?? this.#make();
  }

  release(box: number): void {
    this.#free.push(box);
  }

  word(box: number, field: number): number {
    return this.#words[box * BOX_WORDS + field] ?? 0;
  }

  setWord(box: number, field: number, value: number): void {
    this.#words[box * BOX_WORDS + field] = value;
  }

  /** For how many boxes there is room. */
  get room(): number {
    return this.#doubles.length / BOX_DOUBLES;
  }

  #make(): number {
    if (this.#made >= this.room) this.#grow(Math.max(BOXES_AT_FIRST, 2 * this.room));
    this.#made += 1;
    return this.#made - 1;
  }

  #grow(room: number): void {
    const doubles = new Float64Array(room * BOX_DOUBLES);
    doubles.set(this.#doubles);
    this.#doubles = doubles;
    this.#words = new Int32Array(doubles.buffer);
  }
}
