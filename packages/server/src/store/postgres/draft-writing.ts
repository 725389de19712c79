/**
 * Writes a draft down, in two parts: the rows, which nobody has to wait for, and under the lock what
 * has an order: history, traffic, the batch itself, and last the one row of the feed. Everything that is
 * many goes as one JSON text, which costs the database less than an array for each column, and this
 * process a tenth.
 */
import type { PendingQuery, Row } from 'postgres';
import type { ProviderId } from 'golem-vm-discovery-protocol';
import { HISTORY_CHANGES_MAX } from '../history.js';
import { TRAFFIC_HOURS_KEPT } from '../traffic.js';
import { formatChanges } from './batch-changes.js';
import type { Draft } from './draft.js';
import type { Authorship } from './feed-draft.js';
import { idArray, type Queries } from './feed-queries.js';
import type { ListedRow, ProviderRow } from './provider-row.js';

/** How long batches are kept for nodes that follow; who is further behind reads everything anew. It takes a node as long to join, at most. */
const BATCHES_KEPT_MS = 300_000;

/** Batches after which old ones are looked for. */
const BATCHES_BETWEEN = 256;

/** Rows over a bound before they are deleted: deleting many at once costs little more than one. */
const SURPLUS_ROWS = 1_024;

/** The name under which nodes hear that there is something to read. */
export const CHANNEL = 'golem_discovery';

/** What has been sent, in this order. */
type Statements = readonly PendingQuery<Row[]>[];

interface Name {
  readonly number: number;
  readonly id: string;
  readonly node: string;
}

/** The rows, which are locked already; one that appeared since, of a provider of whom nothing was stored, fails it all. */
export function writeProviders(sql: Queries, draft: Draft): Statements {
  const { inserted, replaced, renewed, deleted } = draft.rows;
  return [
    ...(inserted.length > 0 ? [insertProviders(sql, inserted)] : []),
    ...(replaced.length > 0 ? [replaceProviders(sql, replaced)] : []),
    ...(renewed.length > 0 ? [renewProviders(sql, renewed)] : []),
    ...(deleted.length > 0 ? [deleteProviders(sql, deleted)] : []),
  ];
}

/** Everything that has an order. */
export function writeOrder(sql: Queries, draft: Draft, { node, batchId }: Authorship): Statements {
  const { isBatch } = draft;
  const { row } = draft.feed;
  const name = {
    number: row.batch + (isBatch ? 1 : 0),
    id: isBatch ? batchId : row.batch_id,
    node,
  };
  return [
    ...writeHistory(sql, draft),
    ...writeTraffic(sql, draft),
    ...(isBatch ? writeBatchRow(sql, draft, name) : []),
    writeFeed(sql, draft, name),
  ];
}

/** New rows of providers of whom nothing is stored, in the order of ids like all locks. */
export function insertProviders(sql: Queries, rows: readonly ProviderRow[]) {
  return sql`
    INSERT INTO golem_discovery.providers
    SELECT * FROM json_populate_recordset(NULL::golem_discovery.providers, ${JSON.stringify(rows)}::text::json)
    ORDER BY provider_id`.execute();
}

function replaceProviders(sql: Queries, rows: readonly ProviderRow[]) {
  return sql`
    UPDATE golem_discovery.providers AS known SET
      grants = said.grants, t = said.t, advertisement = said.advertisement, body = said.body,
      signature = said.signature, source = said.source, created_ms = said.created_ms,
      updated_ms = said.updated_ms, expires_ms = said.expires_ms, due_ms = said.due_ms,
      ended = said.ended, ended_ms = said.ended_ms
    FROM json_populate_recordset(NULL::golem_discovery.providers, ${JSON.stringify(rows)}::text::json) AS said
    WHERE known.provider_id = said.provider_id`.execute();
}

/** Two thirds of what a row costs are its words: to send, to parse, and to write. */
function renewProviders(sql: Queries, rows: readonly ListedRow[]) {
  const text = JSON.stringify(rows.map(withoutWords));
  return sql`
    UPDATE golem_discovery.providers AS known SET
      grants = said.grants, t = said.t, signature = said.signature, source = said.source,
      created_ms = said.created_ms, updated_ms = said.updated_ms, expires_ms = said.expires_ms,
      due_ms = said.due_ms
    FROM json_to_recordset(${text}::text::json) AS said(provider_id text, grants bigint, t bigint,
      signature text, source text, created_ms bigint, updated_ms bigint, expires_ms bigint, due_ms bigint)
    WHERE known.provider_id = said.provider_id`.execute();
}

