/**
 * Carries out each request on a draft: looks at what is stored, asks the rule, writes down its answer.
 * It decides nothing itself.
 */
import { LIMITS, type ProviderId } from 'golem-vm-discovery-protocol';
import type {
  AdvertiseOutcome,
  AdvertiseWrite,
  EndKind,
  Expiration,
  Memory,
  WithdrawOutcome,
  WithdrawWrite,
} from '../contract.js';
import {
  decideAdvertise,
  decideWithdraw,
  expired,
  lowerStanding,
  lowerTime,
  type Standing,
  type StoredListing,
  type StoredMemory,
} from '../decision.js';
import { HISTORY_AGE_MS_MAX } from '../history.js';
import type { Dated } from './database-time.js';
import type { Draft } from './draft.js';
import { dueOf } from './feed-row.js';
import {
  inheritedListing,
  isListed,
  type ListedRow,
  type ProviderRow,
  storedListing,
  storedOf,
} from './provider-row.js';

/**
 * How long after its end a lease may still be renewed as if nothing had happened, by the clock of leases:
 * nodes hide what ran out after as long, and what somebody saw vanish comes back as a new listing.
 */
const LATE_MS_MAX = 500;

/** What a write finds. */
interface Found {
  readonly row: ProviderRow | undefined;
  readonly standing: Standing;
}

export function advertise(draft: Draft, write: Dated<AdvertiseWrite>): AdvertiseOutcome {
  const { providerId, receivedAtMs, latestMs } = write;
  endLapsed(draft, write);
  const { row, standing } = find(draft, providerId, latestMs);
  const decision = decideAdvertise(standing, { ...write, t: write.signed?.t });
  if (decision.kind === 'not_owner' || decision.kind === 'stale') return decision;
  if (decision.kind === 'retried') {
    if (!isListed(row)) throw new TypeError('what is retried is listed');
    return { kind: 'retried', listing: wholeListing(row) };
  }
  const { kind, next } = decision;
  const before = isListed(row) ? row : undefined;
  draft.relyOn(next.t, before && lateFrom(draft, before));
  const after = rowOf(draft, write, next);
  draft.put(after);
  const listing = saidListing(write, next);
  if (kind === 'listed') {
    const revised = draft.revise(before, after, receivedAtMs);
    draft.changes.push({ kind, listing, revised });
    return { kind, listing };
  }
  const changed = before?.advertisement !== after.advertisement;
  const revised = changed ? draft.revise(before, after, receivedAtMs) : undefined;
  draft.changes.push({ kind, listing, revised });
  return { kind, listing, changed };
}

export function withdraw(draft: Draft, write: Dated<WithdrawWrite>): WithdrawOutcome {
  const { providerId, receivedAtMs, t, latestMs } = write;
  const { row, standing } = find(draft, providerId, latestMs);
  const decision = decideWithdraw(standing, write);
  if (decision.kind === 'not_owner' || decision.kind === 'stale') return decision;
  const { kind, next } = decision;
  if (next === undefined) return { kind };
  draft.relyOn(t);
  end(draft, providerId, next);
  const revised =
    kind === 'withdrawn' && isListed(row) ? draft.reviseEnd(row, kind, receivedAtMs) : undefined;
  const ended: EndKind = kind;
  draft.changes.push({ kind: 'ended', providerId, ended, t, endedAtMs: receivedAtMs, revised });
  return { kind };
}

/** Ends what still is the grant that ran out. */
export function expire(draft: Draft, expirations: readonly Expiration[], endedAtMs: number): void {
  for (const { providerId, grant } of expirations) {
    const row = draft.row(providerId);
    if (isListed(row) && row.grants === grant) endLease(draft, row, endedAtMs);
  }
}

/** Purges what still is remembered with the `t` that was meant. */
export function forget(draft: Draft, memories: readonly Pick<Memory, 'providerId' | 't'>[]): void {
  for (const { providerId, t } of memories) {
    const row = draft.row(providerId);
    if (row === undefined || isListed(row) || row.t !== t) continue;
    draft.delete(providerId);
    draft.feed.raiseMark(t);
    draft.changes.push({ kind: 'forgotten', providerId });
  }
}

/** Lowers the times of some providers, and the mark. */
export function lower(draft: Draft, providerIds: readonly ProviderId[], nowMs: number): void {
  const mark = lowerTime(draft.feed.highWaterMark, { nowMs, leadMsMax: LIMITS.signatureLeadMsMax });
  if (mark !== draft.feed.highWaterMark) draft.feed.lowerMark(mark);
  for (const providerId of providerIds) find(draft, providerId, nowMs);
}

