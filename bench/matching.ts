/**
 * `npm run bench:matching`: what a question costs in process, by kind of question and size of the market,
 * beside a linear scan, SQLite and PostgreSQL. All hold the same market and are asked the same questions,
 * one contender after the other, and an answer that differs ends the run. docs/matching.md says how to
 * read it.
 */
import type { AdvertisementIndex } from '../packages/server/dist/src/matching/contract.js';
import {
  type MarketEntry,
  createRandom,
  marketEntries,
  randomAdvertisement,
  repriced,
} from './market.js';
import { readCommandLine } from './command-line.js';
import type { Answer, Contender, Question } from './matching-contender.js';
import { IndexContender, ask, createIndex, loadIndex } from './matching-index.js';
import {
  type ContenderName,
  type MatchingOptions,
  parseMatchingOptions,
} from './matching-options.js';
import { startPostgres } from './matching-postgres.js';
import { KINDS, type Kind } from './matching-questions.js';
import {
  type ContenderTimes,
  type KindTimes,
  changeLine,
  headLine,
  kindLine,
  machineLine,
  mixLines,
  plainLine,
} from './matching-report.js';
import { ScanContender } from './matching-scan.js';
import { SqliteContender } from './matching-sqlite.js';
import { figuresOf, timeContender, timeEach } from './matching-timing.js';

const MARKET_SEED = 1;
const QUESTIONS_SEED = 5;
const CHANGES_SEED = 77;
const ROUNDS = 4;
const CHANGES = 20_000;
/** Of each kind in turns, so that code is compiled for the whole mix and not for the kind that came first. */
const WARM_UP_QUESTIONS = 10;
const WARM_UP_ROUNDS = 20;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function progress(line: string): void {
  process.stderr.write(`  ${line}\n`);
}

/** Bytes in use, and resident ones. Run with `--expose-gc`, or what is left to collect is counted too. */
function memory(): { readonly used: number; readonly resident: number } {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { used: heapUsed + external, resident: rss };
}

/** The market is made one by one and let go: what stays is the index. */
function reportMemory(size: number): void {
  const before = memory();
  const index = createIndex();
  const start = performance.now();
  loadIndex(index, someEntries(size));
  const us = ((performance.now() - start) * 1_000) / size;
  const after = memory();
  const each = (bytes: number) => Math.round(bytes / index.size);
  say(
    `the index alone: ${each(after.used - before.used)} bytes an advertisement in use, ` +
      `${each(after.resident - before.resident)} resident; made and loaded in ${us.toFixed(1)} µs each`,
  );
}

/** One by one: whoever keeps none of them lets them go. */
function* someEntries(size: number): Generator<MarketEntry> {
  const source = marketEntries(MARKET_SEED);
  for (let number = 0; number < size; number += 1) yield source.next().value;
}

/** Follows the pages of the index to the one that is asked for. */
function questionOf(
  index: AdvertisementIndex,
  byId: ReadonlyMap<string, MarketEntry>,
  { make, page }: Kind,
  random: () => number,
): Question {
  const query = make(random);
  let question: Question = { query, after: undefined };
  for (let turned = 1; turned < page; turned += 1) {
    const found = index.find({ ...question.query, proof: true });
    if (!found.ok || found.value.next === undefined) break;
    const last = found.value.records?.at(-1);
    const after = last && byId.get(last.providerId);
    question = { query: { ...query, after: found.value.next }, after };
  }
  return question;
}

function checked(index: IndexContender, kind: Kind, questions: readonly Question[]) {
  return (at: number, { ids, total }: Answer): void => {
    const question = questions[at];
    if (question === undefined) throw new RangeError('no such question');
    const own = index.ask(question);
    const isSame = total === own.total && JSON.stringify(ids) === JSON.stringify(own.ids);
    if (isSame) return;
    const text = JSON.stringify({ question, own, other: { ids, total } });
    throw new Error(`another answer to "${kind.name}": ${text}`);
  };
}

type Start = () => Contender | Promise<Contender>;

const STARTS: readonly (readonly [ContenderName, Start])[] = [
  ['scan', () => new ScanContender()],
  ['sqlite', () => new SqliteContender()],
  ['postgres', startPostgres],
];

