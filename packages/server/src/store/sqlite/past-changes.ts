/**
 * Changes of the past as texts: made by the worker from rows, whose own texts go in as they are,
 * and read by the main thread, when somebody resumes and not before. JSON in a column, so that a
 * new field of an advertisement needs no migration here. Cost: about a microsecond to make one.
 */
import type { AdvertisementBody, Terms } from 'golem-vm-discovery-protocol';
import type { PastChange, Revised, Shown } from '../history.js';
import type { FlatMessage } from './flat-message.js';
import { FlatReader, type FlatWriter } from './flat-message.js';
import type { HistoryRow, ListingRow } from './rows.js';
import { asProviderId, parseAs } from './stored-rows.js';

/** A revision and the text of what was listed before, as they travel with a change. */
export interface RevisedText {
  readonly revision: number;
  readonly before: string | null;
}

/** What requirements look at, as JSON. */
export function termsText(row: ListingRow): string {
  const [, , country, resources, , , platform, pricing] = row;
  return objectText([
    ['country', JSON.stringify(country)],
    ['resources', resources],
    ['platform', platform && JSON.stringify(platform)],
    ['pricing', pricing],
    ['verified', isSigned(row)],
  ]);
}

/** What answers show, as JSON. */
export function shownText(row: ListingRow): string {
  const [, ipAddress, country, resources, createdAt, updatedAt, platform, pricing, name] = row;
  const advertisement = objectText([
    ['ip_address', JSON.stringify(ipAddress)],
    ['country', JSON.stringify(country)],
    ['resources', resources],
    ['platform', platform && JSON.stringify(platform)],
    ['pricing', pricing],
    ['provider_name', name && JSON.stringify(name)],
  ]);
  return objectText([
    ['advertisement', advertisement],
    ['verified', isSigned(row)],
    ['createdAtMs', String(Date.parse(createdAt))],
    ['updatedAtMs', String(Date.parse(updatedAt))],
    ['expiresAtMs', String(row[12])],
  ]);
}

function isSigned(row: ListingRow): string {
  return String(row[11] !== null);
}

/** An object of values that are JSON already; what is `null` is left out. */
function objectText(fields: readonly (readonly [name: string, json: string | null])[]): string {
  let text = '';
  for (const [name, json] of fields) if (json !== null) text += `,"${name}":${json}`;
  return `{${text.slice(1)}}`;
}

export function writeRevised(out: FlatWriter, revised: RevisedText | undefined): void {
  out.number(revised?.revision);
  out.text(revised?.before);
}

export function readRevised(input: FlatReader): Revised | undefined {
  const revision = input.optionalNumber();
  const before = input.optionalText();
  return revision === undefined ? undefined : { revision, before: termsOf(before) };
}

export function writePastChange(out: FlatWriter, row: HistoryRow): void {
  const [revision, , providerId, ended, before, after] = row;
  out.number(revision);
  out.text(providerId);
  out.text(ended);
  out.text(before);
  out.text(after);
}

/** Reads chunks that were kept as they came. */
export function* readPastChanges(chunks: readonly FlatMessage[]): Generator<PastChange> {
  for (const chunk of chunks) {
    const input = new FlatReader(chunk);
    while (!input.finished) yield readPastChange(input);
  }
}

function readPastChange(input: FlatReader): PastChange {
  const revision = input.number();
  const providerId = asProviderId(input.text());
  const ended = input.optionalText();
  const before = termsOf(input.optionalText());
  const after = input.optionalText();
  const change = { revision, providerId, before };
  if (after !== null) return { ...change, after: parseAs(isShown, after) };
  if (ended === 'withdrawn' || ended === 'expired') return { ...change, ended };
  throw new TypeError('a change of the past that neither begins nor ends');
}

function termsOf(text: string | null): Terms | undefined {
  return text === null ? undefined : parseAs(isTerms, text);
}

function isTerms(value: unknown): value is Terms {
  return typeof value === 'object' && value !== null && 'resources' in value && 'verified' in value;
}

function isShown(value: unknown): value is Shown {
  return (
    typeof value === 'object' &&
    value !== null &&
    'createdAtMs' in value &&
    'advertisement' in value &&
    isAdvertisement(value.advertisement)
  );
}

function isAdvertisement(value: unknown): value is AdvertisementBody {
  return typeof value === 'object' && value !== null && 'ip_address' in value;
}