/** Records that a hub was alive, and forgets what of the past is too old. */
export function beAlive(draft: Draft, nowMs: number, agedUpTo: number | undefined): true {
  draft.feed.beAliveAt(nowMs);
  draft.feed.forgetUpTo(agedUpTo ?? 0);
  return true;
}

/** Writes even where nothing changed: that the clock of leases goes on, and who sweeps. */
export function giveSign(draft: Draft): void {
  draft.feed.giveSign();
}

/** Everything before this is too old to be kept. */
export function keptSince(nowMs: number): number {
  return nowMs - HISTORY_AGE_MS_MAX;
}

/** Reads what is stored of a provider. A time that a wrong clock let in is lowered here, in the same commit. */
function find(draft: Draft, providerId: ProviderId, nowMs: number): Found {
  const row = draft.row(providerId);
  const before: Standing = { stored: storedOf(row), highWaterMark: draft.feed.highWaterMark };
  const standing = lowerStanding(before, { nowMs, leadMsMax: LIMITS.signatureLeadMsMax });
  if (standing === before) return { row, standing };
  if (standing.highWaterMark !== before.highWaterMark) draft.feed.lowerMark(standing.highWaterMark);
  const t = standing.stored?.t;
  if (row === undefined || t === undefined || t === row.t) return { row, standing };
  const lowered: ProviderRow = { ...row, t };
  draft.put(lowered);
  draft.changes.push({ kind: 'lowered', providerId, t });
  return { row: lowered, standing };
}

/** A lease that ran out, and was hidden already, ends before anything else is said. */
function endLapsed(draft: Draft, { providerId, lapsedGrant, receivedAtMs }: AdvertiseWrite): void {
  const row = draft.row(providerId);
  if (!isListed(row)) return;
  if (draft.feed.leaseMs > lateFrom(draft, row) || row.grants === lapsedGrant)
    endLease(draft, row, receivedAtMs);
}

/** When it is too late to renew a lease as if nothing had happened, by the clock of leases. */
function lateFrom(draft: Draft, row: ListedRow): number {
  return dueOf(row, draft.feed.revivedMs) + LATE_MS_MAX;
}

function endLease(draft: Draft, row: ListedRow, endedAtMs: number): void {
  const { provider_id: providerId } = row;
  end(draft, providerId, expired(storedListing(row), endedAtMs));
  const revised = draft.reviseEnd(row, 'expired', endedAtMs);
  const t = row.t ?? undefined;
  draft.changes.push({ kind: 'ended', providerId, ended: 'expired', t, endedAtMs, revised });
}

/** Ends a listing, or records a `t` where there was none; `null` leaves nothing. */
function end(draft: Draft, providerId: ProviderId, next: StoredMemory | null): void {
  if (next === null) return draft.delete(providerId);
  const { t, ended, endedAtMs: ended_ms, grant: grants } = next;
  draft.put({ provider_id: providerId, grants, t, ended, ended_ms });
}

function rowOf(draft: Draft, write: AdvertiseWrite, next: StoredListing): ListedRow {
  return {
    provider_id: write.providerId,
    grants: next.grant,
    t: next.t ?? null,
    advertisement: JSON.stringify(write.advertisement),
    body: next.body,
    signature: write.signed?.signature ?? null,
    source: next.source,
    created_ms: next.createdAtMs,
    updated_ms: next.updatedAtMs,
    expires_ms: next.expiresAtMs,
    due_ms: draft.feed.leaseMs + write.ttlMs,
    ended: null,
    ended_ms: null,
  };
}

/** What `write` says, as it stands from now on. */
function saidListing({ providerId, advertisement, signed }: AdvertiseWrite, next: StoredListing) {
  const { t, body, source, createdAtMs, updatedAtMs, expiresAtMs, grant } = next;
  const isSigned = t !== undefined && signed !== undefined;
  return {
    providerId,
    advertisement,
    body,
    signed: isSigned ? { t, signature: signed.signature } : undefined,
    source,
    createdAtMs,
    updatedAtMs,
    expiresAtMs,
    grant,
  };
}

/** As it is stored. */
function wholeListing(row: ListedRow) {
  const { body, signature, t } = row;
  const signed = t === null || signature === null ? undefined : { t, signature };
  return { ...inheritedListing(row), body, signed };
}
