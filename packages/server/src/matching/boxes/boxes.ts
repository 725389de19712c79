/**
 * The boxes of box trees, in typed arrays: a box either has a leaf of rows, or is cut in two at a
 * value of one axis. It knows how many rows it holds and bounds on them.
 * Invariant: bounds may be looser than the truth, never tighter; counts are exact. The bounds of a box
 * hold those of its halves.
 * Cost: 192 bytes a box, of which there is one for each 45 advertisements.
 */
import { AXIS, BOUNDED_AXES } from './box-axes.js';

const BOX_BYTES = 192;

/** A box in doubles: the lowest and the highest value on each bounded axis, then the value of the cut. */
export const BOX_DOUBLES = BOX_BYTES / 8;
const BOUNDS = 2 * BOUNDED_AXES;
const CUT_VALUE = BOUNDS;

/** A box in whole numbers, after the doubles. */
const BOX_WORDS = BOX_BYTES / 4;
const COUNT = 2 * (CUT_VALUE + 1);
const CUT_AXIS = COUNT + 1;
const LOW_HALF = COUNT + 2;
const HIGH_HALF = COUNT + 3;
const LEAF = COUNT + 4;
const ID_CODE = COUNT + 5;
const REMOVED = COUNT + 6;
const CHANGED = COUNT + 7;
const CUT_SHARE = COUNT + 8;

/** Shares are kept as whole numbers of this. */
const WHOLE_SHARE = 2 ** 16;

const BOXES_AT_FIRST = 64;
const ID_CODE_MAX = 2 ** 31 - 1;

/** Where a box is cut: what is below the value on an axis lies in the low half, the rest in the high one. */
export interface Cut {
  readonly axis: number;
  readonly value: number;
}

export class Boxes {
  #doubles = new Float64Array(0);
  #words = new Int32Array(0);
  readonly #free: number[] = [];
  /** Box 0 is nobody's, so that a half which is 0 means none. */
  #made = 1;

  /** An empty box. */
  take(): number {
    const box = this.#free.pop() ?? this.#make();
    this.clear(box);
    return box;
  }

  release(box: number): void {
    this.#free.push(box);
  }

  /** Forgets what a box holds. */
  clear(box: number): void {
    for (let field = COUNT; field <= CUT_SHARE; field += 1) this.#set(box, field, 0);
    this.unbound(box);
  }

  /** The bounds of all boxes: those of a box begin at `box * BOX_DOUBLES`, low and high in turns. */
  get bounds(): Float64Array {
    return this.#doubles;
  }

  low(box: number, axis: number): number {
    return this.#doubles[box * BOX_DOUBLES + 2 * axis] ?? Infinity;
  }

  high(box: number, axis: number): number {
    return this.#doubles[box * BOX_DOUBLES + 2 * axis + 1] ?? -Infinity;
  }

  /** How many rows there are below. */
  count(box: number): number {
    return this.#get(box, COUNT);
  }

  /** None of the rows below has a lower id code. */
  lowestIdCode(box: number): number {
    return this.#get(box, ID_CODE);
  }

  /** What came and what went since the box was cut, or began. */
  changes(box: number): number {
    return this.#get(box, CHANGED);
  }

  isCut(box: number): boolean {
    return this.#get(box, HIGH_HALF) !== 0;
  }

  /** The leaf of a box that is not cut. */
  leaf(box: number): number {
    return this.#get(box, LEAF);
  }

  setLeaf(box: number, leaf: number): void {
    this.#set(box, LEAF, leaf);
    this.#set(box, HIGH_HALF, 0);
  }

  lowHalf(box: number): number {
    return this.#get(box, LOW_HALF);
  }

  highHalf(box: number): number {
    return this.#get(box, HIGH_HALF);
  }

  /** Cuts a box in two. */
  cut(box: number, { axis, value }: Cut, low: number, high: number): void {
    this.#doubles[box * BOX_DOUBLES + CUT_VALUE] = value;
    this.#set(box, CUT_AXIS, axis);
    this.#set(box, CHANGED, 0);
    this.#set(box, LOW_HALF, low);
    this.#set(box, HIGH_HALF, high);
  }

  /** Takes note of how a box is divided now that its halves are filled. */
  noteShare(box: number): void {
    this.#set(box, CUT_SHARE, Math.round(this.#lowShare(box) * WHOLE_SHARE));
  }

