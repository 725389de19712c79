/**
 * What a question costs in process, by kind of question and size of the market, beside a linear scan
 * of the same market. `node bench/dist/matching.js [sizes…]`
 */
import { type FindQuery, type Requirements, monthlyUsd } from 'golem-vm-discovery-protocol';
import type { AdvertisementIndex } from '../packages/server/dist/src/matching/contract.js';
import {
  type MarketEntry,
  createRandom,
  marketEntries,
  question,
  randomAdvertisement,
  randomCountry,
  randomShape,
} from './market.js';

/*
 * The index is no part of what the package exports. Compiled, this file lies one folder deeper than
 * its source, so a path that is right for the compiler is wrong at run time: the value is imported by
 * URL, and only types by path.
 */
const indexUrl = new URL(
  '../../packages/server/dist/src/matching/advertisement-index.js',
  import.meta.url,
);
const indexModule: unknown = await import(indexUrl.href);
if (!canCreateIndex(indexModule)) throw new Error(`${indexUrl.href} exports no createIndex`);
const createIndex = () => indexModule.createIndex();

function canCreateIndex(module: unknown): module is { createIndex(): AdvertisementIndex } {
  return typeof module === 'object' && module !== null && 'createIndex' in module;
}

type Random = () => number;

const PAGES_DEEP = 50;

/** Each kind makes a new question every time. */
const KINDS: Readonly<Record<string, (random: Random) => FindQuery>> = {
  'everything matches': () => question({}),
  'nothing matches': () => question({ cpu: 1_024, memory: 65_536, storage: 10_000_000 }),
  'a shape': (random) => question(randomShape(random)),
  'a shape in a country': (random) => question(inCountries(random, 1)),
  'a shape in five countries': (random) => question(inCountries(random, 5)),
  'a tiny shape': () => question({ cpu: 1, memory: 1, storage: 10 }),
  'a huge shape': () => question({ cpu: 96, memory: 700, storage: 9_000 }),
  'a huge shape in a rare country': () => question({ cpu: 96, memory: 300, country: ['KE'] }),
  'the commonest country': () => question({ country: ['DE'] }),
  'a rare country': () => question({ country: ['KE'] }),
  'many cores, little else, arm64': () => question({ cpu: 128, storage: 2_000, platform: 'arm64' }),
  'a shape, cheapest first': (random) => question(randomShape(random), { sort: 'price' }),
  'a shape in a country, cheapest first': (random) =>
    question(inCountries(random, 1), { sort: 'price' }),
  'a shape in five countries, cheapest first': (random) =>
    question(inCountries(random, 5), { sort: 'price' }),
  'a shape, most cores first': (random) => question(randomShape(random), { sort: 'cpu' }),
  'a shape, most memory first': (random) => question(randomShape(random), { sort: 'memory' }),
  'a shape, most storage first': (random) => question(randomShape(random), { sort: 'storage' }),
  'a shape under a high cap': (random) => question(capped(random, 1)),
  'a shape under a low cap': (random) => question(capped(random, 0.45)),
  'a shape under a cap that few meet': (random) => question(capped(random, 0.35)),
  'verified, arm64': () => question({ verified: true, platform: 'arm64' }),
};

const DEEP_KINDS: Readonly<Record<string, (random: Random) => FindQuery>> = {
  'page 50 by uptime': (random) => question(randomShape(random)),
  'page 50 by cores': (random) => question(randomShape(random), { sort: 'cpu' }),
  'page 50 by price': (random) => question(randomShape(random), { sort: 'price' }),
  'page 50 by price, of 1,000': (random) =>
    question(randomShape(random), { sort: 'price', limit: 1_000 }),
};

function inCountries(random: Random, count: number): Requirements {
  const countries = Array.from({ length: count }, () => randomCountry(random));
  return { ...randomShape(random), country: [...new Set(countries)].toSorted() };
}

function capped(random: Random, share: number): Requirements {
  const shape = randomShape(random);
  const typical = {
    usd_per_core_month: 4,
    usd_per_gb_ram_month: 1.6,
    usd_per_gb_storage_month: 0.05,
  };
  return { ...shape, max_usd_per_month: Math.round((monthlyUsd(shape, typical) ?? 0) * share) };
}

interface Figures {
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
}

/**
 * Microseconds of each of `times` calls, with what prepares a call left out. With several `rounds` a
 * call counts with the best of them: what else the machine did meanwhile is no property of the index.
 * All calls are made once before any is repeated, so that a repetition doesn't find its data in the
 * caches of the processor.
 */
