/** `npm run bench:cluster`: what several hubs on one database do, against what the database does by itself. docs/cluster.md says how to read it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isQuick, readCommandLine } from '../command-line.js';
import { createRandom } from '../market.js';
import { createProviderFleet } from '../provider-fleet.js';
import type { ServerProcess } from '../server-process.js';
import { readCpuTime } from './cpu-time.js';
import { measureJoining, startNode } from './measure-joining.js';
import { measureStores } from './measure-stores.js';
import { measurePropagation, measureWriting, writeToAll } from './measure-writing.js';
import { type PostgresProcess, startPostgres } from './postgres-process.js';
import { measureRawUpserts } from './raw-upserts.js';

const quick = readCommandLine(isQuick);

/** Small enough for a gate: it shows that everything works, and no figure that means anything. */
const SIZES = quick
  ? { providers: 2_000, joined: 20_000, rounds: 1, ms: 500, samples: 20 }
  : { providers: 50_000, joined: 1_000_000, rounds: 3, ms: 4_000, samples: 300 };

const BATCH = 100;

/** Writes that wait in each store when nothing but stores is measured: as many as of hubs. */
const IN_FLIGHT = 384;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function nodesText(count: number): string {
  return count === 1 ? '1 node' : `${count} nodes`;
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

/** What the machine was doing besides, which goes off every figure. */
function sayLoad(): void {
  say(
    `${availableParallelism()} cores, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
}

async function measure(folder: string, { sql, url }: PostgresProcess): Promise<void> {
  const { providers, rounds, ms, samples, joined } = SIZES;
  sayLoad();
  const raw = await measureRawUpserts(sql, { providers, batch: BATCH, connections: 2, ms });
  say(`database alone, batches of ${BATCH}, 2 connections: ${raw.toFixed(0)} upserts/s`);
  for (const count of [1, 2]) {
    const parts = Array.from({ length: count }, (_, part) => part);
    const sizes = { providers: providers / count, inFlight: IN_FLIGHT };
    const speed = await measureStores(
      parts.map((part) => ({ url, part, ...sizes })),
      { rounds, ms },
    );
    say(
      `${nodesText(count)}, the stores alone: ${speed.toFixed(0)} advertisements/s, ${(speed / raw).toFixed(2)} of it`,
    );
    await sql.unsafe('DROP SCHEMA golem_discovery CASCADE');
  }
  const fleet = createProviderFleet(createRandom(1));
  await withNodes(1, folder, url, async (nodes) => {
    await writeToAll(nodes, fleet.signNew(providers), 600_000);
  });
  for (const count of [1, 2, 4]) {
    await withNodes(count, folder, url, async (nodes) => {
      const { speed, cpu } = await measureWriting(nodes, fleet, { rounds, ms }, () =>
        readCpuTime(nodes, sql),
      );
      say(
        `${nodesText(count)}: ${speed.toFixed(0)} verified advertisements/s, ${(speed / raw).toFixed(2)} of it; ${cpu}`,
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
