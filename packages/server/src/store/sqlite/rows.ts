/**
 * The rows of the file and what they mean. Invariant: a row becomes one of these types only if
 * every column has its type; whether the values are the ones that were written is the checksum's
 * to say. Cost: well under a microsecond for a row.
 */
import type { EndKind } from '../contract.js';
import type { StoredListing, StoredMemory } from '../decision.js';
import { type Column, rowChecksum } from './row-checksum.js';

/** The columns of `advertisements`, in order, without the checksum that follows them. */
export type ListingColumns = readonly [
  providerId: string,
  ipAddress: string,
  country: string,
  resources: string,
  createdAt: string,
  updatedAt: string,
  platform: string | null,
  pricing: string | null,
  providerName: string | null,
  body: string,
  signature: string | null,
  t: number | null,
  expiresAtMs: number,
  source: string,
  grants: number,
];

/** The columns of `memories`, likewise. */
export type MemoryColumns = readonly [
  providerId: string,
  t: number,
  ended: EndKind,
  endedAtMs: number,
  grants: number,
];

/** The columns of `meta`, likewise, without `id`. */
export type MetaColumns = readonly [
  highWaterMark: number,
  lastAliveMs: number | null,
  rowCount: number,
  rowDigest: number,
];

/** The columns of `history`, likewise; `before` and `after` are JSON of `past-changes`. */
export type HistoryColumns = readonly [
  revision: number,
  atMs: number,
  providerId: string,
  ended: 'withdrawn' | 'expired' | null,
  before: string | null,
  after: string | null,
];

/** The columns of `feed`, likewise, without `id`; `earlier` is JSON. */
export type FeedColumns = readonly [
  epoch: string,
  revision: number,
  changesAfter: number,
  earlier: string,
  closedAtMs: number | null,
];

/** The columns of `traffic`, likewise. */
export type TrafficColumns = readonly [
  hour: number,
  arrived: number,
  withdrawn: number,
  expired: number,
];

/** Columns with their checksum behind them: a row as it lies in the file. */
export type Sealed<Columns extends readonly Column[]> = readonly [...Columns, checksum: number];
export type ListingRow = Sealed<ListingColumns>;
export type MemoryRow = Sealed<MemoryColumns>;
export type MetaRow = Sealed<MetaColumns>;
export type TrafficRow = Sealed<TrafficColumns>;
export type HistoryRow = Sealed<HistoryColumns>;
export type FeedRow = Sealed<FeedColumns>;

/** A type for each column: text, integer; capital where it may be null. */
const LISTING_COLUMNS = 'ttttttTTTtTIitii';
const MEMORY_COLUMNS = 'titiii';
const META_COLUMNS = 'iIiii';
const TRAFFIC_COLUMNS = 'iiiii';
const HISTORY_COLUMNS = 'iitTTTi';
const FEED_COLUMNS = 'tiitIi';

/** Whether this is a row of `advertisements`, by its types. */
export function isListingRow(row: unknown): row is ListingRow {
  return hasColumns(row, LISTING_COLUMNS);
}

/** Whether this is a row of `memories`, by its types. */
export function isMemoryRow(row: unknown): row is MemoryRow {
  return hasColumns(row, MEMORY_COLUMNS) && isEndKind(row[2]);
}

/** Whether this is the row of `meta`, by its types. */
export function isMetaRow(row: unknown): row is MetaRow {
  return hasColumns(row, META_COLUMNS);
}

/** Whether this is a row of `history`, by its types. */
export function isHistoryRow(row: unknown): row is HistoryRow {
  return hasColumns(row, HISTORY_COLUMNS);
}

/** Whether this is a row of `traffic`, by its types. */
export function isTrafficRow(row: unknown): row is TrafficRow {
  return hasColumns(row, TRAFFIC_COLUMNS);
}

/** Whether this is the row of `feed`, by its types. */
export function isFeedRow(row: unknown): row is FeedRow {
  return hasColumns(row, FEED_COLUMNS);
}

/** Whether the last column is the checksum of all before it. */
export function isIntact(row: readonly Column[]): boolean {
  return row.at(-1) === rowChecksum(row.slice(0, -1));
}

/** The row of these columns. */
export function seal<Columns extends readonly Column[]>(columns: Columns): Sealed<Columns> {
  return [...columns, rowChecksum(columns)];
}

/** The columns of a listing with another `t`; the signature goes on saying what was signed. */
export function listingWithTime(row: ListingRow, t: number): ListingColumns {
  const [a, b, c, d, e, f, g, h, i, body, signature, , expiresAtMs, source, grants] = row;
  return [a, b, c, d, e, f, g, h, i, body, signature, t, expiresAtMs, source, grants];
}

/** What the rule looks at. */
export function storedListing(row: ListingRow): StoredListing {
  const [, , , , createdAt, updatedAt, , , , body, , t, expiresAtMs, source, grant] = row;
  return {
    kind: 'listed',
    t: t ?? undefined,
    body,
    source,
    createdAtMs: Date.parse(createdAt),
    updatedAtMs: Date.parse(updatedAt),
    expiresAtMs,
    grant,
  };
}

/** What the rule looks at. */
export function storedMemory([, t, ended, endedAtMs, grant]: MemoryRow): StoredMemory {
  return { kind: 'remembered', t, ended, endedAtMs, grant };
}

/** Whether this is why a provider is remembered. */
export function isEndKind(value: unknown): value is EndKind {
  return value === 'withdrawn' || value === 'expired' || value === 'not_listed';
}

function hasColumns(row: unknown, types: string): row is Column[] {
  if (!Array.isArray(row) || row.length !== types.length) return false;
  return row.every((column: unknown, index) => hasType(column, types.charAt(index)));
}

function hasType(column: unknown, type: string): boolean {
  if (column === null) return type === 'T' || type === 'I';
  if (type === 't' || type === 'T') return typeof column === 'string';
  return Number.isSafeInteger(column);
}
