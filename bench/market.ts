/**
 * A market to measure on: advertisements and questions as they would look in life, the same for
 * the same seed. Countries are skewed, sizes come in the usual steps, memory and storage follow
 * cores, prices follow the country and the provider, and some providers leave things out.
 * Invariant: the sequence depends on the seed alone, so that two figures can be compared.
 */
import {
  type AdvertisementBody,
  type FindQuery,
  type Pricing,
  type ProviderId,
  type Requirements,
  type Resources,
  type Sort,
  parseProviderId,
} from 'golem-vm-discovery-protocol';

/** One listing of the market. Times are wall-clock milliseconds. */
export interface MarketEntry {
  readonly providerId: ProviderId;
  readonly advertisement: AdvertisementBody;
  readonly verified: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
}

/** When the market is: the latest renewal of any of its listings. */
export const MARKET_NOW_MS = 1_790_000_000_000;
const LONGEST_LISTING_MS = 21 * 24 * 3_600_000;
const TTL_MS = 300_000;

/** Commonest first: the nth is listed about 1/n as often as the first. The last have a handful of providers. */
export const MARKET_COUNTRIES = (
  'DE US FR NL FI GB PL SE CA UA CH AT CZ IT ES RO BG SG JP LT NO DK BE IE PT HU EE LV AU BR ' +
  'IN KR TR ZA MX AR SK SI HR GR RS IL HK TW TH VN ID MY PH CL CO PE NZ IS LU MT CY MD GE AM KZ AE MA KE'
).split(' ');

const CORES = [1, 2, 2, 4, 4, 4, 6, 8, 8, 8, 12, 16, 16, 24, 32, 32, 48, 64, 96, 128];
const MEMORY_GB_PER_CORE = [1, 2, 2, 2, 4, 4, 8];
const STORAGE_STEPS_GB = [20, 40, 50, 80, 100, 160, 200, 250, 320, 400, 500, 640, 800, 1000];
const CHEAPEST_USD = { perCore: 1.5, perGbMemory: 0.6, perGbStorage: 0.02 };

/** Numbers between 0 and 1, the same for the same seed (xorshift32). */
export function createRandom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Makes listings without end. */
export function* marketEntries(seed: number): Generator<MarketEntry, never> {
  const random = createRandom(seed);
  for (;;) yield marketEntry(random);
}

function marketEntry(random: () => number): MarketEntry {
  const updatedAtMs = MARKET_NOW_MS - Math.floor(random() * TTL_MS);
  return {
    providerId: randomProviderId(random),
    advertisement: randomAdvertisement(random),
    verified: random() < 0.95,
    createdAtMs: updatedAtMs - Math.floor(random() ** 2 * LONGEST_LISTING_MS),
    updatedAtMs,
    expiresAtMs: updatedAtMs + TTL_MS,
  };
}

function randomProviderId(random: () => number): ProviderId {
  const digits = Array.from({ length: 5 }, () => hex32(random)).join('');
  const parsed = parseProviderId(`0x${digits}`);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value.id;
}

function hex32(random: () => number): string {
  return Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}

/** What a provider might say. */
export function randomAdvertisement(random: () => number): AdvertisementBody {
  const place = rank(random, MARKET_COUNTRIES.length);
  return {
    ip_address: `83.${byte(random)}.${byte(random)}.${byte(random)}`,
    country: MARKET_COUNTRIES[place] ?? 'DE',
    resources: randomResources(random),
    ...(random() < 0.95 && { platform: random() < 0.85 ? 'x86_64' : 'arm64' }),
    ...(random() < 0.9 && { pricing: randomPricing(random, place) }),
    ...(random() < 0.4 && { provider_name: `provider ${hex32(random)}` }),
  };
}

/** A rank below `count`, with the weight 1/(rank + 1). */
function rank(random: () => number, count: number): number {
  return Math.floor((count + 1) ** random() - 1);
}

function randomResources(random: () => number): Resources {
  const cpu = pick(random, CORES);
  const scale = Math.max(1, Math.round(cpu / 8));
  return {
    cpu,
    memory: cpu * pick(random, MEMORY_GB_PER_CORE),
    storage: pick(random, STORAGE_STEPS_GB) * scale,
  };
}

/** Each provider has a level, some 60% around its country's, and each unit price strays from it by up to 20%. */
function randomPricing(random: () => number, place: number): Pricing {
  const level = (1 + (place % 7) / 6) * (0.6 + random() + random());
  const price = (cheapest: number) => cents(cheapest * level * (0.8 + 0.4 * random()));
  const perCore = price(CHEAPEST_USD.perCore);
  const perGbMemory = price(CHEAPEST_USD.perGbMemory);
  const perGbStorage = price(CHEAPEST_USD.perGbStorage);
  return {
    usd_per_core_month: perCore,
    usd_per_gb_ram_month: perGbMemory,
    usd_per_gb_storage_month: perGbStorage,
    ...(random() < 0.5 && {
      glm_per_core_month: cents(perCore * 3),
      glm_per_gb_ram_month: cents(perGbMemory * 3),
      glm_per_gb_storage_month: cents(perGbStorage * 3),
    }),
  };
}

/** The same listing with other prices, if it has any. */
export function repriced(entry: MarketEntry, random: () => number): MarketEntry {
  const { advertisement } = entry;
  if (advertisement.pricing === undefined) return entry;
  const place = Math.max(0, MARKET_COUNTRIES.indexOf(advertisement.country));
  return { ...entry, advertisement: { ...advertisement, pricing: randomPricing(random, place) } };
}

/** To a hundredth of a cent, as people write prices. */
function cents(usd: number): number {
  return Math.round(usd * 10_000) / 10_000;
}

function byte(random: () => number): number {
  return Math.floor(random() * 254) + 1;
}

function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** What a requestor might ask: a whole shape, of a size that few or many have. */
export function randomShape(random: () => number): Resources {
  const { cpu, memory, storage } = randomResources(random);
  return {
    cpu,
    memory: Math.max(1, Math.ceil(memory / 2)),
    storage: Math.max(1, Math.ceil(storage / 2)),
  };
}

/** A question with everything that it leaves out filled in. */
export function question(
  requirements: Requirements,
  more: { readonly sort?: Sort; readonly limit?: number; readonly after?: string } = {},
): FindQuery {
  const { sort = 'uptime', limit = 20, after } = more;
  return { requirements, sort, limit, after, count: false, proof: false };
}

/** A country as often as providers have it. */
export function randomCountry(random: () => number): string {
  return MARKET_COUNTRIES[rank(random, MARKET_COUNTRIES.length)] ?? 'DE';
}
