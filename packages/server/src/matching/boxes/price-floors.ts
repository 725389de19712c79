/**
 * What the cheapest in each country charge, as far as it matters for cutting boxes there. It decides how
 * fast an answer is found, never what it is: so it may be old, and a number that another country has now.
 * Cost: three numbers for each country that was ever listed.
 */
import { AXES, AXIS } from './box-axes.js';
import type { Sample } from './sample.js';

/** Dollars for each resource, in the order of the axes; 0 where nobody has a price. */
export type Floors = readonly [core: number, memory: number, storage: number];

/** Of those in a sample, the first few are taken for outliers: one who gives cores away would be the floor of all. */
const OUTLIERS = 3;

interface Known {
  readonly floors: Floors;
  /** How many they were found among. */
  readonly among: number;
}

export class PriceFloors {
  readonly #known = new Map<number, Known>();

  /** Those of a sample of so many slots, or of the larger box in the same country that the slots are from. */
  of(sample: Sample, slots: number): Floors {
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
  const values = Float64Array.from({ length: count }, (_, at) => points[at * AXES + axis] ?? NaN);
  const floor = values.toSorted()[Math.min(OUTLIERS, count >> 1)] ?? Infinity;
  return floor === Infinity ? 0 : floor;
}
