/**
 * Gives a box its rows where they are too many to do it at once, in steps of some milliseconds, between
 * which the caller may let others in. Large boxes are cut by a sample; their slots are only
 * divided, and bounds come from the halves in the end: inserting a million one by one took three times as
 * long, and left boxes that were cut when they were small.
 */
import { coordinate } from './box-axes.js';
import { type BoxRoom, cutFor, fillBox } from './box-filling.js';
import type { Cut } from './boxes.js';
import type { PriceFloors } from './price-floors.js';
import type { Rows } from '../rows/rows.js';
import { sampleOf } from './sample.js';

/** No more than these are filled in one step. */
const AT_ONCE_MAX = 4_096;
const SAMPLED = 1_024;
/** Divided in one step. */
const STEP_SLOTS = 32_768;

/** Fills a box that has nothing, not even a leaf. */
export function* fillBoxInSteps(
  room: BoxRoom,
  box: number,
  slots: Int32Array,
  floors: PriceFloors,
): Generator<undefined, void> {
  yield;
  if (slots.length <= AT_ONCE_MAX) return fillBox(room, box, slots, floors);
  const { boxes, rows } = room;
  const cut = cutFor(sampleOf(rows, slots, SAMPLED), slots.length, floors);
  const halves = yield* divide(rows, slots, cut);
  const [low, high] = [boxes.take(), boxes.take()];
  boxes.clear(box);
  boxes.cut(box, cut, low, high);
  yield* fillBoxInSteps(room, low, halves.low, floors);
  yield* fillBoxInSteps(room, high, halves.high, floors);
  boxes.unite(box);
}

interface Halves {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

/** In each half they stay in the order they were in, in which memory is read the fastest. */
function* divide(
  rows: Rows,
  slots: Int32Array,
  { axis, value }: Cut,
): Generator<undefined, Halves> {
  const low = new Int32Array(slots.length);
  const high = new Int32Array(slots.length);
  let lows = 0;
  for (let index = 0; index < slots.length; index += 1) {
    if (index % STEP_SLOTS === 0) yield;
    const slot = slots[index] ?? 0;
    if (coordinate(rows, slot, axis) < value) {
      low[lows] = slot;
      lows += 1;
    } else {
      high[index - lows] = slot;
    }
  }
  return { low: low.slice(0, lows), high: high.slice(0, slots.length - lows) };
}