function measure<Prepared>(
  { times, rounds }: { readonly times: number; readonly rounds: number },
  prepare: () => Prepared,
  call: (prepared: Prepared) => void,
): Figures {
  const prepared = Array.from({ length: times }, prepare);
  const spent = new Float64Array(times).fill(Infinity);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, each] of prepared.entries()) {
      const start = performance.now();
      call(each);
      spent[at] = Math.min(spent[at] ?? Infinity, (performance.now() - start) * 1_000);
    }
  }
  const sorted = spent.toSorted();
  const at = (share: number) => sorted[Math.floor(share * (times - 1))] ?? NaN;
  return { median: at(0.5), p99: at(0.99), worst: at(1) };
}

function report(name: string, { median, p99, worst }: Figures): void {
  const figures = [median, p99, worst].map((figure) => figure.toFixed(1).padStart(10)).join('');
  console.log(name.padEnd(44) + figures);
}

function ask(index: AdvertisementIndex, query: FindQuery): void {
  if (!index.find(query).ok) throw new Error('refused');
}

function deepened(index: AdvertisementIndex, query: FindQuery): FindQuery {
  let after: string | undefined;
  for (let page = 1; page < PAGES_DEEP; page += 1) {
    const found = index.find({ ...query, after });
    if (!found.ok || found.value.next === undefined) break;
    after = found.value.next;
  }
  return { ...query, after };
}

function residentBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

const ONCE = 1;
const ROUNDS = 4;

function fill(index: AdvertisementIndex, count: number): readonly MarketEntry[] {
  const source = marketEntries(1);
  const entries: MarketEntry[] = [];
  const next = () => source.next().value;
  const put = (entry: MarketEntry) => {
    entries.push(entry);
    index.put(entry);
  };
  const puts = measure({ times: count, rounds: ONCE }, next, put);
  console.log(`\n${count} advertisements`.padEnd(45) + '    median       p99     worst (µs)');
  report('put', puts);
  return entries;
}

/** Resident bytes for each advertisement; the market itself is made one by one and let go. */
function reportMemory(count: number): void {
  const before = residentBytes();
  const index = createIndex();
  const source = marketEntries(1);
  for (let number = 0; number < count; number += 1) index.put(source.next().value);
  const bytes = (residentBytes() - before) / index.size;
  console.log(`resident bytes for each of ${count}`.padEnd(44) + bytes.toFixed(0).padStart(10));
}

function measureChanges(index: AdvertisementIndex, entries: readonly MarketEntry[]): void {
  const random = createRandom(77);
  const some = () => entries[Math.floor(random() * entries.length)] ?? source.next().value;
  const source = marketEntries(2);
  const renewals = measure({ times: 20_000, rounds: ROUNDS }, some, (entry) => {
    index.renew(entry.providerId, entry.updatedAtMs + 1, entry.expiresAtMs + 1);
  });
  report('renewal', renewals);
  const changed = () => ({ ...some(), advertisement: randomAdvertisement(random) });
  const changes = measure({ times: 20_000, rounds: ONCE }, changed, (entry) => index.put(entry));
  report('change', changes);
}

/** What the simplest thing would cost: looking at everything, and not even sorting it. */
function scanned(entries: readonly MarketEntry[], { requirements }: FindQuery): number {
  const { cpu = 1, memory = 1, storage = 1, country } = requirements;
  let matches = 0;
  for (const { advertisement } of entries) {
    const { resources } = advertisement;
    if (resources.cpu < cpu || resources.memory < memory || resources.storage < storage) continue;
    if (country === undefined || country.includes(advertisement.country)) matches += 1;
  }
  return matches;
}

const COUNTED = ['a shape', 'a shape in a country', 'a shape under a low cap', 'verified, arm64'];

function measureQuestions(
  index: AdvertisementIndex,
  name: string,
  make: () => FindQuery,
  times: number,
): void {
  report(
    name,
    measure({ times, rounds: ROUNDS }, make, (query) => ask(index, query)),
  );
}

function run(count: number): void {
  const index = createIndex();
  const entries = fill(index, count);
  measureChanges(index, entries);
  const random = createRandom(5);
  for (const [name, make] of Object.entries(KINDS)) {
    measureQuestions(index, name, () => make(random), 2_000);
  }
  for (const [name, make] of Object.entries(DEEP_KINDS)) {
    measureQuestions(index, name, () => deepened(index, make(random)), 60);
  }
  for (const name of COUNTED) {
    const make = () => ({ ...(KINDS[name]?.(random) ?? question({})), count: true });
    measureQuestions(index, `${name}, with count`, make, 500);
  }
  const asked = () => question(inCountries(random, 1));
  const scan = measure({ times: 20, rounds: ONCE }, asked, (query) => scanned(entries, query));
  report('linear scan: a shape in a country', scan);
}

const sizes = process.argv.slice(2).map(Number);
for (const size of sizes.length > 0 ? sizes : [1_000, 10_000, 100_000, 1_000_000]) {
  reportMemory(size);
  run(size);
}
