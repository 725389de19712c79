/**
 * How a node comes to those who share the database. Each holds a lock for as long as its connection
 * lives, shared with all others: who can have it alone, for a moment, is the first. While nobody was there
 * no lease may have run: the first gives every lease that ran a full one again, and where that was
 * too long ago, none at all.
 */
import type { FeedDraft } from './feed-draft.js';
import type { Queries } from './feed-queries.js';
import { type FeedRow, SILENCE_MS_MAX } from './feed-row.js';

/** Held by every node, shared. */
const PRESENCE_LOCK = 7_302_114_907_345_203;

/** Leases don't outlive a longer absence of all nodes: their providers have gone elsewhere. */
export const ABSENCE_MS_MAX = 15 * 60_000;

/** Longer than any lease. */
const FOREVER_MS = 2 * 86_400_000;

/** Whether no other node is there, asked under the lock of the feed. */
export async function isAlone(sql: Queries): Promise<boolean> {
  const [row] = await sql<{ alone: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(${PRESENCE_LOCK}::bigint) AS alone`;
  return row?.alone === true;
}

/** From now on this connection says that its node is there. */
export async function sayPresent(sql: Queries): Promise<void> {
  await sql`SELECT pg_try_advisory_lock_shared(${PRESENCE_LOCK}::bigint)`;
}

/** Whether leases have to be counted anew: nobody was there, or nobody could write. */
export function wereAllAway(feed: FeedRow, alone: boolean): boolean {
  const isNew = feed.ticked_ms === 0;
  return !isNew && (alone || feed.now_ms - feed.ticked_ms > SILENCE_MS_MAX);
}

/** Whether whoever was the last has gone for good, and not just come, still without the lock by which it says so. */
export function isQuiet({ keeper, ticked_ms, now_ms }: FeedRow): boolean {
  return keeper === '' || now_ms - ticked_ms > SILENCE_MS_MAX;
}

/** Counts leases anew, or ends them all. */
export function revive(feed: FeedDraft): void {
  const { now_ms, ticked_ms } = feed.row;
  feed.revive(now_ms - ticked_ms > ABSENCE_MS_MAX ? FOREVER_MS : 0);
}