  /** By how much, from 0 to 1, the share of the low half is another than when the box was cut. */
  drift(box: number): number {
    return Math.abs(this.#lowShare(box) - this.#get(box, CUT_SHARE) / WHOLE_SHARE);
  }

  /** The half of a cut box that a point belongs into. */
  halfOf(box: number, point: Float64Array): number {
    const value = point[this.#get(box, CUT_AXIS)] ?? NaN;
    const isBelow = value < (this.#doubles[box * BOX_DOUBLES + CUT_VALUE] ?? NaN);
    return this.#get(box, isBelow ? LOW_HALF : HIGH_HALF);
  }

  /** Puts all that one box is in the place of another. */
  become(box: number, other: number): void {
    const from = other * BOX_DOUBLES;
    this.#doubles.copyWithin(box * BOX_DOUBLES, from, from + BOX_DOUBLES);
  }

  /** Takes note of a point more below a box: the one at a place in `points`. */
  admit(box: number, points: Float64Array, at: number): void {
    this.#set(box, COUNT, this.count(box) + 1);
    this.#set(box, CHANGED, this.changes(box) + 1);
    this.widen(box, points, at);
  }

  /** Takes note of a point less below a box. */
  dismiss(box: number): void {
    this.#set(box, COUNT, this.count(box) - 1);
    this.#set(box, CHANGED, this.changes(box) + 1);
    this.#set(box, REMOVED, this.#get(box, REMOVED) + 1);
  }

  /** Takes note that below a box a point has taken the place of another. */
  exchange(box: number, point: Float64Array): void {
    this.admit(box, point, 0);
    this.dismiss(box);
  }

  /** Whether so many have gone that bounds are worth making anew. Exact ones would cost more than they save. */
  isLoose(box: number): boolean {
    return this.#get(box, REMOVED) * 4 > this.count(box);
  }

  /** Makes the bounds of a cut box anew from its halves. */
  refresh(box: number): void {
    this.unbound(box);
    this.#widenByBox(box, this.lowHalf(box));
    this.#widenByBox(box, this.highHalf(box));
  }

  /** Makes a cut box hold what its filled halves hold, and takes note of how it is divided. */
  unite(box: number): void {
    this.refresh(box);
    this.#set(box, COUNT, this.count(this.lowHalf(box)) + this.count(this.highHalf(box)));
    this.noteShare(box);
  }

  /** Lets the bounds of a box hold nothing. */
  unbound(box: number): void {
    const bounds = this.#doubles;
    const start = box * BOX_DOUBLES;
    for (let at = start; at < start + BOUNDS; at += 2) {
      bounds[at] = Infinity;
      bounds[at + 1] = -Infinity;
    }
    this.#set(box, ID_CODE, ID_CODE_MAX);
    this.#set(box, REMOVED, 0);
  }

  /** Stretches bounds so that they hold the point at a place in `points`. */
  widen(box: number, points: Float64Array, at: number): void {
    const bounds = this.#doubles;
    const start = box * BOX_DOUBLES;
    for (let axis = 0; axis < BOUNDED_AXES; axis += 1) {
      stretch(bounds, start + 2 * axis, points[at + axis] ?? NaN);
    }
    this.#lowerIdCode(box, points[at + AXIS.idCode] ?? 0);
  }

  #widenByBox(box: number, half: number): void {
    const bounds = this.#doubles;
    for (let bound = 0; bound < BOUNDS; bound += 2) {
      stretch(bounds, box * BOX_DOUBLES + bound, bounds[half * BOX_DOUBLES + bound] ?? NaN);
      stretch(bounds, box * BOX_DOUBLES + bound, bounds[half * BOX_DOUBLES + bound + 1] ?? NaN);
    }
    this.#lowerIdCode(box, this.lowestIdCode(half));
  }

  #lowShare(box: number): number {
    return this.count(this.lowHalf(box)) / Math.max(1, this.count(box));
  }

  #lowerIdCode(box: number, idCode: number): void {
    if (idCode < this.lowestIdCode(box)) this.#set(box, ID_CODE, idCode);
  }

  #get(box: number, field: number): number {
    return this.#words[box * BOX_WORDS + field] ?? 0;
  }

  #set(box: number, field: number, value: number): void {
    this.#words[box * BOX_WORDS + field] = value;
  }

  #make(): number {
    const room = this.#doubles.length / BOX_DOUBLES;
    if (this.#made >= room) this.#grow(Math.max(BOXES_AT_FIRST, 2 * room));
    this.#made += 1;
    return this.#made - 1;
  }

  /** In one piece, since counting looks at 20,000 boxes: to copy those of a million advertisements takes 1 ms. */
  #grow(room: number): void {
    const doubles = new Float64Array(room * BOX_DOUBLES);
    doubles.set(this.#doubles);
    this.#doubles = doubles;
    this.#words = new Int32Array(doubles.buffer);
  }
}

/** Stretches a pair of bounds so that it holds a value. */
function stretch(bounds: Float64Array, at: number, value: number): void {
  if (value < (bounds[at] ?? 0)) bounds[at] = value;
  if (value > (bounds[at + 1] ?? 0)) bounds[at + 1] = value;
}
