/**
 * Seeded random worlds to hold the index against: what its offers look like, and what is asked.
 * A world is a few choices per field; the fewer there are, the more ties, and the nastier it is.
 */
import {
  type AdvertisementBody,
  type FindQuery,
  type Pricing,
  type ProviderId,
  type Requirements,
  type Resources,
  type Sort,
  monthlyUsd,
  parseProviderId,
} from 'golem-vm-discovery-protocol';
import type { Offer } from '#src/matching/contract.js';

/** The choices of each field. A question draws from the same ones, so that boundaries are hit. */
export interface World {
  readonly countries: readonly string[];
  readonly platforms: readonly (string | undefined)[];
  readonly verified: readonly boolean[];
  readonly cpu: readonly number[];
  readonly memory: readonly number[];
  readonly storage: readonly number[];
  /** `undefined` is unpriced. */
  readonly unitPrices: readonly (number | undefined)[];
  readonly createdAtMs: readonly number[];
  /** The larger, the cheaper: the unit prices of a choice follow from its cores. */
  readonly isAntiCorrelated?: boolean;
}

const START_MS = 1_790_000_000_000;
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

const mixed: World = {
  countries: ['DE', 'DE', 'DE', 'SE', 'FR', 'JP', 'TV'],
  platforms: ['x86_64', 'x86_64', 'arm64', 'riscv64', undefined],
  verified: [true, true, true, false],
  cpu: [1, 2, 4, 8, 16, 64, 1_024],
  memory: [1, 2, 3, 8, 33, 128, 65_536],
  storage: [1, 10, 40, 41, 1_000, 10_000_000],
  unitPrices: [0, 0.1, 0.3, 1, 2.5, 1_000_000, undefined],
  createdAtMs: upTo(50).map((second) => START_MS + second * 1_000),
};

const fine: World = {
  ...mixed,
  cpu: upTo(1_024),
  memory: upTo(5_000),
  storage: upTo(9_000),
  unitPrices: upTo(2_000).map((step) => step / 700),
  createdAtMs: upTo(100_000).map((ms) => START_MS - ms * 977),
};

const equal: World = {
  countries: ['DE'],
  platforms: ['x86_64'],
  verified: [true],
  cpu: [4],
  memory: [8],
  storage: [40],
  unitPrices: [1],
  createdAtMs: [START_MS],
};

export const WORLDS: Readonly<Record<string, World>> = {
  'a mixed market with many ties': mixed,
  'a market of fine steps': fine,
  'a market where all are equal': equal,
  'a market in one country': { ...fine, countries: ['SE'] },
  'a market without prices': { ...mixed, unitPrices: [undefined] },
  'a market of the unverified': { ...mixed, verified: [false] },
  'a market of many platforms': {
    ...fine,
    platforms: upTo(300).map((number) => `platform_${number}`),
  },
  'a market where the larger are cheaper': { ...fine, countries: ['DE'], isAntiCorrelated: true },
  'a market of prices that are nearly the same': {
    ...mixed,
    unitPrices: [1, 1 + Number.EPSILON, 1 - Number.EPSILON / 2, 0.1 + 0.2, 0.3],
  },
  'a market of very small and very large prices': {
    ...mixed,
    unitPrices: [0, Number.MIN_VALUE, 1e-300, 1e-46, 1e-30, 0.05, 1_000_000],
  },
  'a market of giveaways': { ...mixed, unitPrices: [0] },
};

