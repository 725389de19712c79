import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  gapMs,
  pauseMs,
  refreshMsOf,
  renewalMs,
  retryAfterMs,
  timeoutMs,
} from '#src/advertising/pace.js';

const paceMs = fc.integer({ min: 1, max: 28_800 }).map(refreshMsOf);
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the pace', () => {
  it('renews within a tenth of what the hub asks for', () => {
    assert.equal(renewalMs(100_000, 0), 90_000);
    assert.equal(renewalMs(100_000, 0.5), 100_000);
    assert.ok(renewalMs(100_000, 0.999) < 110_000);
  });

  it('doubles its pauses up to a third of the pace, and never beyond 30 s', () => {
    const wholes = [1, 2, 3, 4, 5, 6, 7, 8, 2_000].map((failures) => pauseMs(failures, 100_000, 1));
    assert.deepEqual(wholes, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    assert.equal(pauseMs(1, 100_000, 0), 250);
    assert.equal(pauseMs(9, 3_000, 1), 1_000);
  });

  it('is bounded, whatever a hub asks for', () => {
    assert.equal(refreshMsOf(0), 1_000);
    assert.equal(refreshMsOf(-5), 1_000);
    assert.equal(refreshMsOf(1e15), 28_800_000);
  });

  it('waits as long as the hub asks and up to a tenth longer, but never past two thirds of a lease', () => {
    assert.equal(retryAfterMs(20_000, 100_000, 0), 20_000);
    assert.equal(retryAfterMs(20_000, 100_000, 1), 22_000);
    assert.equal(retryAfterMs(86_400_000, 100_000, 0), 100_000);
  });

  it('keeps the longest time-out and the longest pause together below two thirds of a lease', () => {
    fc.assert(
      fc.property(
        paceMs,
        random,
        fc.integer({ min: 1, max: 1_000 }),
        (refreshMs, chance, failures) => {
          const worstMs = timeoutMs(refreshMs) + pauseMs(failures, refreshMs, chance);
          assert.ok(worstMs < 2 * refreshMs, `${worstMs} at a pace of ${refreshMs}`);
          assert.ok(retryAfterMs(1e12, refreshMs, chance) < 2 * refreshMs);
        },
      ),
    );
  });

  it('stays below the sixty renewals a minute that a hub takes, at every pace but the shortest', () => {
    assert.ok(60_000 / gapMs(100_000) <= 50);
    assert.equal(gapMs(1_000), 500);
  });
});
