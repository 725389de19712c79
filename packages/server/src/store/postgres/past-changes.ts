/** Changes of the past as they are kept: JSON in a column, so that a new field needs no migration. Cost: a microsecond or two each. */
import type { ProviderId, Terms } from 'golem-vm-discovery-protocol';
import type { PastChange, Shown } from '../history.js';
import { type ListedRow, parseAdvertisement } from './provider-row.js';

/** A row of `history`. */
export interface HistoryRow {
  readonly revision: number;
  readonly at_ms: number;
  readonly provider_id: ProviderId;
  readonly ended: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** What requirements look at; `undefined` where somebody broke the row by hand: it must not fail all that is committed with its end. */
export function termsOf(row: ListedRow): Terms | undefined {
  try {
    return readTerms(row);
  } catch {
    return undefined;
  }
}

function readTerms({ advertisement, t }: ListedRow): Terms {
  const { country, resources, platform, pricing } = parseAdvertisement(advertisement);
  return {
    country,
    resources,
    ...(platform !== undefined && { platform }),
    ...(pricing !== undefined && { pricing }),
    verified: t !== null,
  };
}

/** What answers show, as JSON. */
export function shownText(row: ListedRow): string {
  const times = `"createdAtMs":${row.created_ms},"updatedAtMs":${row.updated_ms},"expiresAtMs":${row.expires_ms}`;
  return `{"advertisement":${row.advertisement},"verified":${row.t !== null},${times}}`;
}

/** Reads rows when somebody resumes, and not before. */
export function* readPastChanges(rows: readonly HistoryRow[]): Generator<PastChange> {
  for (const row of rows) yield pastChange(row);
}

function parseTerms(text: string | null): Terms | undefined {
  if (text === null) return undefined;
  const value: unknown = JSON.parse(text);
  if (!isTerms(value)) throw new TypeError(`not what was kept: ${text}`);
  return value;
}

function pastChange({ revision, provider_id: providerId, ended, before, after }: HistoryRow) {
  const change = { revision, providerId, before: parseTerms(before) };
  if (after !== null) return { ...change, after: shownOf(after) };
  if (ended === 'withdrawn' || ended === 'expired') return { ...change, ended } as const;
  throw new TypeError('a change of the past that neither begins nor ends');
}

function shownOf(text: string): Shown {
  const value: unknown = JSON.parse(text);
  if (!isShown(value)) throw new TypeError(`not what was kept: ${text}`);
  return value;
}

function isTerms(value: unknown): value is Terms {
  return typeof value === 'object' && value !== null && 'resources' in value && 'verified' in value;
}

function isShown(value: unknown): value is Shown {
  return typeof value === 'object' && value !== null && 'createdAtMs' in value;
}
