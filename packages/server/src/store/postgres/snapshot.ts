/**
 * Everything that is stored, as of one moment: where the feed stands, and every row, a few thousand at
 * a time. Invariant: what is handed over is what all batches up to `feed.batch` led to, and nothing
 * of any later one. Cost: some 8 µs a row here, and as much of the database.
 */
import type { InheritedListing, StoreLoader } from '../contract.js';
import type { InheritedHistory } from '../history.js';
import type { HourTraffic } from '../traffic.js';
import { UnreadableStore } from '../unreadable-store.js';
import { unreadable } from './failures.js';
import { type Queries, readFeed } from './feed-queries.js';
import { type FeedRow, leaseTimeOf, parseEarlier, positionOf, remainingMs } from './feed-row.js';
import type { Line } from './line.js';
import { type HistoryRow, readPastChanges } from './past-changes.js';
import { type BareListedRow, type BareRow, inheritedListing, memoryOf } from './provider-row.js';

/** Rows that are handed over at once: some 20 ms. */
const CHUNK = 2_000;

/** How long reading everything may take: a hundred times as long as a million rows do. */
const SNAPSHOT_MS_MAX = 15 * 60_000;

/** One moment for all that is asked. */
const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** Receives a snapshot. */
export interface SnapshotReader {
  /** Once, before any row. */
  begin(feed: FeedRow): void;
  rows(chunk: readonly BareRow[]): void;
}

/** What stands beside the rows. */
export interface Beside {
  readonly feed: FeedRow;
  readonly history: InheritedHistory;
  readonly traffic: readonly HourTraffic[];
}

/** Reads everything; `known` is the batch that `readFeed` is to look for. */
export async function readSnapshot(
  line: Line,
  known: number,
  reader: SnapshotReader,
): Promise<Beside> {
  return line.transact(SNAPSHOT_MS_MAX, BEGIN, async (sql) => {
    const feed = await readFeed(sql, known);
    reader.begin(feed);
    const rows = sql<BareRow[]>`
      SELECT provider_id, grants, t, advertisement, source, created_ms, updated_ms, expires_ms,
        due_ms, ended, ended_ms
      FROM golem_discovery.providers`;
    await rows.cursor(CHUNK, (chunk) => reader.rows(chunk));
    return { feed, history: await readHistory(sql, feed), traffic: await readTraffic(sql) };
  });
}

/** Reads everything for whoever starts; rejects with `UnreadableStore` where the database fails. */
export async function loadSnapshot(line: Line, loader: StoreLoader): Promise<Beside> {
  let begun: FeedRow | undefined;
  const reader: SnapshotReader = {
    begin: (feed) => {
      begun = feed;
    },
    rows: (chunk) => {
      if (begun) handOver(chunk, begun, loader);
    },
  };
  try {
    return await readSnapshot(line, 0, reader);
  } catch (error) {
    throw unreadable(error);
  }
}

function handOver(chunk: readonly BareRow[], feed: FeedRow, loader: StoreLoader): void {
  const leaseMs = leaseTimeOf(feed);
  const listings = [];
  const memories = [];
  for (const row of chunk) {
    if (row.ended !== null) memories.push(memoryOf(row));
    else {
      const left = remainingMs(row, feed.revived_ms, leaseMs);
      listings.push({ ...listingOf(row), remainingMs: left });
    }
  }
  if (listings.length > 0) loader.listings(listings);
  if (memories.length > 0) loader.memories(memories);
}

/** What somebody wrote there by hand keeps every hub from starting: it has to be named. */
function listingOf(row: BareListedRow): InheritedListing {
  try {
    return inheritedListing(row);
  } catch (cause) {
    throw new UnreadableStore(
      `the row of ${row.provider_id} in golem_discovery.providers holds no advertisement: delete it, and its provider comes back with the next renewal`,
      { cause },
    );
  }
}

/** The changes that are kept, and where they lead. */
export async function readHistory(
  sql: Queries,
  feed: Pick<FeedRow, 'epoch' | 'revision' | 'earlier' | 'changes_after'>,
): Promise<InheritedHistory> {
  const rows = await sql<HistoryRow[]>`
    SELECT revision, at_ms, provider_id, ended, before, after FROM golem_discovery.history
    WHERE revision > ${feed.changes_after} AND revision <= ${feed.revision} ORDER BY revision`;
  return {
    position: positionOf(feed),
    earlier: parseEarlier(feed.earlier),
    changes: readPastChanges(rows),
    changesAfter: feed.changes_after,
  };
}

async function readTraffic(sql: Queries): Promise<readonly HourTraffic[]> {
  const hours = await sql<HourTraffic[]>`
    SELECT hour, arrived, withdrawn, expired FROM golem_discovery.traffic ORDER BY hour`;
  return [...hours];
}
