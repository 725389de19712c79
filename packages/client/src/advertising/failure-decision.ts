/**
 * What follows a failure. Pure. Three kinds: the hub corrects our time or our order, and is asked
 * again at once; it may do better later, and is asked after a pause; it will not have this, and is
 * asked again at the pace of renewals, since operators mend hubs and providers run for months.
 */
import { LIMITS } from 'golem-vm-discovery-protocol/vocabulary';
import { adviceFor, isProblemCode, type Failure } from '../failure.js';
import { pauseMs, renewalMs, retryAfterMs } from './pace.js';
import type { Moment, News, Standing } from './standing.js';

/** What is known from now on, and what to tell. */
export interface Outcome {
  readonly standing: Standing;
  readonly news?: News;
}

/** Two may be needed, of the clock and of the order; a third where another process with the same key is at work. */
const CORRECTIONS_MAX = 3;

/** A withdrawal has little time. */
const WITHDRAWAL_PACE_MS = 1_500;

/** What follows a refusal or a silence. */
export function afterFailure(standing: Standing, failure: Failure, moment: Moment): Outcome {
  return correction(standing, failure, moment) ?? disappointment(standing, failure, moment);
}

/** A signer is asked again after a pause: whoever holds a wallet may have been away. */
export function afterUnsigned(standing: Standing, error: unknown, moment: Moment): Outcome {
  const failures = standing.failures + 1;
  const next = resting(standing, pauseMs(failures, paceOf(standing), moment.random), moment);
  return {
    // It was never sent: the next try takes the time of then.
    standing: { ...next, failures, word: undefined },
    news: { kind: 'unsigned', error, failures, ...prospects(next, moment) },
  };
}

/** The withdrawal took longer than there was time for. What stood in its way is said, where it is known. */
export function afterGivingUp(standing: Standing, moment: Moment): Outcome {
  const { lastFailure: failure = NO_ANSWER } = standing;
  const failures = standing.failures + 1;
  const told = { ...prospects(standing, moment), retryInMs: undefined };
  return {
    standing: { ...standing, phase: 'ended' },
    news: { kind: troubleOf(failure), failure, failures, ...told },
  };
}

const NO_ANSWER: Failure = {
  code: 'TIMED_OUT',
  message: 'there was no answer before the time to withdraw was over',
};

function troubleOf({ code }: Failure): 'refused' | 'unreachable' {
  return isProblemCode(code) ? 'refused' : 'unreachable';
}

function correction(standing: Standing, failure: Failure, moment: Moment): Outcome | undefined {
  if (standing.corrections >= CORRECTIONS_MAX) return undefined;
  if (failure.code === 'AUTH_002') return correctClock(standing, failure, moment);
  if (failure.code === 'ADV_005') return correctOrder(standing, failure, moment);
  return undefined;
}

/** The hub says what time it is there; its window decides, so its clock is the one to follow. */
function correctClock(
  standing: Standing,
  { hubTimeMs }: Failure,
  moment: Moment,
): Outcome | undefined {
  if (hubTimeMs === undefined) return undefined;
  const correctionMs = hubTimeMs - moment.wallMs;
  if (Math.abs(correctionMs) > moment.correctionMsMax) return undefined;
  // What is too far ahead will be refused whenever it arrives, and need not be surpassed. An accepted
  // time that is was let in by a clock that was wrong there, and the hub lowers it by itself.
  const latestMs = hubTimeMs + LIMITS.signatureLeadMsMax;
  const sentT = [standing.sentT, standing.acceptedT].find((t) => t <= latestMs) ?? 0;
  const moved = Math.abs(correctionMs - standing.correctionMs) >= 1_000;
  return {
    standing: { ...again(standing), correctionMs, sentT },
    ...(moved && { news: { kind: 'clock_corrected', correctionMs } }),
  };
}

/** The hub says which `t` it accepted last. This is why none is kept on disk: the hub remembers it for us. */
function correctOrder(standing: Standing, failure: Failure, moment: Moment): Outcome | undefined {
  const lastT = lastTimeIn(failure);
  const hubNowMs = moment.wallMs + standing.correctionMs;
  if (lastT === undefined || lastT - hubNowMs > moment.correctionMsMax) return undefined;
  const sentT = Math.max(standing.sentT, lastT);
  return { standing: { ...again(standing), acceptedT: lastT, sentT } };
}

function lastTimeIn({ details = [] }: Failure): number | undefined {
  const text = details.find(({ field }) => field === 't')?.message ?? '';
  return /^[1-9][0-9]{12}$/.test(text) ? Number(text) : undefined;
}

/** Another word, at once. */
function again(standing: Standing): Standing {
  return {
    ...standing,
    phase: 'resting',
    word: undefined,
    dueMs: Number.NEGATIVE_INFINITY,
    corrections: standing.corrections + 1,
  };
}

function disappointment(standing: Standing, failure: Failure, moment: Moment): Outcome {
  const kind = troubleOf(failure);
  const failures = standing.failures + 1;
  const advice = adviceFor(failure.code);
  const transient = advice === 'later' || advice === 'elsewhere';
  const waitMs = transient
    ? waitAfter(standing, failure, moment)
    : renewalMs(standing.refreshMs, moment.random);
  const next = resting(
    { ...standing, failures, lastFailure: failure, condition: kind, corrections: 0 },
    waitMs,
    moment,
  );
  // What was refused for good is not said again; what may have been heard is.
  const settled: Standing = {
    ...next,
    ...(failure.retryAfterMs !== undefined && { quietUntilMs: next.dueMs }),
    ...(!transient && { word: undefined }),
  };
  const final = standing.goal === 'withdrawn' && !transient;
  const told = prospects(settled, moment);
  return {
    standing: final ? { ...settled, phase: 'ended' } : settled,
    news: { kind, failure, failures, ...told, ...(final && { retryInMs: undefined }) },
  };
}

function waitAfter(standing: Standing, failure: Failure, { random }: Moment): number {
  const pace = paceOf(standing);
  const pause = pauseMs(standing.failures + 1, pace, random);
  const asked = failure.retryAfterMs;
  return asked === undefined ? pause : Math.max(pause, retryAfterMs(asked, pace, random));
}

function paceOf({ goal, refreshMs }: Standing): number {
  return goal === 'listed' ? refreshMs : Math.min(WITHDRAWAL_PACE_MS, refreshMs);
}

function resting(standing: Standing, waitMs: number, { monotonicMs }: Moment): Standing {
  return { ...standing, phase: 'resting', dueMs: monotonicMs + waitMs };
}

function prospects(
  { dueMs, leaseEndsMs }: Standing,
  { monotonicMs }: Moment,
): { retryInMs: number; listedForMs: number } {
  return { retryInMs: dueMs - monotonicMs, listedForMs: Math.max(0, leaseEndsMs - monotonicMs) };
}
