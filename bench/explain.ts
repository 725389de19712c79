/**
 * What explanations, the numbers of the market and price ranks cost in process:
 * `npm run bench:explain [advertisements]`. A step is what a page may have to wait for meanwhile.
 */
import { monthlyUsd, type ProviderId, type Requirements } from 'golem-vm-discovery-protocol';
import type { AdvertisementIndex } from '../packages/server/dist/src/matching/contract.js';
import {
  createRandom,
  type MarketEntry,
  marketEntries,
  randomCountry,
  randomShape,
} from './market.js';
import { readCommandLine } from './command-line.js';
import { createIndex, loadIndex } from './matching-index.js';
import { figuresOf, timeEach } from './matching-timing.js';

type Random = () => number;

const QUESTIONS = 100;
/** Best of two: what else the machine does meanwhile is no property of the index. */
const ROUNDS = 2;

const TYPICAL = {
  usd_per_core_month: 4,
  usd_per_gb_ram_month: 1.6,
  usd_per_gb_storage_month: 0.05,
};

/** Where a few match, where none do, and where nearly all nearly do. */
const KINDS: Readonly<Record<string, (random: Random) => Requirements>> = {
  'a shape': (random) => randomShape(random),
  'a shape in a country': (random) => ({
    ...randomShape(random),
    country: [randomCountry(random)],
  }),
  'a shape under a cap': (random) => capped(random, 0.45),
  'a shape under a cap that nobody meets': (random) => capped(random, 0.05),
  'everything at once': (random) => ({
    ...capped(random, 0.3),
    country: [randomCountry(random)],
    platform: 'arm64',
    verified: true,
  }),
  'more than anybody has': () => ({ cpu: 1_024, memory: 65_536, storage: 10_000_000 }),
  'a platform that nobody has': () => ({ platform: 'mips' }),
};

function capped(random: Random, share: number): Requirements {
  const shape = randomShape(random);
  return { ...shape, max_usd_per_month: Math.round((monthlyUsd(shape, TYPICAL) ?? 0) * share) };
}

function explain(index: AdvertisementIndex, requirements: Requirements): void {
  const survey = index.explain(requirements);
  while (survey.advance());
  survey.close();
  if (survey.findings.listed !== index.size) throw new Error('somebody was not looked at');
}

function stepTimes(index: AdvertisementIndex, random: Random): number[] {
  const times: number[] = [];
  for (let question = 0; question < QUESTIONS; question += 1) {
    const survey = index.explain(capped(random, 0.3));
    for (let more = true; more;) {
      const start = performance.now();
      more = survey.advance();
      times.push((performance.now() - start) * 1_000);
    }
    survey.close();
  }
  return times;
}

function report(name: string, times: ArrayLike<number>): void {
  const { median, p99, worst } = figuresOf(times);
  const figures = [median, p99, worst].map((us) => (us / 1_000).toFixed(3).padStart(10));
  console.log(name.padEnd(44) + figures.join(''));
}

/** Made one by one and let go; every so many are remembered by their ids. */
function* marketOf(count: number, ids: ProviderId[]): Generator<MarketEntry> {
  const source = marketEntries(1);
  for (let number = 0; number < count; number += 1) {
    const entry = source.next().value;
    if (number % Math.ceil(count / QUESTIONS) === 0) ids.push(entry.providerId);
    yield entry;
  }
}

function parseCount([word = '1000000', ...rest]: readonly string[]): number {
  if (rest.length > 0 || !/^[1-9][0-9]{2,6}$/.test(word)) {
    throw new Error('all it takes is the number of advertisements, from 100 on');
  }
  return Number(word);
}

function run(count: number): void {
  const index = createIndex();
  const ids: ProviderId[] = [];
  loadIndex(index, marketOf(count, ids));
  const random = createRandom(5);
  console.log(`${count} advertisements`.padEnd(45) + '   median       p99     worst (ms)');
  const all: number[] = [];
  for (const [name, make] of Object.entries(KINDS)) {
    const questions = Array.from({ length: QUESTIONS }, () => make(random));
    const times = timeEach(questions, ROUNDS, (question) => explain(index, question));
    report(`explain ${name}`, times);
    all.push(...times);
  }
  report('explain, all of them', all);
  report('a step of an explanation', stepTimes(index, random));
  report(
    'price rank (status)',
    timeEach(ids, ROUNDS, (id) => void index.priceRank(id)),
  );
  report(
    'stats',
    timeEach(ids, ROUNDS, () => void index.stats()),
  );
}

run(readCommandLine(parseCount));
