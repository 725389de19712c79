/** The built hub with its built page, as a process of its own that can be killed and started again at the same place. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(
  new URL('../../../server/bin/golem-discovery-server.js', import.meta.url),
);

/** A hub. Whoever started it closes it. */
export interface HubProcess {
  readonly url: string;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again, at the same port and with the same file. */
  restart(): Promise<void>;
  /** Ends it and removes its file. */
  close(): Promise<void>;
}

/** Starts a hub and resolves when it listens. */
export async function startHub(
  settings: Readonly<Record<string, string>> = {},
): Promise<HubProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'golem-discovery-dashboard-'));
  let child = spawnHub(folder, { DISCOVERY_PORT: '0', ...settings });
  const url = await listeningUrl(child);
  const { port } = new URL(url);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return {
    url,
    kill,
    async restart() {
      await kill();
      child = spawnHub(folder, { DISCOVERY_PORT: port, ...settings });
      await listeningUrl(child);
    },
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function spawnHub(folder: string, settings: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [COMMAND], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      DISCOVERY_HOST: '127.0.0.1',
      DISCOVERY_RATE_LIMIT_PER_MINUTE: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function listeningUrl({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the hub has no output to read');
  const lines = createInterface(stdout);
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const url = /listening.*?(http:\/\/[\w.[\]:]+)/u.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
    lines.on('close', () => reject(new Error('the hub ended before it listened')));
  });
}
