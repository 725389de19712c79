/** The reference that explanations are held against: a filter for each requirement, straight from its definition. */
import {
  REQUIREMENT_NAMES,
  type RequirementName,
  type Requirements,
  monthlyUsd,
} from 'golem-vm-discovery-protocol';
import type { Offer, RequirementEffects } from '#src/matching/contract.js';

/** The price of the asked shape; `Infinity` where there is none. */
export function usdOf({ advertisement }: Offer, asked: Requirements): number {
  const { cpu = 1, memory = 1, storage = 1 } = asked;
  return monthlyUsd({ cpu, memory, storage }, advertisement.pricing) ?? Infinity;
}

const MEETS: Readonly<Record<RequirementName, (offer: Offer, asked: Requirements) => boolean>> = {
  cpu: ({ advertisement: { resources } }, { cpu = 1 }) => resources.cpu >= cpu,
  memory: ({ advertisement: { resources } }, { memory = 1 }) => resources.memory >= memory,
  storage: ({ advertisement: { resources } }, { storage = 1 }) => resources.storage >= storage,
  country: ({ advertisement }, { country }) => country?.includes(advertisement.country) !== false,
  platform: ({ advertisement }, { platform }) =>
    platform === undefined || advertisement.platform === platform,
  verified: ({ verified }, asked) => asked.verified !== true || verified,
  max_usd_per_month: (offer, asked) =>
    asked.max_usd_per_month === undefined || usdOf(offer, asked) <= asked.max_usd_per_month,
};

/** The names of what an offer misses. */
export function missedBy(offer: Offer, asked: Requirements): readonly RequirementName[] {
  return REQUIREMENT_NAMES.filter((name) => !MEETS[name](offer, asked));
}

export function naiveEffects(
  offers: readonly Offer[],
  asked: Requirements,
): readonly RequirementEffects[] {
  const given = REQUIREMENT_NAMES.filter((name) => asked[name] !== undefined);
  return given.map((requirement) => {
    const meetsOthers = (offer: Offer) =>
      missedBy(offer, asked).every((missed) => missed === requirement);
    const matchingWithout = offers.filter(meetsOthers).length;
    const matching = offers.filter((offer) => missedBy(offer, asked).length === 0).length;
    return {
      requirement,
      rulesOut: offers.filter((offer) => !MEETS[requirement](offer, asked)).length,
      rulesOutAlone: matchingWithout - matching,
      matchingWithout,
    };
  });
}

/** What is lacking of one requirement. */
export function shortfallOf(offer: Offer, asked: Requirements, name: RequirementName): number {
  const { resources } = offer.advertisement;
  switch (name) {
    case 'cpu':
    case 'memory':
    case 'storage':
      return share(resources[name], asked[name] ?? 1);
    case 'max_usd_per_month':
      return share(asked.max_usd_per_month ?? 0, usdOf(offer, asked));
    case 'country':
    case 'platform':
    case 'verified':
      return 1;
  }
}

function share(less: number, more: number): number {
  return more === Infinity ? 1 : (more - less) / more;
}

/** Ids of what comes nearest, in order. */
export function naiveNearest(offers: readonly Offer[], asked: Requirements): readonly string[] {
  return offers
    .map((offer) => {
      const missed = missedBy(offer, asked);
      const sizes = missed.map((name) => shortfallOf(offer, asked, name));
      // Whole ones first: adding is not associative to the last bit.
      const wholes = missed.filter((name) => UNSIZED.has(name)).length;
      const sized = sizes.filter((_, place) => !UNSIZED.has(missed[place] ?? ''));
      const shortfall = sized.reduce((sum, size) => sum + size, wholes);
      return { id: offer.providerId, missed: missed.length, shortfall };
    })
    .filter(({ missed }) => missed > 0)
    .toSorted(
      (one, other) =>
        one.missed - other.missed ||
        one.shortfall - other.shortfall ||
        (one.id < other.id ? -1 : 1),
    )
    .slice(0, 5)
    .map(({ id }) => id);
}

const UNSIZED: ReadonlySet<string> = new Set(['country', 'platform', 'verified']);

/** The smallest change of one requirement that gives a match, tried out one by one; `undefined` where none does. */
export function naiveChange(offers: readonly Offer[], asked: Requirements): number | undefined {
  const changes = REQUIREMENT_NAMES.flatMap((name) => changesOf(offers, asked, name));
  return changes.length === 0 ? undefined : Math.min(...changes);
}

function changesOf(
  offers: readonly Offer[],
  asked: Requirements,
  name: RequirementName,
): readonly number[] {
  if (asked[name] === undefined) return [];
  if (name === 'max_usd_per_month') {
    const without = offers.filter((offer) => missedBy(offer, asked).every((m) => m === name));
    const usd = Math.min(...without.map((offer) => usdOf(offer, asked)));
    return usd === Infinity ? [] : [share(asked.max_usd_per_month ?? 0, usd)];
  }
  if (name === 'cpu' || name === 'memory' || name === 'storage') {
    const most = (asked[name] ?? 1) - 1;
    for (const enough of amountsUpTo(most, offers, asked, name)) {
      if (someMatch(offers, { ...asked, [name]: enough })) return [share(enough, asked[name] ?? 1)];
    }
    return [];
  }
  const { [name]: _dropped, ...rest } = asked;
  return someMatch(offers, rest) ? [1] : [];
}

function someMatch(offers: readonly Offer[], asked: Requirements): boolean {
  return offers.some((offer) => missedBy(offer, asked).length === 0);
}

/** Largest first: every amount where prices make each one count, else those that somebody offers. */
function amountsUpTo(
  most: number,
  offers: readonly Offer[],
  asked: Requirements,
  name: 'cpu' | 'memory' | 'storage',
): readonly number[] {
  const offered = offers.map(({ advertisement }) => Math.min(advertisement.resources[name], most));
  const all =
    asked.max_usd_per_month === undefined
      ? offered
      : Array.from({ length: most }, (_, place) => most - place);
  return [...new Set(all)].filter((amount) => amount >= 1).toSorted((one, other) => other - one);
}
