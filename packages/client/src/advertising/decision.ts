/**
 * What to do next about one hub. Pure: what is known, what happened and the moment go in; what is
 * known from now on, what to send and what to tell come out.
 *
 * Invariants: `t` rises over everything that was sent and may yet arrive; no refusal and no silence
 * is final but for a withdrawal; requests keep their gap.
 */
import type { GrantedAdvertisement } from 'golem-vm-discovery-protocol';
import { afterFailure, afterGivingUp, afterUnsigned, type Outcome } from './failure-decision.js';
import { freshMs, gapMs, refreshMsOf, renewalMs, timeoutMs } from './pace.js';
import type { Moment, Occurrence, Standing, Step, Word } from './standing.js';

/** A withdrawal has little time. */
const WITHDRAWAL_TIMEOUT_MS = 2_000;
const BRISK_TIMEOUT_MS = 1_000;

/** The wire takes 13 digits. A machine that starts in 1970 must send some, to be told the right time. */
const T_MIN = 1_000_000_000_000;

/** Decides. */
export function decide(standing: Standing, occurrence: Occurrence, moment: Moment): Step {
  if (standing.phase === 'ended') return { standing, news: [] };
  return settle(outcomeOf(standing, occurrence, moment), moment);
}

function outcomeOf(standing: Standing, occurrence: Occurrence, moment: Moment): Outcome {
  switch (occurrence.kind) {
    case 'rang':
      return { standing };
    case 'changed':
      return { standing: changed(standing, occurrence.version) };
    case 'jumped':
      return { standing: jumped(standing, occurrence.jumpMs, moment) };
    case 'closing':
      return { standing: closing(standing) };
    case 'gave_up':
      return afterGivingUp(standing, moment);
    case 'granted':
      return granted(standing, occurrence.advertisement, moment);
    case 'withdrawn':
      return ended(standing, true);
    case 'failed':
      return standing.goal === 'withdrawn' && occurrence.failure.code === 'ADV_004'
        ? ended(standing, false)
        : afterFailure(standing, occurrence.failure, moment);
    case 'unsigned':
      return afterUnsigned(standing, occurrence.error, moment);
  }
}

/** Asks, if it is time to. */
function settle({ standing, news }: Outcome, { wallMs, monotonicMs }: Moment): Step {
  const told = news === undefined ? [] : [news];
  if (standing.phase !== 'resting' || standing.dueMs > monotonicMs) return { standing, news: told };
  const word = wordFor(standing, wallMs, monotonicMs);
  const asking: Standing = {
    ...standing,
    phase: 'asking',
    word,
    askedMs: monotonicMs,
    sentT: Math.max(standing.sentT, word.t),
    brisk: false,
  };
  return { standing: asking, ask: { word, timeoutMs: timeoutFor(standing) }, news: told };
}

function timeoutFor({ goal, refreshMs, brisk }: Standing): number {
  const wholeMs = timeoutMs(refreshMs);
  if (goal === 'withdrawn') return Math.min(WITHDRAWAL_TIMEOUT_MS, wholeMs);
  return brisk ? Math.min(BRISK_TIMEOUT_MS, wholeMs) : wholeMs;
}

/**
 * The same word while it says what is to be said and is fresh, so that a lost answer costs neither
 * a signature nor a second listing; another one else. A new `t` is rounded down to a second: hubs
 * that are asked together are told the same word, which is signed once.
 */
function wordFor(standing: Standing, wallMs: number, monotonicMs: number): Word {
  const { word, goal, version, refreshMs, correctionMs, sentT } = standing;
  const method = goal === 'listed' ? 'POST' : 'DELETE';
  const said = word?.method === method && word.version === version;
  if (said && monotonicMs - word.firstSentMs < freshMs(refreshMs)) return word;
  const second = Math.floor((wallMs + correctionMs) / 1_000) * 1_000;
  return { method, version, t: Math.max(second, sentT + 1, T_MIN), firstSentMs: monotonicMs };
}

/** A change goes out at once, but keeps the gap and the quiet that was asked for. */
function changed(standing: Standing, version: number): Standing {
  const { dueMs, quietUntilMs } = standing;
  return {
    ...standing,
    version,
    dueMs: Math.min(dueMs, Math.max(gapEndMs(standing), quietUntilMs)),
  };
}

/**
 * After a sleep nothing that was known holds: the lease may be gone, the connection dead, the quiet
 * over. So what is under way is given up, and the hub is asked anew. A wall clock that went back was
 * set, and its correction is known; one that went ahead may have been asleep, and is trusted.
 */
function jumped(standing: Standing, jumpMs: number, { correctionMsMax }: Moment): Standing {
  if (standing.goal === 'withdrawn') return standing;
  const correctionMs = standing.correctionMs - Math.min(0, jumpMs);
  return {
    ...standing,
    phase: 'resting',
    word: undefined,
    dueMs: gapEndMs(standing),
    quietUntilMs: Number.NEGATIVE_INFINITY,
    failures: 0,
    brisk: true,
    correctionMs: Math.abs(correctionMs) <= correctionMsMax ? correctionMs : standing.correctionMs,
  };
}

function closing(standing: Standing): Standing {
  return {
    ...standing,
    goal: 'withdrawn',
    phase: 'resting',
    word: undefined,
    dueMs: Number.NEGATIVE_INFINITY,
    corrections: 0,
    failures: 0,
    lastFailure: undefined,
  };
}

function granted(standing: Standing, advertisement: GrantedAdvertisement, moment: Moment): Outcome {
  const refreshMs = refreshMsOf(advertisement.refresh_after_seconds);
  const { word, version, condition, listedSince } = standing;
  const grantedMs = word?.firstSentMs ?? moment.monotonicMs;
  const current = word?.version === version;
  const goesOn = condition === 'listed' && listedSince === advertisement.created_at;
  const next: Standing = {
    ...standing,
    phase: 'resting',
    word: undefined,
    acceptedT: Math.max(standing.acceptedT, word?.t ?? 0),
    refreshMs,
    failures: 0,
    corrections: 0,
    condition: 'listed',
    listedSince: advertisement.created_at,
    leaseEndsMs: grantedMs + leaseMsOf(advertisement),
    quietUntilMs: Number.NEGATIVE_INFINITY,
    dueMs: current ? grantedMs + renewalMs(refreshMs, moment.random) : gapEndMs(standing),
  };
  // A word that was sent again may be due before its gap is over.
  const standingNext = { ...next, dueMs: Math.max(next.dueMs, gapEndMs(next)) };
  return { standing: standingNext, news: { kind: goesOn ? 'renewed' : 'listed', advertisement } };
}

function leaseMsOf({ updated_at, expires_at }: GrantedAdvertisement): number {
  return Math.max(0, Date.parse(expires_at) - Date.parse(updated_at));
}

function gapEndMs({ askedMs, refreshMs }: Standing): number {
  return askedMs + gapMs(refreshMs);
}

function ended(standing: Standing, wasListed: boolean): Outcome {
  return {
    standing: { ...standing, phase: 'ended', condition: 'withdrawn', leaseEndsMs: 0 },
    news: { kind: 'withdrawn', wasListed },
  };
}
