/** Advertisements per second, each with a fresh signature and durable, against a server that only recovers signers. */
import { type LoadGenerator, type LoadPlan, type LoadResult, perSecond } from './load-generator.js';
import type { Options } from './options.js';
import type { ProviderFleet } from './provider-fleet.js';
import type { RequestBatch } from './request-batch.js';
import { alternate, type Comparison } from './rounds.js';
import { type ServerProcess, startFloor } from './server-process.js';

/** Fewer than a signature's window holds, however slow the machine is. */
const BATCH_MAX = 60_000;
const SEED_BATCH_MAX = 20_000;
const SEED_MS_MAX = 120_000;
/** How many more requests are signed than a round should use, so that it ends by time. */
const SPARE = 1.3;

/** Lists so many new providers, as they would themselves. Returns how long the hub took, without signing. */
export async function listProviders(
  hub: ServerProcess,
  generator: LoadGenerator,
  fleet: ProviderFleet,
  options: Options,
): Promise<number> {
  let ms = 0;
  while (fleet.size < options.advertisements) {
    const count = Math.min(SEED_BATCH_MAX, options.advertisements - fleet.size);
    const result = await generator.run({
      ...planOf(hub, fleet.signNew(count), options),
      ms: SEED_MS_MAX,
    });
    if (result.answered !== count) throw new Error('not every provider could be listed in time');
    ms += result.elapsedMs;
  }
  return ms;
}

/** Measures in rounds. Both servers get the same requests in each: the floor stores nothing, so that it sees no replay. */
export async function measureAdvertise(
  hub: ServerProcess,
  generator: LoadGenerator,
  fleet: ProviderFleet,
  options: Options,
): Promise<Comparison> {
  const floor = await startFloor('./advertise-floor-process.js', []);
  const run = (server: ServerProcess, batch: RequestBatch, ms: number): Promise<LoadResult> =>
    generator.run({ ...planOf(server, batch, options), ms });
  try {
    const warmUp = fleet.signMix(BATCH_MAX / 4);
    const speeds = [
      perSecond(await run(hub, warmUp, options.warmUpMs)),
      perSecond(await run(floor, warmUp, options.warmUpMs)),
    ];
    const count = Math.ceil((Math.max(...speeds) * options.roundMs * SPARE) / 1_000);
    const batches: RequestBatch[] = [];
    const batchOf = (round: number): RequestBatch =>
      (batches[round] ??= fleet.signMix(Math.min(BATCH_MAX, count)));
    return await alternate(
      options.rounds,
      (round) => run(hub, batchOf(round), options.roundMs),
      (round) => run(floor, batchOf(round), options.roundMs),
    );
  } finally {
    await floor.close();
  }
}

function planOf(
  server: ServerProcess,
  batch: RequestBatch,
  { connections, roundMs }: Options,
): LoadPlan {
  return {
    port: server.port,
    batch,
    from: 0,
    to: batch.ends.length,
    repeats: false,
    connections,
    ms: roundMs,
  };
}
