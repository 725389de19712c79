/** Finds per second, against a server that only sends as many bytes. */
import type { LoadGenerator, LoadPlan } from './load-generator.js';
import { createRandom } from './market.js';
import type { Options } from './options.js';
import { type Asked, packQuestions } from './questions.js';
import { alternate, type Comparison } from './rounds.js';
import { type ServerProcess, startFloor } from './server-process.js';

/** What was measured, with the mean answer. */
export interface FindFigures {
  readonly comparison: Comparison;
  readonly bodyBytesMean: number;
}

const QUESTIONS_SEED = 7;
const ONE_PASS_MS_MAX = 120_000;

/** Asks every question once, for the sizes of the answers, and then measures in rounds. */
export async function measureFind(
  hub: ServerProcess,
  generator: LoadGenerator,
  options: Options,
  asked: Asked,
): Promise<FindFigures> {
  const batch = packQuestions(createRandom(QUESTIONS_SEED), options.questions, asked);
  const plan: LoadPlan = {
    port: hub.port,
    batch,
    from: 0,
    to: options.questions,
    repeats: true,
    connections: options.connections,
    ms: options.roundMs,
  };
  const { bodySizes } = await generator.run({
    ...plan,
    repeats: false,
    connections: 1,
    ms: ONE_PASS_MS_MAX,
  });
  const floor = await startFloor('./find-floor-process.js', [bodySizes.join(',')]);
  try {
    const onFloor = { ...plan, port: floor.port };
    for (const each of [plan, onFloor]) await generator.run({ ...each, ms: options.warmUpMs });
    const comparison = await alternate(
      options.rounds,
      () => generator.run(plan),
      () => generator.run(onFloor),
    );
    const bodyBytesMean = bodySizes.reduce((sum, size) => sum + size, 0) / bodySizes.length;
    return { comparison, bodyBytesMean };
  } finally {
    await floor.close();
  }
}
