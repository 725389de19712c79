import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Occurrence, Step } from '#src/advertising/standing.js';
import type { FailureCode } from '#src/failure.js';
import { at, failed, FIRST_ASKED, granted, HOUR_MS, RANG, next, WALL_MS } from './happenings.js';

describe('whatever happens', () => {
  const occurrences: fc.Arbitrary<Occurrence> = fc.oneof(
    fc.constant(RANG),
    fc.integer({ min: 2, max: 9 }).map((version): Occurrence => ({ kind: 'changed', version })),
    fc
      .integer({ min: -HOUR_MS, max: HOUR_MS })
      .map((jumpMs): Occurrence => ({ kind: 'jumped', jumpMs })),
    fc.integer({ min: 1, max: 1_000 }).map((seconds) => granted(seconds)),
    fc
      .record({
        code: fc.constantFrom<FailureCode>(
          'ADV_001',
          'RATE_001',
          'SYS_002',
          'UNREACHABLE',
          'UNREADABLE',
          'AUTH_001',
          'ADV_005',
          'AUTH_002',
        ),
        retryAfterMs: fc.integer({ min: 0, max: 1_000_000 }),
        hubTimeMs: fc.integer({ min: WALL_MS - HOUR_MS, max: WALL_MS + HOUR_MS }),
        lastT: fc.integer({ min: WALL_MS - HOUR_MS, max: WALL_MS + HOUR_MS }),
      })
      .map(({ code, ...more }) => failed(code, more)),
  );

  it('always comes back to the hub within two thirds of a lease, and never speaks twice under one t', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(occurrences, fc.integer({ min: 0, max: 50_000 })), { maxLength: 40 }),
        (history) => {
          let step: Step = FIRST_ASKED;
          let nowMs = 0;
          const said = new Map<number, string>();
          for (const [occurrence, passedMs] of history) {
            const { phase, dueMs } = step.standing;
            nowMs =
              phase === 'resting'
                ? Math.min(nowMs + passedMs, dueMs)
                : nowMs + Math.min(passedMs, 10_000);
            const ripe = phase === 'resting' && nowMs >= dueMs;
            const answer = occurrence.kind === 'granted' || occurrence.kind === 'failed';
            if (ripe || (answer && phase !== 'asking')) step = next(step, RANG, at(nowMs));
            else step = next(step, occurrence, at(nowMs));
            if (step.ask === undefined) {
              const { refreshMs } = step.standing;
              assert.ok(
                step.standing.phase === 'asking' || step.standing.dueMs - nowMs <= 1.1 * refreshMs,
              );
              continue;
            }
            const { t, method, version } = step.ask.word;
            assert.equal(said.get(t) ?? `${method} ${version}`, `${method} ${version}`);
            said.set(t, `${method} ${version}`);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
