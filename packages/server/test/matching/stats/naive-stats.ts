/** The reference that statistics are held against: everything added up and sorted anew. */
import { NAMED_SHAPES, SHAPE_NAMES, monthlyUsd } from 'golem-vm-discovery-protocol';
import type { MarketStats, MarketSum, Offer, PriceLevels } from '#src/matching/contract.js';
import { PriceHistogram } from '#src/matching/stats/price-histogram.js';

export function naiveStats(offers: readonly Offer[]): MarketStats {
  const unit = { cpu: 1, memory: 1, storage: 1 };
  const priced = offers.filter(
    ({ advertisement: { pricing } }) => monthlyUsd(unit, pricing) !== undefined,
  );
  const pricesOf = (
    name: 'usd_per_core_month' | 'usd_per_gb_ram_month' | 'usd_per_gb_storage_month',
  ) => levels(priced.map(({ advertisement: { pricing } }) => pricing?.[name] ?? NaN));
  return {
    ...sumOf(offers),
    countries: groups(offers, ({ advertisement }) => advertisement.country).map(
      ([country, sum]) => ({ country, ...sum }),
    ),
    platforms: groups(offers, ({ advertisement }) => advertisement.platform ?? '').map(
      ([platform, sum]) => ({ platform: platform === '' ? undefined : platform, ...sum }),
    ),
    otherPlatforms: undefined,
    priced: priced.length,
    unitPrices: {
      core: pricesOf('usd_per_core_month'),
      memory: pricesOf('usd_per_gb_ram_month'),
      storage: pricesOf('usd_per_gb_storage_month'),
    },
    shapes: SHAPE_NAMES.map((name) => {
      const { cpu, memory, storage } = NAMED_SHAPES[name];
      const able = priced.filter(({ advertisement: { resources } }) => {
        return resources.cpu >= cpu && resources.memory >= memory && resources.storage >= storage;
      });
      const prices = able.map(
        ({ advertisement: { pricing } }) => monthlyUsd({ cpu, memory, storage }, pricing) ?? NaN,
      );
      return { name, providers: able.length, usdPerMonth: levels(prices) };
    }),
  };
}

/** Nearest rank, and only then rounded to what is told. */
function levels(prices: readonly number[]): PriceLevels | undefined {
  if (prices.length === 0) return undefined;
  const sorted = prices.toSorted((one, other) => one - other);
  const at = (percent: number) =>
    PriceHistogram.told(sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? NaN);
  return { p10: at(10), median: at(50), p90: at(90) };
}

function groups(
  offers: readonly Offer[],
  nameOf: (offer: Offer) => string,
): readonly (readonly [string, MarketSum])[] {
  const names = [...new Set(offers.map(nameOf))];
  return names
    .map((name) => [name, sumOf(offers.filter((offer) => nameOf(offer) === name))] as const)
    .toSorted(
      ([name, sum], [other, otherSum]) =>
        otherSum.providers - sum.providers || (name < other ? -1 : 1),
    );
}

function sumOf(offers: readonly Offer[]): MarketSum {
  const total = (name: 'cpu' | 'memory' | 'storage') =>
    offers.reduce((sum, { advertisement }) => sum + advertisement.resources[name], 0);
  return {
    providers: offers.length,
    verified: offers.filter(({ verified }) => verified).length,
    resources: { cpu: total('cpu'), memory: total('memory'), storage: total('storage') },
  };
}
