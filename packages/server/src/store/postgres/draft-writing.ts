/**
 * Writes a draft down: rows, history, traffic, the batch itself, and last the one row of the feed.
 * Everything that is many goes as one JSON text, which costs the database less than an array for each
 * column, and this process a tenth.
 */
import { HISTORY_CHANGES_MAX } from '../history.js';
import { TRAFFIC_HOURS_KEPT } from '../traffic.js';
import { formatChanges } from './batch-changes.js';
import type { Authorship, Draft } from './draft.js';
import { idArray, type Queries } from './feed-queries.js';

/** How long batches are kept for nodes that follow; who is further behind reads everything anew. It takes a node as long to join, at most. */
const BATCHES_KEPT_MS = 300_000;

/** Batches after which old ones are looked for. */
const BATCHES_BETWEEN = 256;

/** Rows over a bound before they are deleted: deleting many at once costs little more than one. */
const SURPLUS_ROWS = 1_024;

/** The name under which nodes hear that there is something to read. */
export const CHANNEL = 'golem_discovery';

/** Sends everything at once; resolves when all was done. Returns the number of the batch. */
export async function writeDraft(
  sql: Queries,
  draft: Draft,
  { node, batchId }: Authorship,
): Promise<number> {
  const number = draft.feed.batch + (draft.isBatch ? 1 : 0);
  const id = draft.isBatch ? batchId : draft.feed.batch_id;
  await Promise.all([
    ...writeProviders(sql, draft),
    ...writeHistory(sql, draft),
    ...writeTraffic(sql, draft),
    ...(draft.isBatch ? writeBatchRow(sql, draft, { number, id, node }) : []),
    writeFeed(sql, draft, { number, id, node }),
  ]);
  return number;
}

interface Name {
  readonly number: number;
  readonly id: string;
  readonly node: string;
}

function* writeProviders(sql: Queries, draft: Draft) {
  const { put, deleted } = draft.written();
  if (put.length > 0) {
    yield sql`
      INSERT INTO golem_discovery.providers
      SELECT * FROM json_populate_recordset(NULL::golem_discovery.providers, ${JSON.stringify(put)}::text::json)
      ON CONFLICT (provider_id) DO UPDATE SET
        grants = excluded.grants, t = excluded.t, advertisement = excluded.advertisement,
        body = excluded.body, signature = excluded.signature, source = excluded.source,
        created_ms = excluded.created_ms, updated_ms = excluded.updated_ms,
        expires_ms = excluded.expires_ms, due_ms = excluded.due_ms,
        ended = excluded.ended, ended_ms = excluded.ended_ms`;
  }
  if (deleted.length > 0) {
    yield sql`
      DELETE FROM golem_discovery.providers
      WHERE provider_id = ANY(${idArray(deleted)}::text::text[])`;
  }
}

function* writeHistory(sql: Queries, draft: Draft) {
  if (draft.history.length > 0) {
    yield sql`
      INSERT INTO golem_discovery.history
      SELECT * FROM json_populate_recordset(NULL::golem_discovery.history, ${JSON.stringify(draft.history)}::text::json)`;
  }
  const surplus = draft.position.revision - draft.changesAfter - HISTORY_CHANGES_MAX;
  if (surplus > SURPLUS_ROWS) draft.changesAfter += surplus;
  if (draft.changesAfter > draft.feed.changes_after) {
    yield sql`DELETE FROM golem_discovery.history WHERE revision <= ${draft.changesAfter}`;
  }
}

function* writeTraffic(sql: Queries, draft: Draft) {
  const { hours } = draft.traffic;
  if (hours.length === 0) return;
  yield sql`
    INSERT INTO golem_discovery.traffic AS known
    SELECT * FROM json_populate_recordset(NULL::golem_discovery.traffic, ${JSON.stringify(hours)}::text::json)
    ON CONFLICT (hour) DO UPDATE SET arrived = known.arrived + excluded.arrived,
      withdrawn = known.withdrawn + excluded.withdrawn, expired = known.expired + excluded.expired`;
  yield sql`
    DELETE FROM golem_discovery.traffic WHERE hour <=
      (SELECT hour FROM golem_discovery.traffic ORDER BY hour DESC LIMIT 1 OFFSET ${TRAFFIC_HOURS_KEPT})`;
}

/** A word to all nodes goes with it: it is sent when the transaction is committed, and never otherwise. */
function* writeBatchRow(sql: Queries, draft: Draft, { number, id, node }: Name) {
  const { epoch, revision } = draft.position;
  yield sql`
    INSERT INTO golem_discovery.batches (number, id, node, epoch, revision, lease_ms, high_water_mark, committed_ms, changes)
    VALUES (${number}, ${id}, ${node}, ${epoch}, ${revision}, ${draft.leaseMs}, ${draft.highWaterMark}, ${draft.feed.now_ms}, ${formatChanges(draft.changes)})
    RETURNING pg_notify(${CHANNEL}, ${node}::text)`;
  if (number % BATCHES_BETWEEN === 0) {
    yield sql`DELETE FROM golem_discovery.batches WHERE committed_ms < ${draft.feed.now_ms - BATCHES_KEPT_MS}`;
  }
}

async function writeFeed(sql: Queries, draft: Draft, { number, id, node }: Name): Promise<void> {
  const { feed, position } = draft;
  const [keeper, keeperMs] = draft.isKeeper ? [node, feed.now_ms] : [feed.keeper, feed.keeper_ms];
  await sql`
    UPDATE golem_discovery.feed SET epoch = ${position.epoch}, earlier = ${draft.earlier},
      revision = ${position.revision}, changes_after = ${draft.changesAfter},
      batch = ${number}, batch_id = ${id}, line = ${feed.current_line},
      high_water_mark = ${draft.highWaterMark}, newest_t = ${draft.newestT},
      lease_ms = ${draft.leaseMs}, ticked_ms = ${feed.now_ms}, last_alive_ms = ${draft.lastAliveMs},
      revived_ms = ${draft.revivedMs}, keeper = ${keeper}, keeper_ms = ${keeperMs}`;
}
