/**
 * The rule of the protocol: what a write does to one provider. It owns no data and reads no
 * clock; a store reads what is stored, asks here, and writes down the answer in the same commit.
 *
 * Invariant: the last accepted `t` of a provider never goes back, unless it lay further ahead of
 * the clock than any honest signature can. Cost: a few comparisons and one small object.
 */
import type { AdvertiseWrite, EndKind, WithdrawWrite } from './contract.js';

/** What is stored of a listed provider, as far as the rule looks at it. */
export interface StoredListing {
  readonly kind: 'listed';
  /** The last accepted `t`; `undefined` for an unsigned listing. */
  readonly t: number | undefined;
  readonly body: string;
  readonly source: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
  readonly grant: number;
}

/** What is stored of a provider that is not listed and whose last `t` is remembered. */
export interface StoredMemory {
  readonly kind: 'remembered';
  readonly t: number;
  readonly ended: EndKind;
  readonly endedAtMs: number;
  /** The last grant before the end: a listing that begins again counts on from here. */
  readonly grant: number;
}

/** What is stored of a provider. */
export type Stored = StoredListing | StoredMemory;

/** Everything the order of a write is judged by. */
export interface Standing {
  /** `undefined`: nothing is known of this provider. */
  readonly stored: Stored | undefined;
  /** The largest `t` ever purged: nothing at or below it is accepted. */
  readonly highWaterMark: number;
}

/** Now, and how far ahead of it a signature may lie (`LIMITS.signatureLeadMsMax`). An argument, so that the thread which asks need not load the whole protocol to know one number. */
export interface Present {
  readonly nowMs: number;
  readonly leadMsMax: number;
}

/** What the rule needs to know of an advertisement. */
export type AdvertiseTerms = Pick<AdvertiseWrite, 'body' | 'source' | 'receivedAtMs' | 'ttlMs'> & {
  readonly t: number | undefined;
};

/** What the rule needs to know of a withdrawal. */
export type WithdrawTerms = Omit<WithdrawWrite, 'providerId'>;

/** The write is refused or repeats what was done before: nothing is stored. `lastT` is what `t` had to be greater than. */
type Unchanged<Kind> = { readonly kind: Kind; readonly next?: never };
type Stale = { readonly kind: 'stale'; readonly lastT: number; readonly next?: never };

/** The decision on an advertisement; `next` is what is stored from now on. */
export type AdvertiseDecision =
  | { readonly kind: 'listed' | 'renewed'; readonly next: StoredListing }
  | { readonly kind: 'retried'; readonly stored: StoredListing; readonly next?: never }
  | Unchanged<'not_owner'>
  | Stale;

/** The decision on a withdrawal; `next` is what is stored from now on, `null` where nothing is. */
export type WithdrawDecision =
  | { readonly kind: 'withdrawn' | 'not_listed'; readonly next?: StoredMemory | null }
  | Unchanged<'not_owner'>
  | Stale;

/**
 * Lowers a time that lies further ahead of now than any accepted signature can: it was let in by
 * a clock that was wrong, and would lock its provider out until the right one passes it.
 */
export function lowerTime(t: number, { nowMs, leadMsMax }: Present): number {
  return t > nowMs + leadMsMax ? nowMs : t;
}

/** The same standing with every time lowered that lies too far ahead of now; the very same object where none does. */
export function lowerStanding(standing: Standing, present: Present): Standing {
  const stored = lowerStored(standing.stored, present);
  const highWaterMark = lowerTime(standing.highWaterMark, present);
  const same = stored === standing.stored && highWaterMark === standing.highWaterMark;
  return same ? standing : { stored, highWaterMark };
}

function lowerStored(stored: Stored | undefined, present: Present): Stored | undefined {
  if (stored?.t === undefined) return stored;
  const t = lowerTime(stored.t, present);
  return t === stored.t ? stored : { ...stored, t };
}

/**
 * Decides an advertisement. A retry is the same `t` with the same body while that is still
 * listed: signatures may differ, since ECDSA gives many for one text, and all of them verified.
 */
export function decideAdvertise(standing: Standing, terms: AdvertiseTerms): AdvertiseDecision {
  const { stored } = standing;
  const { t } = terms;
  if (t === undefined) return stored?.t === undefined ? list(stored, terms) : { kind: 'not_owner' };
  if (stored?.kind === 'listed' && stored.t === t && stored.body === terms.body) {
    return { kind: 'retried', stored };
  }
  const lastT = lastTime(standing);
  return t > lastT ? list(stored, terms) : { kind: 'stale', lastT };
}

/**
 * Decides a withdrawal. A signed one leaves its `t` behind whether or not it ended a listing: a
 * POST that was signed before it must not come after it. The same `t` again answers the same.
 */
export function decideWithdraw(standing: Standing, terms: WithdrawTerms): WithdrawDecision {
  const { stored } = standing;
  const { t } = terms;
  if (t === undefined) return decideUnsignedWithdraw(stored, terms.source);
  if (stored?.kind === 'remembered' && stored.t === t && stored.ended !== 'expired') {
    return { kind: stored.ended };
  }
  const lastT = lastTime(standing);
  if (t <= lastT) return { kind: 'stale', lastT };
  const kind = stored?.kind === 'listed' ? 'withdrawn' : 'not_listed';
  return { kind, next: remember(stored, t, kind, terms.receivedAtMs) };
}

/** What is stored of a listing whose lease ran out: `null` where no key has signed for it. */
export function expired(stored: StoredListing, endedAtMs: number): StoredMemory | null {
  return stored.t === undefined ? null : remember(stored, stored.t, 'expired', endedAtMs);
}

/** What no key has signed can be withdrawn only from where it was last renewed, and leaves nothing. */
function decideUnsignedWithdraw(stored: Stored | undefined, source: string): WithdrawDecision {
  if (stored === undefined) return { kind: 'not_listed' };
  const theirs = stored.kind === 'listed' && stored.t === undefined && stored.source === source;
  return theirs ? { kind: 'withdrawn', next: null } : { kind: 'not_owner' };
}

function lastTime({ stored, highWaterMark }: Standing): number {
  return Math.max(stored?.t ?? 0, highWaterMark);
}

/** An unbroken listing goes on; what no key had signed ends, and another begins, when a key does. */
function list(stored: Stored | undefined, terms: AdvertiseTerms): AdvertiseDecision {
  const { t, body, source, receivedAtMs, ttlMs } = terms;
  const goesOn =
    stored?.kind === 'listed' && (stored.t === undefined) === (t === undefined)
      ? stored
      : undefined;
  const next: StoredListing = {
    kind: 'listed',
    t,
    body,
    source,
    createdAtMs: goesOn?.createdAtMs ?? receivedAtMs,
    updatedAtMs: receivedAtMs,
    expiresAtMs: receivedAtMs + ttlMs,
    grant: (stored?.grant ?? 0) + 1,
  };
  return { kind: goesOn ? 'renewed' : 'listed', next };
}

function remember(
  stored: Stored | undefined,
  t: number,
  ended: EndKind,
  endedAtMs: number,
): StoredMemory {
  return { kind: 'remembered', t, ended, endedAtMs, grant: stored?.grant ?? 0 };
}
