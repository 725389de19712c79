/**
 * Fills an empty database with what another store holds, in one transaction: an import that is broken off
 * leaves nothing behind, and is simply begun again. Every `t`, grant and time comes over as it is; leases
 * are full ones, as after any restart; the history goes on in a new epoch, so that what watchers hold
 * stays good. Cost: some 30 s a million.
 */
import { type ProviderId, accept, refuse, type Result } from 'golem-vm-discovery-protocol';
import type { Inheritance, InheritedListing, Memory, StoredProof } from '../contract.js';
import { randomEpoch } from '../random-epoch.js';
import { UnreadableStore } from '../unreadable-store.js';
import { EPOCHS_MAX, type PastChange } from '../history.js';
import { explainFailure } from './failures.js';
import { lockFeed, type Queries, readFeed } from './feed-queries.js';
import { isAlone } from './joining.js';
import { Line } from './line.js';
import type { HistoryRow } from './past-changes.js';
import type { ListedRow, ProviderRow } from './provider-row.js';
import { migrate } from './schema.js';

/** Rows in one statement. */
const ROWS_AT_ONCE = 1_000;

const IMPORT_MS_MAX = 3 * 3_600_000;

/** What another store holds. */
export interface Holdings {
  readonly listings: readonly InheritedListing[];
  readonly memories: readonly Memory[];
  readonly inheritance: Inheritance;
  /** The proofs of some listings; rejects with `UnreadableStore` where they can't be read. */
  proofs(providerIds: readonly ProviderId[]): Promise<ReadonlyMap<ProviderId, StoredProof>>;
}

/** Imports; a refusal is one sentence that says what to do. `progress` is told how many providers are over. */
export async function importIntoPostgres(
  url: string,
  holdings: Holdings,
  progress: (done: number) => void,
): Promise<Result<void, string>> {
  const bounds = { statementMs: 600_000, lockMs: 5_000, idleInTransactionMs: 600_000 };
  const line = new Line({ url, name: 'golem-discovery migrate', ...bounds });
  try {
    const refusal = await line.transact(IMPORT_MS_MAX, 'BEGIN', async (sql) => {
      const unfit = (await migrate(sql)) ?? (await reasonAgainst(sql));
      if (unfit === undefined) await fill(sql, holdings, progress);
      return unfit;
    });
    return refusal === undefined ? accept(undefined) : refuse(refusal);
  } catch (error) {
    const reason = error instanceof UnreadableStore ? error.message : explainFailure(error);
    return refuse(`${reason}; nothing was moved, begin again when that is mended`);
  } finally {
    await line.close();
  }
}

async function reasonAgainst(sql: Queries): Promise<string | undefined> {
  await lockFeed(sql);
  if (!(await isAlone(sql))) return 'hubs are running on the target: stop them first';
  const [row] = await sql<{ providers: number }[]>`
    SELECT count(*) AS providers FROM golem_discovery.providers`;
  const { batch } = await readFeed(sql, 0);
  if (batch === 0 && row?.providers === 0) return undefined;
  return `the target is not empty (${row?.providers ?? 0} providers): name a database that no hub has used, or drop its schema golem_discovery`;
}

async function fill(
  sql: Queries,
  holdings: Holdings,
  progress: (done: number) => void,
): Promise<void> {
  const { listings, memories, inheritance } = holdings;
  let done = 0;
  for (let from = 0; from < listings.length; from += ROWS_AT_ONCE) {
    const slice = listings.slice(from, from + ROWS_AT_ONCE);
    const proofs = await holdings.proofs(slice.map(({ providerId }) => providerId));
    await insert(
      sql,
      slice.map((listing) => listedRow(listing, proofs.get(listing.providerId))),
    );
    progress((done += slice.length));
  }
  for (let from = 0; from < memories.length; from += ROWS_AT_ONCE) {
    const slice = memories.slice(from, from + ROWS_AT_ONCE);
    await insert(sql, slice.map(rememberedRow));
    progress((done += slice.length));
  }
  await fillHistory(sql, inheritance);
  await fillTraffic(sql, inheritance);
  const newest = [...listings.map(({ signed }) => signed?.t ?? 0), ...memories.map(({ t }) => t)];
  await setFeed(
    sql,
    inheritance,
    newest.reduce((a, b) => Math.max(a, b), 0),
  );
}

async function insert(sql: Queries, rows: readonly ProviderRow[]): Promise<void> {
  await sql`
    INSERT INTO golem_discovery.providers
    SELECT * FROM json_populate_recordset(NULL::golem_discovery.providers, ${JSON.stringify(rows)}::text::json)`;
}

async function fillHistory(sql: Queries, { history }: Inheritance): Promise<void> {
  const rows = [...history.changes].map(historyRow);
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const slice = JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE));
    await sql`
      INSERT INTO golem_discovery.history
      SELECT * FROM json_populate_recordset(NULL::golem_discovery.history, ${slice}::text::json)`;
  }
}

async function fillTraffic(sql: Queries, { traffic }: Inheritance): Promise<void> {
  await sql`
    INSERT INTO golem_discovery.traffic
    SELECT * FROM json_populate_recordset(NULL::golem_discovery.traffic, ${JSON.stringify(traffic)}::text::json)`;
}

/** Alive until this moment: the hubs that start now give everybody a full lease. */
async function setFeed(
  sql: Queries,
  { history, highWaterMark, lastAliveMs }: Inheritance,
  newestT: number,
): Promise<void> {
  const { position, earlier, changesAfter } = history;
  const epochs = JSON.stringify([...earlier, position].slice(-EPOCHS_MAX));
  const { now_ms, current_line } = await readFeed(sql, 0);
  await sql`
    UPDATE golem_discovery.feed SET epoch = ${randomEpoch()}, earlier = ${epochs},
      revision = ${position.revision}, changes_after = ${changesAfter}, line = ${current_line},
      high_water_mark = ${highWaterMark}, newest_t = ${newestT}, ticked_ms = ${now_ms},
      last_alive_ms = ${lastAliveMs ?? now_ms}`;
}

/** What no key has signed has no proof, and nobody asks for its body. */
function listedRow(listing: InheritedListing, proof: StoredProof | undefined): ListedRow {
  const { providerId, advertisement, signed, source, grant } = listing;
  if (signed && proof?.grant !== grant) throw new Error(`the proof of ${providerId} is missing`);
  const { createdAtMs, updatedAtMs, expiresAtMs } = listing;
  return {
    provider_id: providerId,
    grants: grant,
    t: signed?.t ?? null,
    advertisement: JSON.stringify(advertisement),
    body: proof?.body ?? JSON.stringify(advertisement),
    signature: proof?.signature ?? null,
    source,
    created_ms: createdAtMs,
    updated_ms: updatedAtMs,
    expires_ms: expiresAtMs,
    due_ms: expiresAtMs - updatedAtMs,
    ended: null,
    ended_ms: null,
  };
}

/** The grant before its end is not handed over: what counts on from 1 can't be met by an old expiration, which was for this database's past. */
function rememberedRow({ providerId, t, ended, endedAtMs }: Memory): ProviderRow {
  return { provider_id: providerId, grants: 0, t, ended, ended_ms: endedAtMs };
}

function historyRow({ revision, providerId, before, after, ended }: PastChange): HistoryRow {
  return {
    revision,
    at_ms: after?.updatedAtMs ?? 0,
    provider_id: providerId,
    ended: ended ?? null,
    before: before ? JSON.stringify(before) : null,
    after: after ? JSON.stringify(after) : null,
  };
}
