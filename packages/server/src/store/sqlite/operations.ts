/**
 * Carries out each request inside a commit: reads what is stored, asks the rule, writes down its
 * answer. It decides nothing itself.
 */
import {
  decideAdvertise,
  decideWithdraw,
  expired,
  lowerStanding,
  lowerTime,
  type Standing,
  type Stored,
  type StoredListing,
  type StoredMemory,
} from '../decision.js';
import type { Book } from './book.js';
import { type RevisedText, shownText, termsText } from './past-changes.js';
import type { AdvertiseReply, Ended, LowerReply, WithdrawReply } from './replies.js';
import type {
  AdvertiseRequest,
  ExpireRequest,
  ForgetRequest,
  LowerRequest,
  WithdrawRequest,
} from './requests.js';
import {
  type ListingColumns,
  type ListingRow,
  listingWithTime,
  type MemoryRow,
  storedListing,
  storedMemory,
} from './rows.js';

/** Providers whose `t` is lowered in one commit. */
const LOWERED_MAX = 500;

/** The rows of one provider: one of the two, or none. */
interface Rows {
  readonly listing: ListingRow | undefined;
  readonly memory: MemoryRow | undefined;
}

/** What is stored of a provider, with times that lay too far ahead lowered, and how far they were lowered. */
interface Found {
  readonly rows: Rows;
  readonly standing: Standing;
  readonly loweredT: number | undefined;
}

/** An answer to a write, and the time that its provider's `t` was lowered to, if it was. */
export interface Answer<Reply> {
  readonly reply: Reply;
  readonly loweredT: number | undefined;
}

export function advertise(
  book: Book,
  request: AdvertiseRequest,
): Answer<AdvertiseReply<RevisedText>> {
  const { rows, standing, loweredT } = find(book, request.providerId, request.receivedAtMs);
  const decision = decideAdvertise(standing, request);
  if (decision.kind === 'not_owner' || decision.kind === 'stale') {
    return { reply: decision, loweredT };
  }
  if (decision.kind === 'retried') {
    const { stored } = decision;
    const signature = rows.listing?.[10] ?? '';
    return {
      reply: { kind: 'retried', lease: stored, signature, source: stored.source },
      loweredT,
    };
  }
  const { kind, next } = decision;
  const isVisible = kind === 'listed' || !rows.listing || !saysTheSame(rows.listing, request);
  const row = storeListing(book, rows, request, next);
  const revised = isVisible ? revise(book, rows.listing, row, request.receivedAtMs) : undefined;
  return { reply: { kind, lease: next, revised }, loweredT };
}

export function withdraw(book: Book, request: WithdrawRequest): Answer<WithdrawReply<RevisedText>> {
  const { rows, standing, loweredT } = find(book, request.providerId, request.receivedAtMs);
  const decision = decideWithdraw(standing, request);
  if (decision.kind === 'not_owner' || decision.kind === 'stale') {
    return { reply: decision, loweredT };
  }
  const { kind, next } = decision;
  if (next !== undefined) end(book, request.providerId, rows, next);
  const revised =
    kind === 'withdrawn' && rows.listing
      ? reviseEnd(book, rows.listing, kind, request.receivedAtMs)
      : undefined;
  return { reply: { kind, stored: next !== undefined, revised }, loweredT };
}

/** Ends what still is the grant that ran out. */
export function expire(book: Book, request: ExpireRequest): Ended<RevisedText>[] {
  const ended: Ended<RevisedText>[] = [];
  for (const { providerId, grant } of request.expirations) {
    const listing = book.tables.listing(providerId);
    if (listing === undefined) continue;
    const stored = storedListing(listing);
    if (stored.grant !== grant) continue;
    end(book, providerId, { listing, memory: undefined }, expired(stored, request.endedAtMs));
    const revised = reviseEnd(book, listing, 'expired', request.endedAtMs);
    ended.push({ providerId, t: stored.t, revised });
  }
  return ended;
}

/** Purges what still is remembered with the `t` that was meant. */
export function forget(book: Book, request: ForgetRequest): string[] {
  const forgotten: string[] = [];
  for (const { providerId, t } of request.memories) {
    const memory = book.tables.memory(providerId);
    if (memory === undefined || memory[1] !== t) continue;
    book.tables.deleteMemory(memory);
    book.raiseMark(t);
    forgotten.push(providerId);
  }
  return forgotten;
}

