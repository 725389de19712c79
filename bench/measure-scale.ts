/**
 * What changes between a thousand advertisements and a million: finding, the start, the memory, and how
 * long finding takes while providers renew.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadPlan, LoadResult } from './load-generator.js';
import { createLoadGenerator, type LoadGenerator } from './load-generator.js';
import { createRandom } from './market.js';
import { listProviders } from './measure-advertise.js';
import { type FindFigures, measureFind } from './measure-find.js';
import type { Options } from './options.js';
import { createProviderFleet } from './provider-fleet.js';
import { type Asked, packQuestions } from './questions.js';
import { type ServerProcess, startHub } from './server-process.js';
import { seedDatabase } from './seeded-database.js';

const FEW = 1_000;
const RENEWING_PROVIDERS = 10_000;
const RENEWALS_PER_SECOND = 2_000;
const FINDS_PER_SECOND = 2_000;
const FLEET_SEED = 11;
const QUESTIONS_SEED = 13;
/** For what a start leaves behind to be collected. */
const SETTLING_MS = 5_000;

/** One size. */
export interface SizeFigures {
  readonly advertisements: number;
  readonly startMs: number;
  readonly longestSilenceMs: number;
  /** Above an empty hub. */
  readonly bytesEach: number;
  readonly find: FindFigures;
  readonly price: FindFigures;
  readonly anywhere: FindFigures;
}

/** Everything about scale. */
export interface ScaleFigures {
  readonly few: SizeFigures;
  readonly many: SizeFigures;
  /** Finding at a steady pace among the many, while providers renew at theirs. */
  readonly findWhileRenewing: LoadResult;
  readonly renewing: LoadResult;
}

/** Measures a thousand and `options.scale` advertisements, each in a hub of its own. */
export async function measureScale(
  folder: string,
  generator: LoadGenerator,
  options: Options,
): Promise<ScaleFigures> {
  const emptyBytes = await measureEmptyHub(join(folder, 'empty'));
  const few = await withSeededHub(join(folder, 'few'), FEW, (hub) =>
    measureSize(hub, FEW, { generator, options, emptyBytes }),
  );
  return withSeededHub(join(folder, 'many'), options.scale, async (hub) => {
    const many = await measureSize(hub, options.scale, { generator, options, emptyBytes });
    return { few, many, ...(await measureWhileRenewing(hub, generator, options)) };
  });
}

async function withSeededHub<Figures>(
  folder: string,
  count: number,
  measure: (hub: ServerProcess) => Promise<Figures>,
): Promise<Figures> {
  await mkdir(folder);
  await seedDatabase(folder, count);
  const hub = await startHub(folder, false);
  try {
    return await measure(hub);
  } finally {
    await hub.close();
  }
}

async function measureEmptyHub(folder: string): Promise<number> {
  await mkdir(folder);
  const hub = await startHub(folder, false);
  try {
    return await residentBytes(hub);
  } finally {
    await hub.close();
  }
}

async function measureSize(
  hub: ServerProcess,
  advertisements: number,
  {
    generator,
    options,
    emptyBytes,
  }: {
    readonly generator: LoadGenerator;
    readonly options: Options;
    readonly emptyBytes: number;
  },
): Promise<SizeFigures> {
  const bytesEach = ((await residentBytes(hub)) - emptyBytes) / advertisements;
  const { startMs, longestSilenceMs } = hub;
  const ask = (asked: Asked) => measureFind(hub, generator, options, asked);
  const find = await ask('in a country');
  const price = await ask('cheapest in a country');
  const anywhere = await ask('anywhere');
  return { advertisements, startMs, longestSilenceMs, bytesEach, find, price, anywhere };
}

async function measureWhileRenewing(
  hub: ServerProcess,
  generator: LoadGenerator,
  options: Options,
): Promise<Pick<ScaleFigures, 'findWhileRenewing' | 'renewing'>> {
  const fleet = createProviderFleet(createRandom(FLEET_SEED));
  await listProviders(hub, generator, fleet, { ...options, advertisements: RENEWING_PROVIDERS });
  const { port } = hub;
  const { connections } = options;
  // In one piece, as long as all rounds of the others: a single round is too short for a p99.
  const ms = options.rounds * options.roundMs;
  const renewals = fleet.signMix((RENEWALS_PER_SECOND * ms) / 1_000);
  const batch = packQuestions(createRandom(QUESTIONS_SEED), options.questions, 'in a country');
  const base: LoadPlan = { port, batch, from: 0, to: 0, repeats: true, connections, ms };
  const renewer = createLoadGenerator();
  try {
    const [findWhileRenewing, renewing] = await Promise.all([
      generator.run({ ...base, to: batch.ends.length, perSecond: FINDS_PER_SECOND }),
      renewer.run({
        ...base,
        batch: renewals,
        to: renewals.ends.length,
        repeats: false,
        perSecond: RENEWALS_PER_SECOND,
      }),
    ]);
    return { findWhileRenewing, renewing };
  } finally {
    await renewer.close();
  }
}

async function residentBytes({ metricsPort }: ServerProcess): Promise<number> {
  await new Promise((resolve) => void setTimeout(resolve, SETTLING_MS));
  const page = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  const bytes = /^process_resident_memory_bytes (\S+)$/m.exec(await page.text())?.[1];
  if (bytes === undefined) throw new Error('a hub does not say how much memory it has');
  return Number(bytes);
}
