/** Brings the schema of a database to the version that this hub knows, however many hubs start at once. */
import { randomEpoch } from '../random-epoch.js';
import type { Queries } from './feed-queries.js';
import { MIGRATIONS } from './migrations.js';

/** Held while the schema is looked at and changed. */
const SCHEMA_LOCK = 7_302_114_907_345_202;

/** Runs in a transaction; returns a sentence where the database is not one for this hub. */
export async function migrate(sql: Queries): Promise<string | undefined> {
  const foreign = await foreignEncoding(sql);
  if (foreign !== undefined) {
    return `this database keeps text as ${foreign}, which can't hold every name: create one with ENCODING 'UTF8' TEMPLATE template0, and name it in DISCOVERY_DB_URL`;
  }
  await sql`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK}::bigint)`;
  const known = await versionOf(sql);
  if (known > MIGRATIONS.length) {
    return `this database was written by a newer version of the hub (schema ${known}, this one knows ${MIGRATIONS.length}): start that version, or name another database in DISCOVERY_DB_URL`;
  }
  for (let version = known; version < MIGRATIONS.length; version += 1) {
    await sql.unsafe(MIGRATIONS[version] ?? '');
    await sql`INSERT INTO golem_discovery.migrations VALUES (${version + 1})`;
  }
  if (known === 0) await begin(sql);
  return undefined;
}

/** One name that can't be stored would fail every write that is committed with it. */
async function foreignEncoding(sql: Queries): Promise<string | undefined> {
  const [row] = await sql<{ encoding: string }[]>`
    SELECT current_setting('server_encoding') AS encoding`;
  return row?.encoding === 'UTF8' ? undefined : row?.encoding;
}

/** The version that stands; an empty schema is made where there is none. */
async function versionOf(sql: Queries): Promise<number> {
  const [found] = await sql<{ exists: boolean }[]>`
    SELECT to_regclass('golem_discovery.migrations') IS NOT NULL AS exists`;
  if (found?.exists !== true) {
    await sql.unsafe(`
      CREATE SCHEMA IF NOT EXISTS golem_discovery;
      CREATE TABLE golem_discovery.migrations (
        number int PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now()
      )`);
    return 0;
  }
  const [row] = await sql<{ version: number | null }[]>`
    SELECT max(number) AS version FROM golem_discovery.migrations`;
  return row?.version ?? 0;
}

/** The first row of the feed: nothing has happened, in an epoch of its own. */
async function begin(sql: Queries): Promise<void> {
  await sql`
    INSERT INTO golem_discovery.feed (id, epoch, earlier, revision, changes_after, batch, batch_id,
      line, high_water_mark, newest_t, lease_ms, ticked_ms, revived_ms, keeper, keeper_ms)
    VALUES (1, ${randomEpoch()}, '[]', 0, 0, 0, '', '', 0, 0, 0, 0, 0, '', 0)`;
}
