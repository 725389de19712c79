/**
 * A tree of boxes: advertisements that are alike in place, sizes and prices lie in the same leaf, so
 * that what a question says little new about is passed over or taken whole. What counts matches,
 * finds the cheapest, and gathers the few.
 * Invariant: each slot is in the leaf that the cuts lead its point to; a leaf is never over-full.
 * Cost: 1 to 2 µs to insert, remove or change among a million. Where a half has outgrown what it was cut to
 * the box is cut anew, if it holds no more than `RECUT_ROWS_MAX`, which takes 10 ms; a larger one stays
 * lopsided, so no call is ever long. Drift that never ends would so make the tree one box deeper for
 * each 4,096 advertisements.
 */
import { AXES, writePoint } from './box-axes.js';
import { type BoxRoom, emptyBox, fillBox, slotsBelow } from './box-filling.js';
import { fillBoxInSteps } from './box-filling-in-steps.js';
import { type BoxRows, LEAF_ROWS_MAX } from './box-rows.js';
import type { Boxes } from './boxes.js';
import { PriceFloors } from './price-floors.js';
import type { Rows } from '../rows/rows.js';

/** A cut box with fewer rows becomes a leaf. */
const LEAF_ROWS_FEW = 40;
/**
 * Lopsided: a half has this much more of the box than when it was cut, and half as many have come or gone
 * as are there. A share alone would not do: those with a rare platform are few however often one cuts.
 */
const DRIFT_MAX = 0.25;
const RECUT_ROWS_MIN = 2 * LEAF_ROWS_MAX;
const RECUT_ROWS_MAX = 8_192;

const NONE = -1;

export class BoxTree {
  readonly #room: BoxRoom;
  readonly #rows: Rows;
  readonly #boxes: Boxes;
  readonly #boxRows: BoxRows;
  readonly #floors = new PriceFloors();
  #root = NONE;
  /** The point of what comes, of what goes, and of one after the other that stays. */
  readonly #coming = new Float64Array(AXES);
  readonly #going = new Float64Array(AXES);
  readonly #staying = new Float64Array(AXES);

  constructor(room: BoxRoom) {
    this.#room = room;
    this.#rows = room.rows;
    this.#boxes = room.boxes;
    this.#boxRows = room.boxRows;
  }

  /** The outermost box; `undefined` where the tree has never held anything. */
  get root(): number | undefined {
    return this.#root === NONE ? undefined : this.#root;
  }

