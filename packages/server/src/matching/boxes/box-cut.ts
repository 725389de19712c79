/**
 * Where a box is cut. Of all axes the one is taken along which the box is widest, by a measure that
 * says how likely the edge of a question is to fall into it: most questions name a country, some a
 * platform; a size may fall anywhere, each octave as likely as another.
 *
 * Within a country a price counts by its distance from what the cheapest there charge, in octaves:
 * so boxes become the smaller the cheaper they are, and the search for the cheapest opens ten leaves among a
 * million where it opened hundreds. It decides how fast an answer is found, never what it is.
 */
import { AXES, AXIS, BOUNDED_AXES } from './box-axes.js';
import type { Cut } from './boxes.js';
import type { Floors } from './price-floors.js';
import { type Sample, rangeOf } from './sample.js';

/**
 * The worth of a cut between two platforms, and of one between two countries, in octaves of a size. Platforms come
 * first where both differ: there are so few that it costs nobody much.
 */
const PLATFORM_OCTAVES = 12;
const COUNTRY_OCTAVES = 12;
/** No question about prices is about both the priced and the unpriced: they are parted before anything else. */
const PRICED_OR_NOT = 1_000;

/** Nearer to the floor than such a share of it, and than so many dollars, is as good as at it. */
const NEAR_SHARE = 0.01;
const NEAR_USD = 0.001;

/** So many values are enough to find a middle. */
const SAMPLED_MAX = 1_024;

/** Chooses where to cut some points, at least two and no two of the same slot. */
export function chooseCut(sample: Sample, floors: Floors): Cut {
  for (const { axis, width } of axesByWidth(sample, floors)) {
    if (width === PRICED_OR_NOT) return { axis, value: Infinity };
    // None where a few stray far from the others, between those that the middle is looked for among.
    const cut = middleOf(sample, axis);
    if (cut !== undefined) return cut;
  }
  const cut = middleOf(sample, AXIS.idCode) ?? middleOf(sample, AXIS.slot);
  if (cut === undefined) throw new Error('points of one slot cannot be cut');
  return cut;
}

/** Those along which there is something to cut, the widest first. */
function axesByWidth(
  sample: Sample,
  floors: Floors,
): readonly { readonly axis: number; readonly width: number }[] {
  return Array.from({ length: BOUNDED_AXES }, (_, axis) => {
    const { low, high } = rangeOf(sample, axis);
    return { axis, width: widthOf(axis, low, high, floors) };
  })
    .filter(({ width }) => width > 0)
    .toSorted((one, other) => other.width - one.width);
}

function widthOf(axis: number, low: number, high: number, floors: Floors): number {
  if (low === high) return 0;
  if (axis === AXIS.platform) return PLATFORM_OCTAVES;
  if (axis === AXIS.country) return COUNTRY_OCTAVES;
  if (axis < AXIS.platform) return Math.log2(high / low);
  if (high === Infinity) return PRICED_OR_NOT;
  const floor = floors[axis - AXIS.corePrice] ?? 0;
  const near = NEAR_USD + NEAR_SHARE * floor;
  return Math.log2((aboveFloor(high, floor) + near) / (aboveFloor(low, floor) + near));
}

function aboveFloor(usd: number, floor: number): number {
  return Math.max(0, usd - floor);
}

/** A cut near the middle; `undefined` where all are at the same value. */
function middleOf({ points, count }: Sample, axis: number): Cut | undefined {
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
