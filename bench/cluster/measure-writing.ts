/** Verified, durable advertisements per second with several nodes, and how soon another node shows what one has committed. */
import { type CpuTime, describeCpuTime } from './cpu-time.js';
import { createLoadGenerator, type LoadGenerator, perSecond } from '../load-generator.js';
import type { ProviderFleet } from '../provider-fleet.js';
import type { RequestBatch } from '../request-batch.js';
import type { ServerProcess } from '../server-process.js';
import { median } from '../rounds.js';

/** Fewer than a signature's window holds. */
const BATCH_MAX = 60_000;

/** All together: what is in flight is what batches can be made of. */
const CONNECTIONS = 768;

/** Sends a batch, a part to each node, for a time or until it is used up. Answers per second of all together. */
export async function writeToAll(
  nodes: readonly ServerProcess[],
  batch: RequestBatch,
  ms: number,
): Promise<number> {
  const generators = nodes.map(() => createLoadGenerator());
  try {
    return await runAll(nodes, generators, batch, ms);
  } finally {
    await Promise.all(generators.map((generator) => generator.close()));
  }
}

async function runAll(
  nodes: readonly ServerProcess[],
  generators: readonly LoadGenerator[],
  batch: RequestBatch,
  ms: number,
): Promise<number> {
  const share = Math.floor(batch.ends.length / nodes.length);
  const results = await Promise.all(
    nodes.map(async ({ port }, index) => {
      const [from, to] = [index * share, (index + 1) * share];
      const connections = CONNECTIONS / nodes.length;
      const plan = { port, batch, from, to, repeats: false, connections, ms };
      const result = await generators[index]?.run(plan);
      return result ? perSecond(result) : 0;
    }),
  );
  return results.reduce((sum, each) => sum + each, 0);
}

/** What was measured of writing. */
export interface Writing {
  /** A second. */
  readonly speed: number;
  /** A line on whose processor time each took, in the last round. */
  readonly cpu: string;
}

/** Rounds of renewals and new ones; the middle one counts. */
export async function measureWriting(
  nodes: readonly ServerProcess[],
  fleet: ProviderFleet,
  { rounds, ms }: { readonly rounds: number; readonly ms: number },
  readCpu: () => Promise<CpuTime>,
): Promise<Writing> {
  const speeds: number[] = [];
  let cpu = '';
  for (let round = 0; round <= rounds; round += 1) {
    const batch = fleet.signMix(BATCH_MAX);
    const before = await readCpu();
    const startMs = performance.now();
    const speed = await writeToAll(nodes, batch, ms);
    const count = (speed * (performance.now() - startMs)) / 1_000;
    cpu = describeCpuTime(before, await readCpu(), count);
    // The first warms up.
    if (round > 0) speeds.push(speed);
  }
  return { speed: median(speeds), cpu };
}

/** What was measured. */
export interface Propagation {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Lists providers at one node and asks another until it shows them: from the answer of the one to the answer of the other. */
export async function measurePropagation(
  [writer, reader]: readonly ServerProcess[],
  fleet: ProviderFleet,
  count: number,
): Promise<Propagation> {
  if (!writer || !reader) throw new Error('two nodes are needed');
  const generator = createLoadGenerator();
  const ms: number[] = [];
  const batch = fleet.signNew(count);
  for (let index = 0; index < count; index += 1) {
    const before = await countAt(reader);
    const plan = { port: writer.port, batch, from: index, to: index + 1, repeats: false };
    await generator.run({ ...plan, connections: 1, ms: 10_000 });
    const startMs = performance.now();
    while ((await countAt(reader)) === before);
    ms.push(performance.now() - startMs);
  }
  await generator.close();
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function countAt({ port }: ServerProcess): Promise<string | null> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/advertisements?limit=1&count=true`);
  await answer.text();
  return answer.headers.get('x-total-count');
}
