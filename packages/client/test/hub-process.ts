/** The built hub as a process of its own, on a free port of loopback, keeping nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(
  new URL('../../../server/bin/golem-discovery-server.js', import.meta.url),
);

/** A running hub. Whoever started it ends it. */
export interface HubProcess {
  readonly url: string;
  readonly port: number;
  /** Ends it as an operator would, or at once; safe to call twice. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a hub and resolves when it listens. Rejects with what it printed if it ends before. */
export async function startHub(
  settings: Readonly<Record<string, string>> = {},
): Promise<HubProcess> {
  const child = spawn(process.execPath, [COMMAND], {
    env: {
      PATH: process.env['PATH'],
      DISCOVERY_HOST: '127.0.0.1',
      DISCOVERY_PORT: '0',
      DISCOVERY_DB_URL: 'sqlite:///:memory:',
      DISCOVERY_RATE_LIMIT_PER_MINUTE: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const url = await Promise.race([
    listeningUrl(createInterface(child.stdout)),
    exited.then(() => undefined),
  ]);
  if (url === undefined) throw new Error('the hub ended before it listened');
  return {
    url,
    port: Number(new URL(url).port),
    async end(signal = 'SIGKILL') {
      child.kill(signal);
      await exited;
    },
  };
}

function listeningUrl(lines: ReturnType<typeof createInterface>): Promise<string> {
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      const url = /listening.*?(http:\/\/[\w.[\]:]+)/u.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}
