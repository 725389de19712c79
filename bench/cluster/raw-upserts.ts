/**
 * What the database itself can do: rows of the shape and size of ours, upserted in batches, each a durable
 * transaction, from several connections at once. No lock, no order, no feed, nobody who verifies.
 */
import type { Sql } from 'postgres';

const TABLE = `CREATE TABLE raw_upserts (
  provider_id text COLLATE "C" PRIMARY KEY, grants bigint, t bigint, advertisement text, body text,
  signature text, source text, created_ms bigint, updated_ms bigint, expires_ms bigint, due_ms bigint
) WITH (fillfactor = 80)`;

const ADVERTISEMENT = JSON.stringify({
  ip_address: '203.0.113.10',
  country: 'SE',
  resources: { cpu: 8, memory: 32, storage: 500 },
  platform: 'x86_64',
  pricing: { usd_per_core_month: 4.5, usd_per_gb_ram_month: 1.2, usd_per_gb_storage_month: 0.05 },
});

/** How it is to be done. */
export interface RawUpserts {
  readonly providers: number;
  readonly batch: number;
  readonly connections: number;
  readonly ms: number;
}

/** Rows a second. */
export async function measureRawUpserts(
  sql: Sql,
  { providers, batch, connections, ms }: RawUpserts,
): Promise<number> {
  await sql.unsafe(TABLE);
  for (let from = 0; from < providers; from += 5_000) {
    await upsert(sql, rowsFrom(from, Math.min(5_000, providers - from), providers));
  }
  const endMs = performance.now() + ms;
  let written = 0;
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      // Each has its own part of the providers: what would wait for another's row is not measured.
      const part = Math.floor(providers / connections);
      for (let from = 0; performance.now() < endMs; from = (from + batch) % part) {
        await upsert(sql, rowsFrom(connection * part + from, batch, providers));
        written += batch;
      }
    }),
  );
  const perSecond = (written / (performance.now() - startMs)) * 1_000;
  await sql.unsafe('DROP TABLE raw_upserts');
  return perSecond;
}

async function upsert(sql: Sql, rows: readonly object[]): Promise<void> {
  await sql`
    INSERT INTO raw_upserts
    SELECT * FROM json_populate_recordset(NULL::raw_upserts, ${JSON.stringify(rows)}::text::json)
    ON CONFLICT (provider_id) DO UPDATE SET grants = excluded.grants, t = excluded.t,
      advertisement = excluded.advertisement, body = excluded.body, signature = excluded.signature,
      source = excluded.source, created_ms = excluded.created_ms, updated_ms = excluded.updated_ms,
      expires_ms = excluded.expires_ms, due_ms = excluded.due_ms`;
}

function rowsFrom(from: number, count: number, providers: number): object[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, index) => ({
    provider_id: `0x${((from + index) % providers).toString(16).padStart(40, '0')}`,
    grants: 1,
    t: now,
    advertisement: ADVERTISEMENT,
    body: ADVERTISEMENT,
    signature: `t=${now},v1=0x${'ab'.repeat(65)}`,
    source: '203.0.113.10',
    created_ms: now,
    updated_ms: now,
    expires_ms: now,
    due_ms: now,
  }));
}
