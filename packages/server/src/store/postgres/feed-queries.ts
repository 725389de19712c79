/**
 * The questions that are asked of the database again and again, one function each. Those that locks are
 * taken with, or that are asked under them, are sent as they are called: several can be asked at once, in that
 * order.
 */
import type { ISql } from 'postgres';
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { StoredProof } from '../contract.js';
import type { FeedRow } from './feed-row.js';
import type { BareRow, ProviderRow } from './provider-row.js';

/** A connection, or a transaction on one. */
export type Queries = ISql<{ bigint: number }>;

/** The lock that every batch holds from before its first revision to its commit. Any number will do that no other program of this database uses. */
const FEED_LOCK = 7_302_114_907_345_201;

/** A batch as other nodes read it. */
export interface BatchRow {
  readonly number: number;
  readonly id: string;
  readonly epoch: string;
  readonly revision: number;
  readonly lease_ms: number;
  readonly high_water_mark: number;
  readonly changes: string;
}

/** Waits for the lock; it is let go with the transaction. */
export async function lockFeed(sql: Queries): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${FEED_LOCK}::bigint)`.execute();
}

/**
 * Where everything stands, and the id under which the batch `known` is kept. The line of history is
 * made of what differs after a restore or a fail-over: the database system, its timeline, and the file
 * in which this table lies.
 */
export async function readFeed(sql: Queries, known: number): Promise<FeedRow> {
  const [row] = await sql<FeedRow[]>`
    SELECT feed.*,
      floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms,
      (SELECT system_identifier FROM pg_control_system()) || '.'
        || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) || '.'
        || pg_relation_filenode('golem_discovery.feed') AS current_line,
      (SELECT id FROM golem_discovery.batches WHERE number = ${known}) AS known_id
    FROM golem_discovery.feed`.execute();
  if (row === undefined) throw new Error('the table golem_discovery.feed is empty');
  return row;
}

/**
 * Ids as PostgreSQL writes an array: they hold nothing that would need more than quotes. Looked for so,
 * each is one search of the index, whatever the planner knows of the table.
 */
export function idArray(providerIds: readonly ProviderId[]): string {
  return `{${providerIds.map((providerId) => `"${providerId}"`).join(',')}}`;
}

/** What is stored of some providers, who are nobody else's until the transaction ends. Locks are taken in the order of ids, by everybody: nobody can wait for each other. */
export async function lockProviders(
  sql: Queries,
  providerIds: readonly ProviderId[],
): Promise<readonly ProviderRow[]> {
  if (providerIds.length === 0) return [];
  return sql<ProviderRow[]>`
    SELECT provider_id, grants, t, advertisement, body, signature, source, created_ms, updated_ms,
      expires_ms, due_ms, ended, ended_ms
    FROM golem_discovery.providers
    WHERE provider_id = ANY(${idArray(providerIds)}::text::text[])
    ORDER BY provider_id FOR UPDATE`.execute();
}

/** The number of the batch with this id, among the last ones. */
export async function findBatch(sql: Queries, id: string): Promise<number | undefined> {
  const [row] = await sql<{ number: number }[]>`
    SELECT number FROM golem_discovery.batches WHERE id = ${id}`.execute();
  return row?.number;
}

/** The batches that follow `number`, in order. */
export async function readBatches(
  sql: Queries,
  number: number,
  countMax: number,
): Promise<readonly BatchRow[]> {
  return sql<BatchRow[]>`
    SELECT number, id, epoch, revision, lease_ms, high_water_mark, changes
    FROM golem_discovery.batches WHERE number > ${number} ORDER BY number LIMIT ${countMax}`;
}

/** Providers whose `t` is greater, in the order of ids. It reads all rows: asked only where there must be some. */
export async function readLaterThan(
  sql: Queries,
  t: number,
  after: string,
  countMax: number,
): Promise<readonly ProviderId[]> {
  const rows = await sql<{ provider_id: ProviderId }[]>`
    SELECT provider_id FROM golem_discovery.providers
    WHERE t > ${t} AND provider_id > ${after} ORDER BY provider_id LIMIT ${countMax}`;
  return rows.map(({ provider_id }) => provider_id);
}

/** The last of the oldest changes of the past that is older; `undefined` where none is. */
export async function readAgedUpTo(sql: Queries, atMs: number): Promise<number | undefined> {
  const [row] = await sql<{ revision: number | null }[]>`
    SELECT max(revision) AS revision
    FROM (SELECT revision, at_ms FROM golem_discovery.history ORDER BY revision LIMIT 4096) oldest
    WHERE at_ms < ${atMs}`;
  return row?.revision ?? undefined;
}

/** The bytes that were signed, of those among some providers who are listed and have signed. */
export async function readProofs(
  sql: Queries,
  providerIds: readonly ProviderId[],
): Promise<ReadonlyMap<ProviderId, StoredProof>> {
  const rows = await sql<(StoredProof & { provider_id: ProviderId })[]>`
    SELECT provider_id, grants AS grant, body, signature FROM golem_discovery.providers
    WHERE provider_id = ANY(${idArray(providerIds)}::text::text[])
      AND ended IS NULL AND signature IS NOT NULL`;
  return new Map(
    rows.map(({ provider_id, grant, body, signature }) => [
      provider_id,
      { grant, body, signature },
    ]),
  );
}

/** The next ids in their order. */
export async function readIdsAfter(
  sql: Queries,
  after: string,
  countMax: number,
): Promise<readonly ProviderId[]> {
  const rows = await sql<{ provider_id: ProviderId }[]>`
    SELECT provider_id FROM golem_discovery.providers
    WHERE provider_id > ${after} ORDER BY provider_id LIMIT ${countMax}`;
  return rows.map(({ provider_id }) => provider_id);
}

/** What is stored of some providers, without the bytes that only a proof needs, as of one batch. */
export async function readBareRows(
  sql: Queries,
  providerIds: readonly ProviderId[],
): Promise<{ readonly batch: number; readonly rows: readonly BareRow[] }> {
  const rows = await sql<(BareRow & { batch: number })[]>`
    SELECT (SELECT batch FROM golem_discovery.feed) AS batch, provider_id, grants, t, advertisement,
      source, created_ms, updated_ms, expires_ms, due_ms, ended, ended_ms
    FROM golem_discovery.providers
    WHERE provider_id = ANY(${idArray(providerIds)}::text::text[])`;
  const [first] = rows;
  return { batch: first?.batch ?? (await readFeed(sql, 0)).batch, rows };
}
