/** How prices are spread. Pure arithmetic. */

/** One bar: prices from `low` to below `high`; those at the upper end of the last bar belong to it. */
export interface Bar {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** A spread of prices, of which there is at least one. */
export interface Spread {
  readonly bars: readonly Bar[];
  readonly low: number;
  readonly median: number;
  /** Where the last bar begins to hold whatever is dearer; `high` where it holds nothing else. */
  readonly top: number;
  readonly high: number;
}

/** A few that ask ten times as much as all others would press those into one bar: the dearest twentieth share the last. */
const SHOWN_SHARE = 0.95;

/** Spreads prices over at most `barsMax` bars of equal width; `undefined` where there are none. */
export function spreadOf(prices: readonly number[], barsMax: number): Spread | undefined {
  const sorted = prices.toSorted((one, other) => one - other);
  const low = sorted[0];
  const high = sorted.at(-1);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  const top = sorted[Math.floor((sorted.length - 1) * SHOWN_SHARE)];
  if (low === undefined || high === undefined || median === undefined || top === undefined) {
    return undefined;
  }
  const width = (top - low) / barsMax;
  const barOf = (price: number): number =>
    width === 0 ? 0 : Math.min(barsMax - 1, Math.floor((price - low) / width));
  const counts = new Map<number, number>();
  for (const price of sorted) counts.set(barOf(price), (counts.get(barOf(price)) ?? 0) + 1);
  const bars = Array.from({ length: width === 0 ? 1 : barsMax }, (_, at) => ({
    low: low + at * width,
    high: at === barsMax - 1 ? high : low + (at + 1) * width,
    count: counts.get(at) ?? 0,
  }));
  return { bars, low, median, top, high };
}
