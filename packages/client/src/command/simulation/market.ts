/**
 * A market as it would look in life: most providers sit in a few countries, machines come in the
 * usual sizes, memory and storage follow the cores, prices follow the country and the provider,
 * and some providers leave things out. Invariant: what comes out depends on `random` alone.
 */
import type { AdvertisementBody, Pricing, Resources } from 'golem-vm-discovery-protocol';

/** Numbers from 0 up to 1. */
export type Random = () => number;

/** Commonest first: the nth has about 1/n as many providers as the first. The number is its price level. */
const COUNTRIES: readonly (readonly [code: string, level: number])[] = [
  ['DE', 1],
  ['US', 1.2],
  ['FI', 0.9],
  ['NL', 1.1],
  ['FR', 1.05],
  ['PL', 0.75],
  ['SE', 1.1],
  ['GB', 1.25],
  ['CA', 1.15],
  ['UA', 0.6],
  ['CH', 1.6],
  ['CZ', 0.8],
  ['AT', 1.1],
  ['ES', 0.95],
  ['IT', 1],
  ['RO', 0.65],
  ['SG', 1.5],
  ['JP', 1.45],
  ['BG', 0.6],
  ['LT', 0.7],
  ['NO', 1.3],
  ['DK', 1.2],
  ['BR', 1.1],
  ['IN', 0.7],
  ['AU', 1.5],
  ['KR', 1.3],
  ['PT', 0.9],
  ['BE', 1.1],
  ['ZA', 0.9],
  ['MX', 0.9],
  ['TR', 0.7],
  ['IS', 1.3],
  ['EE', 0.8],
  ['KE', 0.8],
  ['NZ', 1.5],
];

const CORES = [1, 2, 2, 4, 4, 4, 6, 8, 8, 8, 12, 16, 16, 24, 32, 48, 64, 96];
const MEMORY_GB_PER_CORE = [1, 2, 2, 2, 4, 4, 8];
const STORAGE_GB = [20, 40, 50, 80, 100, 160, 200, 250, 320, 400, 500, 640, 800, 1_000];

/** What it costs at level 1, in dollars a month. */
const BASE_USD = { perCore: 2.4, perGbMemory: 0.9, perGbStorage: 0.035 };
const GLM_PER_USD = 4.2;

const FIRST_NAMES =
  'Aurora Birch Cedar Delta Ember Fjord Granite Harbor Iris Juniper Kestrel Lumen Maple Nordic Onyx Pine Quartz River Summit Tundra Umbra Vela Willow Zephyr'.split(
    ' ',
  );
const LAST_NAMES = 'Compute Cloud Nodes Hosting Machines Labs Metal Servers Rack Grid'.split(' ');

/** What a provider says when it comes: the address is one of documentation, which reaches nobody. */
export function randomOffer(random: Random): AdvertisementBody {
  const [country, level] = COUNTRIES[rank(random, COUNTRIES.length)] ?? ['DE', 1];
  return {
    ip_address: documentationAddress(random),
    country,
    resources: randomResources(random),
    ...(random() < 0.95 && { platform: random() < 0.85 ? 'x86_64' : 'arm64' }),
    ...(random() < 0.92 && { pricing: randomPricing(random, level) }),
    ...(random() < 0.7 && { provider_name: randomName(random) }),
  };
}

/** The same provider after renting out or getting back a part of its machine, or after changing its prices. */
export function changedOffer(offer: AdvertisementBody, random: Random): AdvertisementBody {
  if (offer.pricing !== undefined && random() < 0.3) {
    return { ...offer, pricing: scaled(offer.pricing, 0.9 + 0.2 * random()) };
  }
  return { ...offer, resources: resized(offer.resources, random() < 0.5 ? 0.5 : 2) };
}

/** A rank below `count`, with the weight 1/(rank + 1). */
function rank(random: Random, count: number): number {
  return Math.floor((count + 1) ** random() - 1);
}

/** From the networks that are reserved for examples, so that nobody real is named. */
function documentationAddress(random: Random): string {
  const network = pick(random, ['192.0.2', '198.51.100', '203.0.113']);
  return `${network}.${1 + Math.floor(random() * 254)}`;
}

function randomResources(random: Random): Resources {
  const cpu = pick(random, CORES);
  const machines = Math.max(1, Math.round(cpu / 8));
  return {
    cpu,
    memory: cpu * pick(random, MEMORY_GB_PER_CORE),
    storage: pick(random, STORAGE_GB) * machines,
  };
}

const SMALLEST: Resources = { cpu: 1, memory: 1, storage: 10 };
const LARGEST: Resources = { cpu: 128, memory: 1_024, storage: 16_000 };

function resized({ cpu, memory, storage }: Resources, factor: number): Resources {
  const size = (amount: number, key: keyof Resources) =>
    Math.min(LARGEST[key], Math.max(SMALLEST[key], Math.round(amount * factor)));
  return {
    cpu: size(cpu, 'cpu'),
    memory: size(memory, 'memory'),
    storage: size(storage, 'storage'),
  };
}

/** A provider lies up to 40% around its country's level, and each of its prices up to 10% around its own. */
function randomPricing(random: Random, countryLevel: number): Pricing {
  const level = countryLevel * (0.6 + 0.8 * random());
  const price = (base: number) => base * level * (0.9 + 0.2 * random());
  const perCore = price(BASE_USD.perCore);
  const perGbMemory = price(BASE_USD.perGbMemory);
  const perGbStorage = price(BASE_USD.perGbStorage);
  const usd = {
    usd_per_core_month: perCore,
    usd_per_gb_ram_month: perGbMemory,
    usd_per_gb_storage_month: perGbStorage,
  };
  const glm = {
    glm_per_core_month: perCore * GLM_PER_USD,
    glm_per_gb_ram_month: perGbMemory * GLM_PER_USD,
    glm_per_gb_storage_month: perGbStorage * GLM_PER_USD,
  };
  return scaled(random() < 0.5 ? { ...usd, ...glm } : usd, 1);
}

/** Every price times the factor, to a hundredth of a cent, as people write prices. */
function scaled(pricing: Pricing, factor: number): Pricing {
  return Object.fromEntries(
    Object.entries(pricing).map(([unit, price]) => [
      unit,
      Math.round(price * factor * 10_000) / 10_000,
    ]),
  );
}

function randomName(random: Random): string {
  return `${pick(random, FIRST_NAMES)} ${pick(random, LAST_NAMES)} ${1 + Math.floor(random() * 40)}`;
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}