/** Lowers the times of a slice of the providers, and the mark. */
export function lower(book: Book, { nowMs, after }: LowerRequest): LowerReply {
  lowerMark(book, nowMs);
  const { highWaterMark } = book.marks;
  const latest = nowMs + book.leadMsMax;
  if (book.newestT <= latest) return { lowered: [], next: null, highWaterMark };
  const lowered = book.tables.laterThan(latest, after, LOWERED_MAX).map(String);
  for (const providerId of lowered) find(book, providerId, nowMs);
  const more = lowered.length === LOWERED_MAX;
  if (!more) book.newestT = latest;
  return { lowered, next: more ? (lowered.at(-1) ?? null) : null, highWaterMark };
}

/** Reads what is stored of a provider. A time that a wrong clock let in is lowered here, in the same commit. */
function find(book: Book, providerId: string, nowMs: number): Found {
  const rows = readRows(book, providerId);
  const before: Standing = { stored: storedOf(rows), highWaterMark: book.marks.highWaterMark };
  const standing = lowerStanding(before, { nowMs, leadMsMax: book.leadMsMax });
  if (standing === before) return { rows, standing, loweredT: undefined };
  book.marks = { ...book.marks, highWaterMark: standing.highWaterMark };
  const t = standing.stored?.t;
  if (t === undefined || t === before.stored?.t) return { rows, standing, loweredT: undefined };
  return { rows: lowerRows(book, rows, t), standing, loweredT: t };
}

function readRows(book: Book, providerId: string): Rows {
  const listing = book.tables.listing(providerId);
  return { listing, memory: listing ? undefined : book.tables.memory(providerId) };
}

function storedOf({ listing, memory }: Rows): Stored | undefined {
  return listing ? storedListing(listing) : memory && storedMemory(memory);
}

function lowerRows(book: Book, { listing, memory }: Rows, t: number): Rows {
  if (listing)
    return { listing: book.tables.putListing(listingWithTime(listing, t), listing), memory };
  if (memory === undefined) return { listing, memory };
  const [providerId, , ended, endedAtMs, grants] = memory;
  const columns = [providerId, t, ended, endedAtMs, grants] as const;
  return { listing, memory: book.tables.putMemory(columns, memory) };
}

function lowerMark(book: Book, nowMs: number): void {
  const highWaterMark = lowerTime(book.marks.highWaterMark, { nowMs, leadMsMax: book.leadMsMax });
  if (highWaterMark !== book.marks.highWaterMark) book.marks = { ...book.marks, highWaterMark };
}

function storeListing(
  book: Book,
  { listing, memory }: Rows,
  request: AdvertiseRequest,
  next: StoredListing,
): ListingRow {
  if (memory) book.tables.deleteMemory(memory);
  book.newestT = Math.max(book.newestT, next.t ?? 0);
  const columns: ListingColumns = [
    request.providerId,
    request.ipAddress,
    request.country,
    request.resources,
    new Date(next.createdAtMs).toISOString(),
    new Date(next.updatedAtMs).toISOString(),
    request.platform,
    request.pricing,
    request.providerName,
    next.body,
    request.signature,
    next.t ?? null,
    next.expiresAtMs,
    next.source,
    next.grant,
  ];
  return book.tables.putListing(columns, listing);
}

/** Keeps that what was listed, if anything, is now another row. */
function revise(
  book: Book,
  before: ListingRow | undefined,
  after: ListingRow,
  atMs: number,
): RevisedText {
  if (before === undefined) book.traffic.note(atMs, 'arrived');
  return book.history.append({
    atMs,
    providerId: after[0],
    ended: null,
    before: before ? termsText(before) : null,
    after: shownText(after),
  });
}

/** Keeps that what was listed no longer is. */
function reviseEnd(
  book: Book,
  before: ListingRow,
  ended: 'withdrawn' | 'expired',
  atMs: number,
): RevisedText {
  const [providerId] = before;
  book.traffic.note(atMs, ended);
  return book.history.append({ atMs, providerId, ended, before: termsText(before), after: null });
}

/** Ends a listing, or records a `t` where there was none; `null` leaves nothing. */
function end(book: Book, providerId: string, rows: Rows, next: StoredMemory | null): void {
  if (rows.listing) book.tables.deleteListing(rows.listing);
  if (next === null) return;
  book.newestT = Math.max(book.newestT, next.t);
  const columns = [providerId, next.t, next.ended, next.endedAtMs, next.grant] as const;
  book.tables.putMemory(columns, rows.memory);
}

/** Texts are compared, not values: what parses a body writes its known fields in one order. */
function saysTheSame(row: ListingRow, request: AdvertiseRequest): boolean {
  const [, ipAddress, country, resources, , , platform, pricing, providerName] = row;
  return (
    ipAddress === request.ipAddress &&
    country === request.country &&
    resources === request.resources &&
    platform === request.platform &&
    pricing === request.pricing &&
    providerName === request.providerName
  );
}
