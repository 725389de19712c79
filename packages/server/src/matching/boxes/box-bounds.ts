/**
 * Bounds on the rows in each box: from the lowest to the highest on every axis that questions are about, and
 * the lowest id code.
 * Invariant: bounds may be looser than the truth, never tighter. The bounds of a box hold those of its halves.
 */
import { AXIS, BOUNDED_AXES } from './box-axes.js';
import { lower, raise } from '../columns/bounds.js';
import { BOX_DOUBLES, type BoxMemory, WORD } from './box-memory.js';

/** How many there are, low and high in turns, from the start of a box. */
const BOUNDS = 2 * BOUNDED_AXES;
const ID_CODE_MAX = 2 ** 31 - 1;

export class BoxBounds {
  readonly #memory: BoxMemory;

  constructor(memory: BoxMemory) {
    this.#memory = memory;
  }

  low(box: number, axis: number): number {
    return this.#memory.doubles[box * BOX_DOUBLES + 2 * axis] ?? Infinity;
  }

  high(box: number, axis: number): number {
    return this.#memory.doubles[box * BOX_DOUBLES + 2 * axis + 1] ?? -Infinity;
  }

  /** None of the rows below has a lower id code. */
  lowestIdCode(box: number): number {
    return this.#memory.word(box, WORD.idCode);
  }

  /** Lets the bounds of a box hold nothing. */
  clear(box: number): void {
    const { doubles } = this.#memory;
    const start = box * BOX_DOUBLES;
    for (let at = start; at < start + BOUNDS; at += 2) {
      doubles[at] = Infinity;
      doubles[at + 1] = -Infinity;
    }
    this.#memory.setWord(box, WORD.idCode, ID_CODE_MAX);
  }

  /** Stretches bounds so that they hold the point at a place in `points`. */
  widen(box: number, points: Float64Array, at: number): void {
    const { doubles } = this.#memory;
    const start = box * BOX_DOUBLES;
    for (let axis = 0; axis < BOUNDED_AXES; axis += 1) {
      const value = points[at + axis] ?? NaN;
      lower(doubles, start + 2 * axis, value);
      raise(doubles, start + 2 * axis + 1, value);
    }
    this.#lowerIdCode(box, points[at + AXIS.idCode] ?? 0);
  }

  /** Stretches bounds so that they hold those of a half. */
  widenByBox(box: number, half: number): void {
    const { doubles } = this.#memory;
    for (let bound = 0; bound < BOUNDS; bound += 2) {
      lower(doubles, box * BOX_DOUBLES + bound, doubles[half * BOX_DOUBLES + bound] ?? NaN);
      raise(doubles, box * BOX_DOUBLES + bound + 1, doubles[half * BOX_DOUBLES + bound + 1] ?? NaN);
    }
    this.#lowerIdCode(box, this.lowestIdCode(half));
  }

  #lowerIdCode(box: number, idCode: number): void {
    if (idCode < this.lowestIdCode(box)) this.#memory.setWord(box, WORD.idCode, idCode);
  }
}
