/**
 * Where a box is cut. Of all axes the one is taken along which the box is widest, by a measure that
 * says how likely the edge of a question is to fall into it: most questions name a country, few a
 * platform; a size or a price may fall anywhere, each octave as likely as another.
 * It decides how fast an answer is found, never what it is.
 */
import { AXES, AXIS, BOUNDED_AXES } from './box-axes.js';
import type { Boxes, Cut } from './boxes.js';

/** The worth of a cut between two platforms, and of one between two countries, in octaves of a size. */
const PLATFORM_OCTAVES = 8;
const COUNTRY_OCTAVES = 8;
/** The same of one octave of a price. */
const PRICE_OCTAVES = 2.5;
/** Prices far below this are as good as nothing. */
const LEAST_USD = 0.001;
/** No question is about both the priced and the unpriced. */
const PRICED_OR_NOT = 1_000;

/** Above this the middle of a sample does. */
const SAMPLED_MAX = 1_024;

/** Chooses where to cut a box with these points, at least two and no two of the same slot. */
export function chooseCut(points: Float64Array, count: number, boxes: Boxes, box: number): Cut {
  let widest: number = AXIS.idCode;
  let width = 0;
  for (let axis = 0; axis < BOUNDED_AXES; axis += 1) {
    const other = widthOf(axis, boxes.low(box, axis), boxes.high(box, axis));
    if (other > width) [widest, width] = [axis, other];
  }
  const cut =
    middleOf(points, count, widest) ??
    middleOf(points, count, AXIS.idCode) ??
    middleOf(points, count, AXIS.slot);
  if (cut === undefined) throw new Error('points of one slot cannot be cut');
  return cut;
}

function widthOf(axis: number, low: number, high: number): number {
  if (low === high) return 0;
  if (axis === AXIS.platform) return PLATFORM_OCTAVES;
  if (axis === AXIS.country) return COUNTRY_OCTAVES;
  if (axis < AXIS.platform) return Math.log2(high / low);
  if (high === Infinity) return PRICED_OR_NOT;
  return PRICE_OCTAVES * Math.log2((high + LEAST_USD) / (low + LEAST_USD));
}

/** A cut near the middle; `undefined` where all are at the same value. */
function middleOf(points: Float64Array, count: number, axis: number): Cut | undefined {
  const step = Math.ceil(count / SAMPLED_MAX);
  const values = new Float64Array(Math.ceil(count / step));
  for (let index = 0; index < values.length; index += 1) {
    values[index] = points[index * step * AXES + axis] ?? NaN;
  }
  values.sort();
  const middle = values.length >> 1;
  const value = values[middle] ?? NaN;
  let below = middle;
  while (below > 0 && values[below - 1] === value) below -= 1;
  let above = middle;
  while (above < values.length && values[above] === value) above += 1;
  if (below === 0 && above === values.length) return undefined;
  // The value itself goes to the high side: a cut at it leaves `below` on the low side.
  const isNearer = below > 0 && (above === values.length || middle - below <= above - middle);
  return { axis, value: isNearer ? value : (values[above] ?? NaN) };
}
