/**
 * Gives a box its rows, all at once: a leaf where they are few, or else halves, cut where it is worth
 * most, until every leaf has room to spare.
 * Cost: 1.5 µs a row among 8,192; the points of all of them while it lasts.
 */
import { AXES, writePoint } from './box-axes.js';
import { chooseCut } from './box-cut.js';
import type { BoxRows } from './box-rows.js';
import type { Boxes } from './boxes.js';
import type { Rows } from './rows.js';

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
export function fillBox(room: BoxRoom, box: number, slots: readonly number[]): void {
  const { rows, boxes, boxRows } = room;
  const points = new Float64Array(slots.length * AXES);
  boxes.clear(box);
  for (const [index, slot] of slots.entries()) {
    writePoint(rows, slot, points, index * AXES);
    boxes.admit(box, points, index * AXES);
  }
  if (slots.length > LEAF_ROWS_FILLED) return cutBox(room, box, slots, points);
  const leaf = boxRows.take();
  for (let index = 0; index < slots.length; index += 1) {
    boxRows.write(leaf, index, points, index * AXES);
  }
  boxes.setLeaf(box, leaf);
}

function cutBox(room: BoxRoom, box: number, slots: readonly number[], points: Float64Array): void {
  const { boxes } = room;
  const cut = chooseCut(points, slots.length, boxes, box);
  const isLow = (index: number) => (points[index * AXES + cut.axis] ?? NaN) < cut.value;
  const [low, high] = [boxes.take(), boxes.take()];
  boxes.cut(box, cut, low, high);
  fillBox(
    room,
    low,
    slots.filter((_, index) => isLow(index)),
  );
  fillBox(
    room,
    high,
    slots.filter((_, index) => !isLow(index)),
  );
  boxes.noteShare(box);
}
