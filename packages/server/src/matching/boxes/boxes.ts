/**
 * The boxes of box trees: a box either has a leaf of rows, or is cut in two at a value of one axis. It
 * knows how many rows it holds, bounds on them, and how it has changed since it was cut.
 * Invariant: counts are exact.
 * Cost: 192 bytes a box, of which there is one for each 45 advertisements.
 */
import { BoxBounds } from './box-bounds.js';
import { BOX_DOUBLES, BoxMemory, CUT_VALUE, WORD } from './box-memory.js';

/** Shares are kept as whole numbers of this. */
const WHOLE_SHARE = 2 ** 16;

/** Where a box is cut: what is below the value on an axis lies in the low half, the rest in the high one. */
export interface Cut {
  readonly axis: number;
  readonly value: number;
}

export class Boxes {
  readonly bounds: BoxBounds;
  readonly #memory = new BoxMemory();

  constructor() {
    this.bounds = new BoxBounds(this.#memory);
  }

  /** For how many boxes there is room without growing. */
  get room(): number {
    return this.#memory.room;
  }

  /** An empty box. */
  take(): number {
    const box = this.#memory.take();
    this.clear(box);
    return box;
  }

  release(box: number): void {
    this.#memory.release(box);
  }

  /** Forgets what a box holds. */
  clear(box: number): void {
    for (let field = WORD.count; field <= WORD.cutShare; field += 1) {
      this.#memory.setWord(box, field, 0);
    }
    this.bounds.clear(box);
  }

  /** How many rows there are below. */
  count(box: number): number {
    return this.#memory.word(box, WORD.count);
  }

  /** What came and what went since the box was cut, or began. */
  changes(box: number): number {
    return this.#memory.word(box, WORD.changed);
  }

  isCut(box: number): boolean {
    return this.#memory.word(box, WORD.highHalf) !== 0;
  }

  /** The leaf of a box that is not cut. */
  leaf(box: number): number {
    return this.#memory.word(box, WORD.leaf);
  }

  setLeaf(box: number, leaf: number): void {
    this.#memory.setWord(box, WORD.leaf, leaf);
    this.#memory.setWord(box, WORD.highHalf, 0);
  }

  lowHalf(box: number): number {
    return this.#memory.word(box, WORD.lowHalf);
  }

  highHalf(box: number): number {
    return this.#memory.word(box, WORD.highHalf);
  }

  /** Cuts a box in two. */
  cut(box: number, { axis, value }: Cut, low: number, high: number): void {
    this.#memory.doubles[box * BOX_DOUBLES + CUT_VALUE] = value;
    this.#memory.setWord(box, WORD.cutAxis, axis);
    this.#memory.setWord(box, WORD.changed, 0);
    this.#memory.setWord(box, WORD.lowHalf, low);
    this.#memory.setWord(box, WORD.highHalf, high);
  }

  /** Takes note of how a box is divided now that its halves are filled. */
  noteShare(box: number): void {
    this.#memory.setWord(box, WORD.cutShare, Math.round(this.#lowShare(box) * WHOLE_SHARE));
  }

  /** By how much, from 0 to 1, the share of the low half is another than when the box was cut. */
  drift(box: number): number {
    const cutShare = this.#memory.word(box, WORD.cutShare) / WHOLE_SHARE;
    return Math.abs(this.#lowShare(box) - cutShare);
  }

  /** The half of a cut box that a point belongs into. */
  halfOf(box: number, point: Float64Array): number {
    const value = point[this.#memory.word(box, WORD.cutAxis)] ?? NaN;
    const isBelow = value < (this.#memory.doubles[box * BOX_DOUBLES + CUT_VALUE] ?? NaN);
    return isBelow ? this.lowHalf(box) : this.highHalf(box);
  }

  /** Puts all that one box is in the place of another. */
  become(box: number, other: number): void {
    const from = other * BOX_DOUBLES;
    this.#memory.doubles.copyWithin(box * BOX_DOUBLES, from, from + BOX_DOUBLES);
  }

  /** Takes note of a point more below a box: the one at a place in `points`. */
  admit(box: number, points: Float64Array, at: number): void {
    this.#add(box, WORD.count, 1);
    this.#add(box, WORD.changed, 1);
    this.bounds.widen(box, points, at);
  }

  /** Takes note of a point less below a box. */
  dismiss(box: number): void {
    this.#add(box, WORD.count, -1);
    this.#add(box, WORD.changed, 1);
    this.#add(box, WORD.removed, 1);
  }

  /** Takes note that below a box a point has taken the place of another. */
  exchange(box: number, point: Float64Array): void {
    this.admit(box, point, 0);
    this.dismiss(box);
  }

  /** Whether so many have gone that bounds are worth making anew. Exact ones would cost more than they save. */
  isLoose(box: number): boolean {
    return this.#memory.word(box, WORD.removed) * 4 > this.count(box);
  }

  /** Lets the bounds of a box hold nothing, to be widened anew by all that is in it. */
  unbound(box: number): void {
    this.bounds.clear(box);
    this.#memory.setWord(box, WORD.removed, 0);
  }

  /** Makes the bounds of a cut box anew from its halves. */
  refresh(box: number): void {
    this.unbound(box);
    this.bounds.widenByBox(box, this.lowHalf(box));
    this.bounds.widenByBox(box, this.highHalf(box));
  }

  /** Makes a cut box hold what its filled halves hold, and takes note of how it is divided. */
  unite(box: number): void {
    this.refresh(box);
    const count = this.count(this.lowHalf(box)) + this.count(this.highHalf(box));
    this.#memory.setWord(box, WORD.count, count);
    this.noteShare(box);
  }

  #lowShare(box: number): number {
    return this.count(this.lowHalf(box)) / Math.max(1, this.count(box));
  }

  #add(box: number, field: number, change: number): void {
    this.#memory.setWord(box, field, this.#memory.word(box, field) + change);
  }
}
