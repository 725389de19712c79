/**
 * The boundary of the index: what the registry puts in, and what a question gets out.
 * Everything behind it is pure and synchronous; it reads no clock, and the same history
 * of calls gives the same answers.
 */
import type {
  AdvertisementBody,
  FindQuery,
  ProviderId,
  RequirementName,
  Requirements,
  Resources,
  Result,
  ShapeName,
} from 'golem-vm-discovery-protocol';
import type { ProviderNumbers } from './providers/provider-numbers.js';

/** One visible advertisement. Times are wall-clock milliseconds. */
export interface Offer {
  readonly providerId: ProviderId;
  readonly advertisement: AdvertisementBody;
  readonly verified: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
}

/**
 * Bytes that are lent, to be sent or copied at once: the next question writes over them. `keep`, called
 * before it, makes them the caller's own.
 */
export interface LentBytes {
  readonly bytes: Buffer;
  readonly keep: () => void;
}

/** One advertisement of an answer. */
export interface PageRecord {
  readonly providerId: ProviderId;
  /** Its wire text: a JSON object in ASCII, with the estimate where the question asked for a whole shape. */
  readonly text: string;
}

/** The answer to a question. */
export interface Page {
  /** The advertisements as they are answered: a JSON array in ASCII. */
  readonly list: LentBytes;
  /** The same one by one, for whoever adds to them; only where the question asked for `proof`. */
  readonly records: readonly PageRecord[] | undefined;
  /** The token for `after` of the next page; `undefined` on the last. */
  readonly next: string | undefined;
  /** How many match in all, on every page; only where the question asked for `count`. */
  readonly total: number | undefined;
}

/** Offers on their way into an empty index, all at once. */
export interface Loading {
  /** Takes one offer of a provider that was not given yet. */
  put(offer: Offer): void;
  /**
   * Makes them all visible, in steps of a few milliseconds, between which others may be let in. Called
   * once; nothing else may touch the index before the last step.
   */
  finish(): Iterable<undefined>;
  /** Lets go of them all, in such steps, instead. */
  discard(): Iterable<undefined>;
}

/** What one requirement does to an answer; counts of advertisements. */
export interface RequirementEffects {
  readonly requirement: RequirementName;
  /** Do not meet it, whatever else they meet or miss. */
  readonly rulesOut: number;
  /** Meet everything else. */
  readonly rulesOutAlone: number;
  /** Would match if it were dropped and nothing else changed: a cap goes on being about the asked shape. */
  readonly matchingWithout: number;
}

/** An advertisement that misses something. */
export interface Neighbour {
  readonly providerId: ProviderId;
  readonly country: string;
  readonly platform: string | undefined;
  readonly resources: Resources;
  readonly verified: boolean;
  /** The price of the asked shape; `undefined` where no whole shape was asked for, or it has none. */
  readonly usdPerMonth: number | undefined;
  /** What it misses, and by how much: the difference as a share of the larger of the two, 1 for what has no size. */
  readonly missing: readonly {
    readonly requirement: RequirementName;
    readonly shortfall: number;
  }[];
  /** The sum of what is missing. */
  readonly shortfall: number;
}

/** The smallest change of one requirement that gives a match. */
export interface Relief {
  readonly requirement: RequirementName;
  /** What to ask for instead; `undefined` where the requirement must be dropped. */
  readonly enough: number | undefined;
  /** The difference as a share of the larger of the two; 1 for what must be dropped. */
  readonly change: number;
}

/** Why requirements match what they match. */
export interface Findings {
  readonly listed: number;
  readonly matching: number;
  /** Of each requirement that was given, in their order. */
  readonly effects: readonly RequirementEffects[];
  /** Fewest requirements missed first, then the least shortfall, then by provider id; at most `NEAREST_MAX`. */
  readonly nearest: readonly Neighbour[];
  /** Only where nothing matches, and a change of one requirement is enough. */
  readonly relief: Relief | undefined;
}

/** A look at every advertisement, in steps; of the moment at which it began, whatever changes meanwhile. */
export interface Survey {
  /** Looks at the next 16,384 slots, some 0.1 ms; `false` when that was all. */
  advance(): boolean;
  /** Complete when `advance` has said `false`. */
  readonly findings: Findings;
  /** Ends it; until then every change of the index pays for it. Safe to call twice. */
  close(): void;
}

/** What some advertisements offer together. */
export interface MarketSum {
  readonly providers: number;
  /** For how many of them a key speaks. */
  readonly verified: number;
  readonly resources: Resources;
}

/** Percentiles of prices by nearest rank: the least price that so many percent do not exceed. Exact to four digits. */
export interface PriceLevels {
  readonly p10: number;
  readonly median: number;
  readonly p90: number;
}

/** The market in numbers. Prices are those of whoever gives all three; `undefined` where there are none. */
export interface MarketStats extends MarketSum {
  /** The most providers first, then by code. */
  readonly countries: readonly (MarketSum & { readonly country: string })[];
  /** The most providers first, then by name; `undefined` for those that give none. At most 50. */
  readonly platforms: readonly (MarketSum & { readonly platform: string | undefined })[];
  /** What is on none of these. */
  readonly otherPlatforms: MarketSum | undefined;
  readonly priced: number;
  /** Dollars a month. */
  readonly unitPrices: Readonly<Record<'core' | 'memory' | 'storage', PriceLevels | undefined>>;
  /** Prices of a shape among those that are large enough for it. */
  readonly shapes: readonly {
    readonly name: ShapeName;
    readonly providers: number;
    readonly usdPerMonth: PriceLevels | undefined;
  }[];
}

/**
 * Where a price stands: that of an advertisement's own shape, among all in its country that are large
 * enough for it and have prices, itself among them.
 */
export interface PriceRank {
  readonly country: string;
  readonly resources: Resources;
  readonly usdPerMonth: number;
  /** 1 and how many are cheaper: equals share a rank. */
  readonly rank: number;
  readonly of: number;
}

/** The in-memory view that answers `find`. It holds what is visible now, and nothing else. */
export interface AdvertisementIndex {
  /** By which it knows providers. Others may hold some of their own. */
  readonly numbers: ProviderNumbers;

  /** How many advertisements are visible. */
  readonly size: number;

  /** Begins to fill an empty index, for a quarter of what putting costs. */
  startLoading(): Loading;

  /** Inserts an offer, or replaces whatever this provider had. */
  put(offer: Offer): void;

  /** A renewal that changed nothing but its times. The provider must be present. */
  renew(providerId: ProviderId, updatedAtMs: number, expiresAtMs: number): void;

  /** Removes a provider; `false` where it was not present. */
  remove(providerId: ProviderId): boolean;

  /** The wire text of one advertisement, without an estimate. */
  get(providerId: ProviderId): string | undefined;

  /**
   * Answers a question exactly: the same as filtering everything and sorting the rest by
   * (verified first, sort key, provider id). ADV_002 where `after` is not a page token of
   * this very question.
   */
  find(query: FindQuery): Result<Page>;

  /** Where the price of a provider stands; `undefined` where it is not present, or has no prices. */
  priceRank(providerId: ProviderId): PriceRank | undefined;

  /** Begins to explain. The caller closes it. */
  explain(requirements: Requirements): Survey;

  /** The market in numbers; they are kept, so that nothing is counted for it. */
  stats(): MarketStats;
}