/** A seeded source of choices (xorshift32): the same seed, the same choices. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 1;
  }

  below(bound: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % bound;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<Item>(items: readonly Item[]): Item {
    const start = this.below(items.length);
    for (const item of items.slice(start, start + 1)) return item;
    throw new RangeError('nothing to pick from');
  }
}

/** One of `count` providers, of all three kinds of id. */
export function providerOf(number: number): ProviderId {
  const spread = (number * 2_654_435_761) % 4_294_967_296;
  const hex = spread.toString(16).padStart(8, '0');
  const text = number % 3 === 0 ? `provider-${number}` : `0x${hex.repeat(5)}`;
  const parsed = parseProviderId(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value.id;
}

export function randomOffer(dice: Dice, world: World, providerId: ProviderId): Offer {
  const createdAtMs = dice.pick(world.createdAtMs);
  return {
    providerId,
    advertisement: randomAdvertisement(dice, world),
    verified: dice.pick(world.verified),
    createdAtMs,
    updatedAtMs: createdAtMs + 1_000,
    expiresAtMs: createdAtMs + 301_000,
  };
}

function randomAdvertisement(dice: Dice, world: World): AdvertisementBody {
  const platform = dice.pick(world.platforms);
  const resources = {
    cpu: dice.pick(world.cpu),
    memory: dice.pick(world.memory),
    storage: dice.pick(world.storage),
  };
  const pricing = world.isAntiCorrelated ? inversePricing(resources) : randomPricing(dice, world);
  return {
    ip_address: `10.0.0.${dice.below(256)}`,
    country: dice.pick(world.countries),
    resources,
    ...(platform !== undefined && { platform }),
    ...(pricing !== undefined && { pricing }),
    ...(dice.chance(20) && { provider_name: dice.pick(['Ann', 'räksmörgås', '"\\/', '🦐']) }),
  };
}

function inversePricing({ cpu, memory, storage }: Resources): Pricing {
  return {
    usd_per_core_month: 64 / cpu,
    usd_per_gb_ram_month: 512 / memory,
    usd_per_gb_storage_month: 100 / storage,
  };
}

/** All three prices, or two of them (which is unpriced), sometimes those in GLM, or none. */
function randomPricing(dice: Dice, { unitPrices }: World): Pricing | undefined {
  const [core, memory, storage] = [unitPrices, unitPrices, unitPrices].map((p) => dice.pick(p));
  if (core === undefined || memory === undefined) return undefined;
  return {
    usd_per_core_month: core,
    usd_per_gb_ram_month: memory,
    ...(storage !== undefined && { usd_per_gb_storage_month: storage }),
    ...(dice.chance(50) && {
      glm_per_core_month: core * 3,
      glm_per_gb_ram_month: memory * 3,
      glm_per_gb_storage_month: 0.01,
    }),
  };
}

const SORTS: readonly Sort[] = ['uptime', 'price', 'cpu', 'memory', 'storage'];

/** A question of any sort, with each requirement there or not. */
export function randomQuestion(dice: Dice, world: World): FindQuery {
  const sort = dice.pick(SORTS);
  return {
    requirements: randomRequirements(dice, world, sort === 'price'),
    sort,
    limit: dice.pick([1, 2, 7, 20, 100, 1_000]),
    after: undefined,
    count: dice.chance(50),
    proof: false,
  };
}

function randomRequirements(dice: Dice, world: World, whole: boolean): Requirements {
  // Everything matches, and nothing does.
  if (!whole && dice.chance(5)) return {};
  if (dice.chance(5)) return { cpu: 1_024, memory: 65_536, storage: 10_000_000 };
  const shaped = whole || dice.chance(40);
  const capped = shaped && dice.chance(40);
  const shape = {
    cpu: dice.pick(world.cpu),
    memory: dice.pick(world.memory),
    storage: dice.pick(world.storage),
  };
  return {
    ...((shaped || dice.chance(30)) && { cpu: shape.cpu }),
    ...((shaped || dice.chance(30)) && { memory: shape.memory }),
    ...((shaped || dice.chance(30)) && { storage: shape.storage }),
    ...(dice.chance(50) && { country: randomCountries(dice, world) }),
    ...(dice.chance(30) && { platform: dice.pick(world.platforms) ?? 'mips' }),
    ...(dice.chance(25) && { verified: true as const }),
    ...(capped && { max_usd_per_month: randomCap(dice, world, shape) }),
  };
}

/** A round figure, or exactly what somebody may charge, or a hair more or less. */
function randomCap(dice: Dice, world: World, shape: Resources): number {
  const charged = monthlyUsd(shape, randomPricing(dice, world));
  if (charged === undefined || dice.chance(40)) return dice.pick([0, 1, 5, 30, 200, 5_000, 1e9]);
  return charged * dice.pick([1, 1, 1 + Number.EPSILON, 1 - Number.EPSILON]);
}

/** Upper case, sorted, unique, as the parser leaves them; now and then one where nobody is. */
function randomCountries(dice: Dice, world: World): readonly string[] {
  const some = Array.from({ length: dice.below(4) + 1 }, () =>
    dice.chance(10) ? 'AQ' : dice.pick(world.countries),
  );
  return [...new Set(some)].toSorted();
}
