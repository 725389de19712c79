/**
 * Gives a box its rows, all at once: a leaf where they are few, or else halves, cut where it is worth
 * most, until every leaf has room to spare.
 * Cost: 1.3 µs a row among 8,192; the points of all of them while it lasts.
 */
import { AXES, AXIS, writePoint } from './box-axes.js';
import { chooseCut } from './box-cut.js';
import type { BoxRows } from './box-rows.js';
import type { Boxes, Cut } from './boxes.js';
import { NO_FLOORS, type PriceFloors } from './price-floors.js';
import type { Rows } from '../rows/rows.js';
import { type Sample, rangeOf } from './sample.js';

/** What a leaf has at most then: room for a third more. */
export const LEAF_ROWS_FILLED = 96;

/** What box trees share. */
export interface BoxRoom {
  readonly rows: Rows;
  readonly boxes: Boxes;
  readonly boxRows: BoxRows;
}

/** All slots in the leaves below a box. */
export function slotsBelow({ boxes, boxRows }: BoxRoom, box: number): readonly number[] {
  const slots: number[] = [];
  const visit = (below: number): void => {
    if (boxes.isCut(below)) {
      visit(boxes.lowHalf(below));
      visit(boxes.highHalf(below));
    } else {
      const leaf = boxes.leaf(below);
      for (let index = 0; index < boxes.count(below); index += 1) {
        slots.push(boxRows.slot(leaf, index));
      }
    }
  };
  visit(box);
  return slots;
}

/** Takes from a box, which stays, all that it has: its leaf, or its halves and theirs. */
export function emptyBox(room: BoxRoom, box: number): void {
  const { boxes, boxRows } = room;
  if (!boxes.isCut(box)) return boxRows.release(boxes.leaf(box));
  for (const half of [boxes.lowHalf(box), boxes.highHalf(box)]) {
    emptyBox(room, half);
    boxes.release(half);
  }
}

/** Fills a box that has nothing, not even a leaf. */
export function fillBox(room: BoxRoom, box: number, slots: Int32Array, floors: PriceFloors): void {
  const { rows, boxes } = room;
  const points = new Float64Array(slots.length * AXES);
  boxes.clear(box);
  for (let index = 0; index < slots.length; index += 1) {
    writePoint(rows, slots[index] ?? 0, points, index * AXES);
    boxes.admit(box, points, index * AXES);
  }
  if (slots.length <= LEAF_ROWS_FILLED) return fillLeaf(room, box, { points, count: slots.length });
  const cut = cutFor({ points, count: slots.length }, slots.length, floors);
  const isLow = (_: number, index: number) => (points[index * AXES + cut.axis] ?? NaN) < cut.value;
  const [low, high] = [boxes.take(), boxes.take()];
  boxes.cut(box, cut, low, high);
  fillBox(room, low, slots.filter(isLow), floors);
  fillBox(
    room,
    high,
    slots.filter((slot, index) => !isLow(slot, index)),
    floors,
  );
  boxes.noteShare(box);
}

/** Where to cut a box of so many slots, of which there is a sample. */
export function cutFor(sample: Sample, slots: number, floors: PriceFloors): Cut {
  const countries = rangeOf(sample, AXIS.country);
  const isOneCountry = countries.low === countries.high;
  return chooseCut(sample, isOneCountry ? floors.learn(sample, slots) : NO_FLOORS);
}

function fillLeaf({ boxes, boxRows }: BoxRoom, box: number, { points, count }: Sample): void {
  const leaf = boxRows.take();
  for (let index = 0; index < count; index += 1) boxRows.write(leaf, index, points, index * AXES);
  boxes.setLeaf(box, leaf);
}
