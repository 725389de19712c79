/** Whose processor time an advertisement takes: all share the same few cores, and whoever needs most decides how fast it goes. */
import { readFile } from 'node:fs/promises';
import type { Sql } from 'postgres';
import type { ServerProcess } from '../server-process.js';

/** Processor time that was used so far, milliseconds. */
export interface CpuTime {
  readonly hubsMs: number;
  readonly databaseMs: number;
  /** Of this process, which makes the load. */
  readonly loadMs: number;
}

/** What Linux counts in: 100 ticks a second. */
const TICK_MS = 10;

export async function readCpuTime(nodes: readonly ServerProcess[], sql: Sql): Promise<CpuTime> {
  const hubs = await Promise.all(nodes.map((node) => hubCpuMs(node)));
  const sessions = await sql<{ pid: number }[]>`SELECT pid FROM pg_stat_activity`;
  const processes = await Promise.all(sessions.map(({ pid }) => processCpuMs(pid)));
  const { user, system } = process.cpuUsage();
  return { hubsMs: sum(hubs), databaseMs: sum(processes), loadMs: (user + system) / 1_000 };
}

/** As a line: microseconds for each of so many. */
export function describeCpuTime(before: CpuTime, after: CpuTime, count: number): string {
  const micros = (key: keyof CpuTime): string =>
    (((after[key] - before[key]) * 1_000) / count).toFixed(0);
  return `of the processor each takes ${micros('hubsMs')} us in the hubs, ${micros('databaseMs')} us in the database, ${micros('loadMs')} us to send`;
}

async function hubCpuMs({ metricsPort }: ServerProcess): Promise<number> {
  // Signing takes so long in between that a connection that is kept would be closed at the other end.
  const page = await fetch(`http://127.0.0.1:${metricsPort}/metrics`, {
    headers: { Connection: 'close' },
  });
  const [, seconds] = /^process_cpu_seconds_total (\S+)/mu.exec(await page.text()) ?? [];
  return Number(seconds) * 1_000;
}

/** A session that has ended meanwhile took next to nothing; elsewhere than on Linux nobody can say. */
async function processCpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, , , , , , , , , , , user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ');
  return (Number(user) + Number(system)) * TICK_MS;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
