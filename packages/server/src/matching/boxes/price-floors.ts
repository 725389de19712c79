/**
 * What the cheapest in each country charge, as far as it matters for cutting boxes there. It decides how
 * fast an answer is found, never what it is: so it may be as old as the start, and of another country that had the number.
 * Cost: four numbers for each number of a country.
 */
import { AXES, AXIS } from './box-axes.js';
import { type Sample, rangeOf } from './sample.js';

/** Dollars for each resource, in the order of the axes. */
export type Floors = readonly [core: number, memory: number, storage: number];

/** Where none is known: a price then counts by itself. */
export const NO_FLOORS: Floors = [0, 0, 0];

/** Of those in a sample, the first few are taken for outliers: one who gives cores away would be the floor of all. */
const OUTLIERS = 3;

interface Known {
  readonly floors: Floors;
  /** How many they were found among. */
  readonly among: number;
}

export class PriceFloors {
  readonly #known = new Map<number, Known>();

  /** Those of a sample of so many slots in one country, or of the largest box there that was ever cut. */
  learn(sample: Sample, slots: number): Floors {
    if (rangeOf(sample, AXIS.corePrice).low === Infinity) return NO_FLOORS;
    const country = sample.points[AXIS.country] ?? NaN;
    const known = this.#known.get(country);
    if (known !== undefined && known.among > slots) return known.floors;
    const floors: Floors = [
      floorOf(sample, AXIS.corePrice),
      floorOf(sample, AXIS.memoryPrice),
      floorOf(sample, AXIS.storagePrice),
    ];
    this.#known.set(country, { floors, among: slots });
    return floors;
  }
}

function floorOf({ points, count }: Sample, axis: number): number {
  const all = Float64Array.from({ length: count }, (_, at) => points[at * AXES + axis] ?? NaN);
  const priced = all.filter((usd) => usd < Infinity).toSorted();
  return priced[Math.min(OUTLIERS, priced.length >> 1)] ?? 0;
}
