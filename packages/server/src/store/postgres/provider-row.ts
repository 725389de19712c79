/**
 * The row of a provider, and what it means. Its fields are called as the columns are, so that rows go to
 * the database as JSON and come back as they are. Cost: well under a microsecond to turn one round.
 */
import type { AdvertisementBody, ProviderId } from 'golem-vm-discovery-protocol';
import type { EndKind, InheritedListing, Memory } from '../contract.js';
import type { Stored, StoredListing, StoredMemory } from '../decision.js';

/** What stands in every row. */
interface AnyRow {
  readonly provider_id: ProviderId;
  readonly grants: number;
}

/** A provider that is listed. */
export interface ListedRow extends AnyRow {
  readonly t: number | null;
  /** JSON of the known fields. */
  readonly advertisement: string;
  readonly body: string;
  readonly signature: string | null;
  readonly source: string;
  readonly created_ms: number;
  readonly updated_ms: number;
  readonly expires_ms: number;
  /** When its lease ends, by the clock of leases. */
  readonly due_ms: number;
  readonly ended: null;
  readonly ended_ms: null;
}

/** A provider that is remembered. */
export interface RememberedRow extends AnyRow {
  readonly t: number;
  readonly ended: EndKind;
  readonly ended_ms: number;
}

export type ProviderRow = ListedRow | RememberedRow;

export function isListed(row: ProviderRow | undefined): row is ListedRow {
  return row?.ended === null;
}

/** What the rule looks at. */
export function storedOf(row: ProviderRow | undefined): Stored | undefined {
  if (row === undefined) return undefined;
  return isListed(row) ? storedListing(row) : storedMemory(row);
}

export function storedListing(row: ListedRow): StoredListing {
  return {
    kind: 'listed',
    t: row.t ?? undefined,
    body: row.body,
    source: row.source,
    createdAtMs: row.created_ms,
    updatedAtMs: row.updated_ms,
    expiresAtMs: row.expires_ms,
    grant: row.grants,
  };
}

function storedMemory(row: RememberedRow): StoredMemory {
  const { t, ended, ended_ms: endedAtMs, grants: grant } = row;
  return { kind: 'remembered', t, ended, endedAtMs, grant };
}

/** A row of who is listed, without the bytes that only a proof needs. */
export type BareListedRow = Omit<ListedRow, 'body' | 'signature'>;

/** The columns of a row without the bytes that only a proof needs. */
export type BareRow = BareListedRow | RememberedRow;

/** As an earlier run, or another node, left it. */
export function inheritedListing(row: BareListedRow): InheritedListing {
  return {
    providerId: row.provider_id,
    advertisement: parseAdvertisement(row.advertisement),
    signed: row.t === null ? undefined : { t: row.t },
    source: row.source,
    createdAtMs: row.created_ms,
    updatedAtMs: row.updated_ms,
    expiresAtMs: row.expires_ms,
    grant: row.grants,
  };
}

export function memoryOf(row: RememberedRow): Memory {
  const { provider_id: providerId, t, ended, ended_ms: endedAtMs } = row;
  return { providerId, t, ended, endedAtMs };
}

/** Reads what was stored of a parsed advertisement. */
export function parseAdvertisement(text: string): AdvertisementBody {
  const value: unknown = JSON.parse(text);
  if (!isAdvertisement(value)) throw new TypeError(`not what was stored: ${text}`);
  return value;
}

function isAdvertisement(value: unknown): value is AdvertisementBody {
  return typeof value === 'object' && value !== null && 'ip_address' in value;
}
