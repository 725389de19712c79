/** The servers that are measured, each a process of its own: the hub as it is shipped, and the floors that it is compared with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';

const HUB = fileURLToPath(
  new URL('../../packages/server/bin/golem-discovery-server.js', import.meta.url),
);
const START_MS_MAX = 180_000;

/** A running server. */
export interface ServerProcess {
  readonly port: number;
  /** From spawning it until it said that it is ready. */
  readonly startMs: number;
  /** The longest that it took to answer whether it is ready, from its first answer on. */
  readonly longestSilenceMs: number;
  /** Where Prometheus reads; only of a hub. */
  readonly metricsPort: number;
  /** Ends it in peace and resolves when it has gone. Safe to call twice. */
  close(): Promise<void>;
}

/** Starts the hub with its database in `folder`, or where `settings` say. `profile` writes a CPU profile of each of its threads there when it ends. */
export async function startHub(
  folder: string,
  profile: boolean,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const metricsPort = await freePort();
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${folder}/profile`] : [];
  const env = {
    PATH: process.env['PATH'],
    DISCOVERY_HOST: '127.0.0.1',
    DISCOVERY_PORT: `${port}`,
    DISCOVERY_METRICS_PORT: `${metricsPort}`,
    DISCOVERY_MAX_ADVERTISEMENTS: '2000000',
    DISCOVERY_RATE_LIMIT_PER_MINUTE: '0',
    // Longer than any run: what is measured is a market of a constant size.
    DISCOVERY_ADVERTISEMENT_TTL_SECONDS: '86400',
    ...settings,
  };
  return startProcess([...flags, HUB], {
    cwd: folder,
    env,
    port,
    metricsPort,
    readyPath: '/readyz',
    log: join(folder, `hub-${port}.log`),
  });
}

/** Starts a floor: a script of this folder that listens on the port in its first argument. */
export async function startFloor(script: string, args: readonly string[]): Promise<ServerProcess> {
  const port = await freePort();
  const path = fileURLToPath(new URL(script, import.meta.url));
  const env = { PATH: process.env['PATH'] };
  return startProcess([path, `${port}`, ...args], {
    cwd: '/',
    env,
    port,
    metricsPort: 0,
    readyPath: '/',
    log: devNull,
  });
}

interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly port: number;
  readonly metricsPort: number;
  readonly readyPath: string;
  /** A file that takes what the server prints; a pipe that nobody empties would stop it. */
  readonly log: string;
}

async function startProcess(
  words: readonly string[],
  { cwd, env, port, metricsPort, readyPath, log }: Surroundings,
): Promise<ServerProcess> {
  const startedAtMs = performance.now();
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, words, { cwd, env, stdio: ['ignore', output, 'inherit'] });
  closeSync(output);
  const longestSilenceMs = await untilReady(child, port, readyPath, log);
  const startMs = performance.now() - startedAtMs;
  return {
    port,
    metricsPort,
    startMs,
    longestSilenceMs,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function untilReady(
  child: ChildProcess,
  port: number,
  path: string,
  log: string,
): Promise<number> {
  const endMs = performance.now() + START_MS_MAX;
  let longestSilenceMs = 0;
  for (;;) {
    const askedAtMs = performance.now();
    const status = await statusOf(port, path);
    if (status !== undefined) {
      longestSilenceMs = Math.max(longestSilenceMs, performance.now() - askedAtMs);
    }
    if (status === 200) return longestSilenceMs;
    if (child.exitCode !== null) {
      throw new Error(`a server ended with code ${child.exitCode}:\n${readFileSync(log, 'utf8')}`);
    }
    if (performance.now() > endMs) throw new Error('a server was not ready in time');
    await wait(5);
  }
}

function statusOf(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', () => resolve(undefined))
      .end();
  });
}
