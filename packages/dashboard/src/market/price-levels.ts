/** What the hub says of all prices at once, where a search asks for just that. Pure. */
import type { Stats } from 'golem-vm-discovery-protocol';
import { type Search, shapeOf } from '../search/search.js';

/** Prices of a month in dollars, of all who could serve a shape at a price. */
export interface PriceLevels {
  readonly providers: number;
  readonly p10: number;
  readonly median: number;
  readonly p90: number;
}

/** The levels for a search that asks for one of the named shapes and nothing else; `undefined` for any other. */
export function priceLevelsOf(
  { requirements }: Search,
  stats: Stats | undefined,
): PriceLevels | undefined {
  const wanted = shapeOf(requirements);
  if (wanted === undefined || Object.keys(requirements).length > 3) return undefined;
  const named = stats?.shapes.find(
    ({ resources: { cpu, memory, storage } }) =>
      cpu === wanted.cpu && memory === wanted.memory && storage === wanted.storage,
  );
  return named?.usd_per_month && { providers: named.providers, ...named.usd_per_month };
}
