/** What happens to an advertiser, in the words of its tests. */
import assert from 'node:assert/strict';
import { decide } from '#src/advertising/decision.js';
import {
  FIRST_STANDING,
  type Moment,
  type News,
  type Occurrence,
  type Step,
} from '#src/advertising/standing.js';
import type { FailureCode } from '#src/failure.js';

export const WALL_MS = 1_790_000_000_400;
export const HOUR_MS = 3_600_000;

/** A moment, so long after the beginning. */
export function at(monotonicMs: number, more: Partial<Moment> = {}): Moment {
  return {
    wallMs: WALL_MS + monotonicMs,
    monotonicMs,
    random: 0.5,
    correctionMsMax: 24 * HOUR_MS,
    ...more,
  };
}

export const CHANGED: Occurrence = { kind: 'changed', version: 1 };
export const RANG: Occurrence = { kind: 'rang' };

/** The hub granted a lease. */
export function granted(
  refreshAfterSeconds = 100,
  createdAt = '2026-09-21T14:13:20.000Z',
): Occurrence {
  return {
    kind: 'granted',
    advertisement: {
      provider_id: '0x7799c6f8b0f3eb13280053c549f8ebd51af3a936',
      ip_address: '83.233.10.2',
      country: 'SE',
      resources: { cpu: 4, memory: 8, storage: 40 },
      created_at: createdAt,
      updated_at: '2026-09-21T14:13:20.000Z',
      expires_at: '2026-09-21T14:18:20.000Z',
      verified: true,
      refresh_after_seconds: refreshAfterSeconds,
    },
  };
}

/** The hub refused, or nobody answered. */
export function failed(
  code: FailureCode,
  more: { hubTimeMs?: number; retryAfterMs?: number; lastT?: number } = {},
): Occurrence {
  const { lastT, ...rest } = more;
  const details = lastT === undefined ? [] : [{ field: 't', message: String(lastT) }];
  return { kind: 'failed', failure: { code, message: code, details, ...rest } };
}

/** Lets things happen one after the other. */
function after(...happened: readonly (readonly [Occurrence, Moment])[]): Step {
  let step: Step = { standing: FIRST_STANDING, news: [] };
  for (const [occurrence, moment] of happened) step = decide(step.standing, occurrence, moment);
  return step;
}

/** Lets one more thing happen. */
export function next(before: Step, occurrence: Occurrence, moment: Moment): Step {
  return decide(before.standing, occurrence, moment);
}

/** What is asked, which must be something. */
export function asked(step: Step): NonNullable<Step['ask']> {
  return step.ask ?? assert.fail(`nothing is asked: ${JSON.stringify(step)}`);
}

/** The one piece of news there must be. */
export function only(step: Step): News {
  assert.equal(step.news.length, 1, JSON.stringify(step.news));
  return step.news[0] ?? assert.fail();
}

/** Milliseconds until the next request. */
export function waits(step: Step, nowMs: number): number {
  assert.equal(step.ask, undefined);
  assert.equal(step.standing.phase, 'resting');
  return step.standing.dueMs - nowMs;
}

/** The first request is under way. */
export const FIRST_ASKED = after([CHANGED, at(0)]);
/** It was answered after 50 ms. */
export const LISTED = after([CHANGED, at(0)], [granted(), at(50)]);
