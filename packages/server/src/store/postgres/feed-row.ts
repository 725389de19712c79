/**
 * The one row that says where everything stands: the history, the clock of leases, the mark, and who
 * sweeps. It is read under the lock before a batch is decided, and written with it.
 *
 * The clock of leases is the database's: it goes on for as long as somebody writes to this row every
 * few seconds, and stands still over any longer silence, in which no node can have taken a renewal.
 */
import type { Position } from '../history.js';
import type { ListedRow } from './provider-row.js';

/** As it lies in the table, with three things that are asked for together with it. */
export interface FeedRow {
  readonly epoch: string;
  /** JSON of positions. */
  readonly earlier: string;
  readonly revision: number;
  readonly changes_after: number;
  readonly batch: number;
  readonly batch_id: string;
  readonly line: string;
  readonly high_water_mark: number;
  readonly newest_t: number;
  readonly lease_ms: number;
  readonly ticked_ms: number;
  readonly revived_ms: number;
  readonly last_alive_ms: number | null;
  readonly keeper: string;
  readonly keeper_ms: number;
  /** The database's clock. */
  readonly now_ms: number;
  /** Which line of its history the database is on: another one after a restore or a fail-over. */
  readonly current_line: string;
  /** The id of the batch that was asked for; `null` where it is not kept. */
  readonly known_id: string | null;
}

/** A longer silence is one in which nobody could renew. */
export const SILENCE_MS_MAX = 3_000;

/** What the clock of leases shows as the row was read. */
export function leaseTimeOf({ lease_ms, ticked_ms, now_ms }: FeedRow): number {
  const passedMs = now_ms - ticked_ms;
  return passedMs > 0 && passedMs <= SILENCE_MS_MAX ? lease_ms + passedMs : lease_ms;
}

/** When a lease ends, by the clock of leases: what ran when all nodes went away was counted anew when the first came back. */
export function dueOf(
  { due_ms, expires_ms, updated_ms }: Pick<ListedRow, 'due_ms' | 'expires_ms' | 'updated_ms'>,
  revivedMs: number,
): number {
  return due_ms > revivedMs ? Math.max(due_ms, revivedMs + expires_ms - updated_ms) : due_ms;
}

/** How much of a lease is left. */
export function remainingMs(
  row: Pick<ListedRow, 'due_ms' | 'expires_ms' | 'updated_ms'>,
  revivedMs: number,
  leaseMs: number,
): number {
  return Math.max(0, dueOf(row, revivedMs) - leaseMs);
}

export function positionOf({ epoch, revision }: Pick<FeedRow, 'epoch' | 'revision'>): Position {
  return { epoch, revision };
}

/** Where earlier epochs ended. */
export function parseEarlier(text: string): readonly Position[] {
  const positions: unknown = JSON.parse(text);
  return Array.isArray(positions) ? positions.filter(isPosition) : [];
}

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && 'epoch' in value && 'revision' in value;
}
