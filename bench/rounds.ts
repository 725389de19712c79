/**
 * Two servers, measured in turns within one run: what the machine does meanwhile meets both. The
 * ratio is the median of the ratios of the pairs.
 */
import { type LoadResult, perSecond } from './load-generator.js';

/** What rounds gave: answers per second, a figure for each round. */
export interface Comparison {
  readonly hub: readonly LoadResult[];
  readonly floor: readonly LoadResult[];
}

/** Measures in turns; which one begins changes from round to round. */
export async function alternate(
  rounds: number,
  measureHub: (round: number) => Promise<LoadResult>,
  measureFloor: (round: number) => Promise<LoadResult>,
): Promise<Comparison> {
  const hub: LoadResult[] = [];
  const floor: LoadResult[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) hub.push(await measureHub(round));
    floor.push(await measureFloor(round));
    if (round % 2 === 1) hub.push(await measureHub(round));
  }
  return { hub, floor };
}

/** The median ratio of hub to floor over the pairs. */
export function ratioOf({ hub, floor }: Comparison): number {
  return median(
    hub.map((result, round) => {
      const other = floor[round];
      return other === undefined ? Number.NaN : perSecond(result) / perSecond(other);
    }),
  );
}

/** The value in the middle, or the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}
