/** `npm run bench:cluster`: what several hubs on one database do, against what the database does by itself. docs/cluster.md says how to read it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../market.js';
import { createProviderFleet } from '../provider-fleet.js';
import type { ServerProcess } from '../server-process.js';
import { measureJoining, startNode } from './measure-joining.js';
import { measurePropagation, measureWriting, writeToAll } from './measure-writing.js';
import { type PostgresProcess, startPostgres } from './postgres-process.js';
import { measureRawUpserts } from './raw-upserts.js';

const { values: asked } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });

/** Small enough for a gate: it shows that everything works, and no figure that means anything. */
const SIZES = asked.quick
  ? { providers: 2_000, joined: 20_000, rounds: 1, ms: 500, samples: 20 }
  : { providers: 50_000, joined: 1_000_000, rounds: 3, ms: 4_000, samples: 300 };

const BATCH = 100;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function withNodes(
  count: number,
  folder: string,
  url: string,
  work: (nodes: readonly ServerProcess[]) => Promise<void>,
): Promise<void> {
  const nodes: ServerProcess[] = [];
  for (let node = 0; node < count; node += 1) nodes.push(await startNode(folder, url));
  try {
    await work(nodes);
  } finally {
    await Promise.all(nodes.map((node) => node.close()));
  }
}

async function measure(folder: string, { sql, url }: PostgresProcess): Promise<void> {
  const { providers, rounds, ms, samples, joined } = SIZES;
  const raw = await measureRawUpserts(sql, { providers, batch: BATCH, connections: 2, ms });
  say(`database alone, batches of ${BATCH}, 2 connections: ${raw.toFixed(0)} upserts/s`);
  const fleet = createProviderFleet(createRandom(1));
  await withNodes(1, folder, url, async (nodes) => {
    await writeToAll(nodes, fleet.signNew(providers), 600_000);
  });
  for (const count of [1, 2, 4]) {
    await withNodes(count, folder, url, async (nodes) => {
      const speed = await measureWriting(nodes, fleet, { rounds, ms });
      say(
        `${count} nodes: ${speed.toFixed(0)} advertisements/s, ${(speed / raw).toFixed(2)} of it`,
      );
      if (count !== 2) return;
      const { p50Ms, p99Ms } = await measurePropagation(nodes, fleet, samples);
      say(`visible at the other node: p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`);
    });
  }
  const joining = await measureJoining(sql, joined, () => startNode(folder, url));
  say(
    `${joining.advertisements} advertisements: first node ${(joining.firstMs / 1_000).toFixed(1)} s, another joins in ${(joining.joinMs / 1_000).toFixed(1)} s; the first answers meanwhile, p99 ${joining.findP99Ms.toFixed(1)} ms`,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'pg-bench-hubs-'));
const database = await startPostgres();
try {
  await measure(folder, database);
} finally {
  await database.close();
  await rm(folder, { recursive: true });
}
process.exit(0);