interface Asked {
  readonly kind: Kind;
  readonly questions: readonly Question[];
  readonly index: Float64Array;
}

function askIndex(
  contender: IndexContender,
  market: readonly MarketEntry[],
  count: number,
): readonly Asked[] {
  const { index } = contender;
  const byId = new Map<string, MarketEntry>(market.map((entry) => [entry.providerId, entry]));
  const random = createRandom(QUESTIONS_SEED);
  const make = (kind: Kind, times: number) =>
    Array.from({ length: times }, () => questionOf(index, byId, kind, random));
  const mixed = KINDS.map((kind) => make(kind, WARM_UP_QUESTIONS));
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    for (const questions of mixed) for (const question of questions) ask(index, question);
  }
  return KINDS.map((kind) => {
    const questions = make(kind, count);
    return {
      kind,
      questions,
      index: timeEach(questions, ROUNDS, (question) => ask(index, question)),
    };
  });
}

/** One contender after the other, the ones before it closed: none takes time or memory from another. */
async function compare(
  index: IndexContender,
  market: readonly MarketEntry[],
  asked: readonly Asked[],
  options: MatchingOptions,
): Promise<ReadonlyMap<Kind, readonly ContenderTimes[]>> {
  const byKind = new Map<Kind, ContenderTimes[]>(asked.map(({ kind }) => [kind, []]));
  for (const [name, start] of STARTS) {
    if (!options.contenders.has(name)) continue;
    const contender = await start();
    try {
      const begun = performance.now();
      await contender.load(market);
      progress(`${contender.name} filled in ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
      for (const { kind, questions } of asked) {
        const check = checked(index, kind, questions);
        const times = await timeContender(contender, questions, options.kindMsMax, check);
        byKind.get(kind)?.push({ name: contender.name, times });
      }
    } finally {
      await contender.close();
    }
  }
  return byKind;
}

function reportChanges(index: AdvertisementIndex, market: readonly MarketEntry[]): void {
  const random = createRandom(CHANGES_SEED);
  const some = (change: (entry: MarketEntry) => MarketEntry) =>
    Array.from({ length: CHANGES }, () => {
      const entry = market[Math.floor(random() * market.length)];
      if (entry === undefined) throw new RangeError('an empty market');
      return change(entry);
    });
  const renewals = timeEach(
    some((entry) => entry),
    ROUNDS,
    (entry) => {
      index.renew(entry.providerId, entry.updatedAtMs + 1, entry.expiresAtMs + 1);
    },
  );
  const put = (entry: MarketEntry) => index.put(entry);
  const prices = timeEach(
    some((entry) => repriced(entry, random)),
    1,
    put,
  );
  const all = (entry: MarketEntry) => ({ ...entry, advertisement: randomAdvertisement(random) });
  const changes = timeEach(some(all), 1, put);
  say(plainLine('a renewal', figuresOf(renewals)));
  say(plainLine('a change of prices', figuresOf(prices)));
  say(plainLine('a change of everything', figuresOf(changes)));
  say(changeLine(figuresOf(renewals), figuresOf(changes)));
}

async function run(size: number, options: MatchingOptions): Promise<void> {
  reportMemory(size);
  const market = [...someEntries(size)];
  const index = new IndexContender();
  await index.load(market);
  progress('asking the index');
  const asked = askIndex(index, market, options.questions);
  const others = await compare(index, market, asked, options);
  const kinds = asked.map(({ kind, questions, index: times }): KindTimes => {
    const { limit = 0, count = false } = questions[0]?.query ?? {};
    return { kind, limit, isCounted: count, index: times, others: others.get(kind) ?? [] };
  });
  say(headLine(size, kinds[0]?.others.map(({ name }) => name) ?? []));
  for (const kind of kinds) say(kindLine(kind));
  for (const line of mixLines(kinds)) say(line);
  reportChanges(index.index, market);
  say('');
}

const options = readCommandLine(parseMatchingOptions);
say(`${machineLine()}; seeds ${MARKET_SEED}, ${QUESTIONS_SEED}, ${CHANGES_SEED}\n`);
for (const size of options.sizes) await run(size, options);
