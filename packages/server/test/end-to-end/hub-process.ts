/** The built hub as a process of its own, started as the README says, on a free port of loopback. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../../bin/golem-discovery-server.js', import.meta.url));

/** A running hub. Whoever started it stops it. */
export interface HubProcess {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Everything it has printed so far. */
  readonly output: () => string;
  /** Sends a signal and resolves with the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
  signal(signal: NodeJS.Signals): void;
}

/** A folder that is removed with everything in it. */
export async function createTemporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'golem-discovery-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Starts a hub in `folder` and resolves when it listens and is complete. Rejects with what it printed if it ends before. */
export async function startHub(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<HubProcess> {
  const child = spawn(process.execPath, [COMMAND], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      DISCOVERY_HOST: '127.0.0.1',
      DISCOVERY_PORT: '0',
      DISCOVERY_RATE_LIMIT_PER_MINUTE: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const url = await Promise.race([listeningUrl(child, lines), failure(child, lines)]);
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    output: () => lines.join('\n'),
    signal: (signal) => void child.kill(signal),
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill(signal);
        await exited;
      }
      return child.exitCode ?? child.signalCode;
    },
  };
}

/** Runs a hub that is expected not to start; resolves with its exit code and what it printed. */
export async function runHub(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      DISCOVERY_HOST: '127.0.0.1',
      DISCOVERY_PORT: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  collect(child, lines, () => undefined);
  await once(child, 'close');
  return { code: child.exitCode, output: lines.join('\n') };
}

function listeningUrl(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve) => {
    collect(child, lines, (line) => {
      const url = /listening.*?(http:\/\/[\w.[\]:]+)/u.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}

function collect(child: ChildProcess, lines: string[], each: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) throw new Error('the hub has no output to read');
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      each(line);
    });
  }
}

async function failure(child: ChildProcess, lines: string[]): Promise<never> {
  await once(child, 'close');
  throw new Error(`the hub ended with ${child.exitCode}:\n${lines.join('\n')}`);
}
