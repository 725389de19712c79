/**
 * Where the price of an advertisement stands: what its own shape costs, among all in its country that
 * are large enough for that shape and have prices, itself among them.
 * Cost: two counts.
 */
import type { PriceRank } from './contract.js';
import { BoxSieve } from './finding/box-sieve.js';
import { countResults } from './finding/finding.js';
import type { Names } from './rows/names.js';
import type { Rows } from './rows/rows.js';
import type { Sections } from './sections/sections.js';

/** What prices stand in. */
export interface PricedMarket {
  readonly rows: Rows;
  readonly sections: Sections;
  readonly countries: Names;
}

/** `undefined` for the unpriced. */
export function rankPrice(market: PricedMarket, slot: number): PriceRank | undefined {
  const { rows, countries } = market;
  const country = countries.nameOf(rows.country(slot));
  const resources = { cpu: rows.cpu(slot), memory: rows.memory(slot), storage: rows.storage(slot) };
  const usdPerMonth = rows.usd(slot, resources.cpu, resources.memory, resources.storage);
  if (usdPerMonth === Infinity) return undefined;
  const countUpTo = (max_usd_per_month: number) => {
    const requirements = { ...resources, country: [country], max_usd_per_month };
    const numbers = { platform: undefined, countries: new Set([rows.country(slot)]) };
    const sieve = new BoxSieve(market.sections.room, requirements, numbers);
    return countResults(market.sections, sieve, requirements);
  };
  const cheaper = usdPerMonth > 0 ? countUpTo(justBelow(usdPerMonth)) : 0;
  const of = countUpTo(Number.MAX_VALUE);
  return { country, resources, usdPerMonth, rank: cheaper + 1, of };
}

const bits = new DataView(new ArrayBuffer(8));

/** The next smaller double of a positive one: the order of doubles is that of their bits. */
function justBelow(amount: number): number {
  bits.setFloat64(0, amount);
  bits.setBigUint64(0, bits.getBigUint64(0) - 1n);
  return bits.getFloat64(0);
}
