/** A real hub as a process of its own, on loopback, which can be killed and started again in the same place. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(
  new URL('../../../../server/bin/golem-discovery-server.js', import.meta.url),
);

/** A hub with a folder and a port of its own. Whoever makes it removes it. */
export class RestartingHub {
  readonly #folder: string;
  readonly #settings: Readonly<Record<string, string>>;
  #port = 0;
  #child: ChildProcess | undefined;

  private constructor(folder: string, settings: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#settings = settings;
  }

  /** Starts a hub and resolves when it listens. Settings are those of its environment. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<RestartingHub> {
    const folder = await mkdtemp(join(tmpdir(), 'golem-discovery-client-'));
    const hub = new RestartingHub(folder, settings);
    await hub.start();
    return hub;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it again where it was. Settings given here win over those of the first start. */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = spawn(process.execPath, [COMMAND], {
      cwd: this.#folder,
      env: {
        PATH: process.env['PATH'],
        DISCOVERY_HOST: '127.0.0.1',
        DISCOVERY_PORT: String(this.#port),
        DISCOVERY_RATE_LIMIT_PER_MINUTE: '0',
        ...this.#settings,
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#port = await Promise.race([portOf(child), failureOf(child)]);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Kills it, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** Kills it and removes what it kept. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function portOf({ stdout, stderr }: ChildProcess): Promise<number> {
  if (!stdout || !stderr) throw new Error('the hub has no output to read');
  stderr.resume();
  const lines = createInterface(stdout);
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/u.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}

async function failureOf(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error(`the hub ended with ${child.exitCode ?? child.signalCode}`);
}