  /** Takes all its slots at once, in steps; the tree must be empty. */
  *fill(slots: ArrayLike<number>): Generator<undefined, void> {
    if (slots.length === 0) return;
    if (this.#root === NONE) this.#root = this.#boxes.take();
    else if (this.#boxes.count(this.#root) > 0) throw new Error('only an empty tree is filled');
    else emptyBox(this.#room, this.#root);
    yield* fillBoxInSteps(this.#room, this.#root, new Int32Array(slots), this.#floors);
  }

  /** Inserts a slot whose row is written. */
  insert(slot: number): void {
    writePoint(this.#rows, slot, this.#coming, 0);
    if (this.#root === NONE) this.#root = this.#plant();
    this.#insertBelow(this.#root);
    this.#mendAlong(this.#coming);
  }

  /** Removes a slot whose row is still what it was when it was inserted. */
  remove(slot: number): void {
    writePoint(this.#rows, slot, this.#going, 0);
    this.#removeBelow(this.#root, slot);
    this.#mendAlong(this.#going);
  }

  /** Puts `slot`, whose row is written, in the place of `old`, whose row is still there. */
  change(old: number, slot: number): void {
    writePoint(this.#rows, old, this.#going, 0);
    writePoint(this.#rows, slot, this.#coming, 0);
    this.#changeBelow(this.#root, old);
    this.#mendAlong(this.#coming);
    this.#mendAlong(this.#going);
  }

  #insertBelow(root: number): void {
    const boxes = this.#boxes;
    let box = root;
    for (;;) {
      if (!boxes.isCut(box) && boxes.count(box) === LEAF_ROWS_MAX) this.#cutAnew(box);
      if (!boxes.isCut(box)) break;
      boxes.admit(box, this.#coming, 0);
      box = boxes.halfOf(box, this.#coming);
    }
    this.#boxRows.write(boxes.leaf(box), boxes.count(box), this.#coming, 0);
    boxes.admit(box, this.#coming, 0);
  }

  #removeBelow(box: number, slot: number): void {
    const boxes = this.#boxes;
    boxes.dismiss(box);
    if (boxes.isCut(box)) {
      this.#removeBelow(boxes.halfOf(box, this.#going), slot);
    } else {
      const last = boxes.count(box);
      this.#boxRows.copy(boxes.leaf(box), last, this.#indexOf(box, last + 1, slot));
    }
    this.#tidy(box);
  }

  #changeBelow(box: number, old: number): void {
    const boxes = this.#boxes;
    boxes.exchange(box, this.#coming);
    if (boxes.isCut(box)) {
      const from = boxes.halfOf(box, this.#going);
      const to = boxes.halfOf(box, this.#coming);
      if (from === to) {
        this.#changeBelow(from, old);
      } else {
        this.#insertBelow(to);
        this.#removeBelow(from, old);
      }
    } else {
      const index = this.#indexOf(box, boxes.count(box), old);
      this.#boxRows.write(boxes.leaf(box), index, this.#coming, 0);
    }
    this.#tidy(box);
  }

  #indexOf(box: number, count: number, slot: number): number {
    const index = this.#boxRows.indexOf(this.#boxes.leaf(box), count, slot);
    if (index < 0) throw new Error(`slot ${slot} is not where it belongs`);
    return index;
  }

  /** After a removal: no half is empty, few rows lie in one leaf, and bounds are not too loose. */
  #tidy(box: number): void {
    const boxes = this.#boxes;
    if (!boxes.isCut(box)) {
      if (boxes.isLoose(box)) this.#refreshLeaf(box);
    } else if (boxes.count(box) < LEAF_ROWS_FEW) {
      this.#cutAnew(box);
    } else if (boxes.count(boxes.lowHalf(box)) === 0) {
      this.#becomeHalf(box, boxes.highHalf(box), boxes.lowHalf(box));
    } else if (boxes.count(boxes.highHalf(box)) === 0) {
      this.#becomeHalf(box, boxes.lowHalf(box), boxes.highHalf(box));
    } else if (boxes.isLoose(box)) {
      boxes.refresh(box);
    }
  }

  #becomeHalf(box: number, half: number, empty: number): void {
    emptyBox(this.#room, empty);
    this.#boxes.release(empty);
    this.#boxes.become(box, half);
    this.#boxes.release(half);
  }

  #refreshLeaf(box: number): void {
    const boxes = this.#boxes;
    const leaf = boxes.leaf(box);
    boxes.unbound(box);
    for (let index = 0; index < boxes.count(box); index += 1) {
      writePoint(this.#rows, this.#boxRows.slot(leaf, index), this.#staying, 0);
      boxes.bounds.widen(box, this.#staying, 0);
    }
  }

  #plant(): number {
    const root = this.#boxes.take();
    fillBox(this.#room, root, new Int32Array(0), this.#floors);
    return root;
  }

  #cutAnew(box: number): void {
    const slots = slotsBelow(this.#room, box);
    emptyBox(this.#room, box);
    fillBox(this.#room, box, new Int32Array(slots), this.#floors);
  }

  /** Cuts the outermost box anew that has become lopsided around a point. */
  #mendAlong(point: Float64Array): void {
    const boxes = this.#boxes;
    let box = this.#root;
    while (boxes.isCut(box) && !this.#isLopsided(box)) box = boxes.halfOf(box, point);
    if (boxes.isCut(box)) this.#cutAnew(box);
  }

  #isLopsided(box: number): boolean {
    const boxes = this.#boxes;
    const count = boxes.count(box);
    if (count < RECUT_ROWS_MIN || count > RECUT_ROWS_MAX) return false;
    return boxes.drift(box) > DRIFT_MAX && boxes.changes(box) * 2 > count;
  }
}