function withoutWords(row: ListedRow): object {
  const { provider_id, grants, t, signature, source, created_ms, updated_ms, expires_ms, due_ms } =
    row;
  return { provider_id, grants, t, signature, source, created_ms, updated_ms, expires_ms, due_ms };
}

function deleteProviders(sql: Queries, providerIds: readonly ProviderId[]) {
  return sql`
    DELETE FROM golem_discovery.providers
    WHERE provider_id = ANY(${idArray(providerIds)}::text::text[])`.execute();
}

function* writeHistory(sql: Queries, draft: Draft) {
  const { history } = draft;
  if (history.length > 0) {
    yield sql`
      INSERT INTO golem_discovery.history
      SELECT * FROM json_populate_recordset(NULL::golem_discovery.history, ${JSON.stringify(history)}::text::json)`.execute();
  }
  const surplus = draft.position.revision - draft.feed.changesAfter - HISTORY_CHANGES_MAX;
  if (surplus > SURPLUS_ROWS) draft.feed.forgetUpTo(draft.feed.changesAfter + surplus);
  if (draft.feed.changesAfter > draft.feed.row.changes_after) {
    yield sql`DELETE FROM golem_discovery.history WHERE revision <= ${draft.feed.changesAfter}`.execute();
  }
}

function* writeTraffic(sql: Queries, draft: Draft) {
  const { hours } = draft.traffic;
  if (hours.length === 0) return;
  yield sql`
    INSERT INTO golem_discovery.traffic AS known
    SELECT * FROM json_populate_recordset(NULL::golem_discovery.traffic, ${JSON.stringify(hours)}::text::json)
    ON CONFLICT (hour) DO UPDATE SET arrived = known.arrived + excluded.arrived,
      withdrawn = known.withdrawn + excluded.withdrawn, expired = known.expired + excluded.expired`.execute();
  yield sql`
    DELETE FROM golem_discovery.traffic WHERE hour <=
      (SELECT hour FROM golem_discovery.traffic ORDER BY hour DESC LIMIT 1 OFFSET ${TRAFFIC_HOURS_KEPT})`.execute();
}

/** A word to all nodes goes with it: it is sent when the transaction is committed, and never otherwise. */
function* writeBatchRow(sql: Queries, draft: Draft, { number, id, node }: Name) {
  const { feed } = draft;
  const { epoch, revision } = draft.position;
  yield sql`
    INSERT INTO golem_discovery.batches (number, id, node, epoch, revision, lease_ms, high_water_mark, committed_ms, changes)
    VALUES (${number}, ${id}, ${node}, ${epoch}, ${revision}, ${feed.leaseMs}, ${feed.highWaterMark}, ${feed.row.now_ms}, ${formatChanges(draft.changes)})
    RETURNING pg_notify(${CHANNEL}, ${node}::text)`.execute();
  if (number % BATCHES_BETWEEN === 0) {
    yield sql`DELETE FROM golem_discovery.batches WHERE committed_ms < ${feed.row.now_ms - BATCHES_KEPT_MS}`.execute();
  }
}

function writeFeed(sql: Queries, draft: Draft, { number, id, node }: Name) {
  const { feed, position } = draft;
  const { row } = feed;
  const [keeper, keeperMs] = feed.isKeeper ? [node, row.now_ms] : [row.keeper, row.keeper_ms];
  return sql`
    UPDATE golem_discovery.feed SET epoch = ${position.epoch}, earlier = ${feed.earlier},
      revision = ${position.revision}, changes_after = ${feed.changesAfter},
      batch = ${number}, batch_id = ${id}, line = ${row.current_line},
      high_water_mark = ${feed.highWaterMark}, newest_t = ${feed.newestT},
      lease_ms = ${feed.leaseMs}, ticked_ms = ${row.now_ms}, last_alive_ms = ${feed.lastAliveMs},
      revived_ms = ${feed.revivedMs}, keeper = ${keeper}, keeper_ms = ${keeperMs}`.execute();
}
