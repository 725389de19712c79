import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decide } from '#src/advertising/decision.js';
import { FIRST_STANDING, type Step } from '#src/advertising/standing.js';
import {
  at,
  asked,
  CHANGED,
  failed,
  FIRST_ASKED,
  granted,
  HOUR_MS,
  LISTED,
  only,
  RANG,
  next,
  WALL_MS,
  waits,
} from './happenings.js';

describe('an advertiser whose time the hub corrects', () => {
  it('follows the clock of the hub when its own is an hour behind', () => {
    const hubTimeMs = WALL_MS + HOUR_MS;
    const corrected = next(FIRST_ASKED, failed('AUTH_002', { hubTimeMs }), at(0));
    assert.deepEqual(only(corrected), { kind: 'clock_corrected', correctionMs: HOUR_MS });
    assert.equal(asked(corrected).word.t, 1_790_003_600_000);
  });

  it('follows the clock of the hub when its own is an hour ahead', () => {
    const hubTimeMs = WALL_MS - HOUR_MS;
    const corrected = next(FIRST_ASKED, failed('AUTH_002', { hubTimeMs }), at(0));
    assert.equal(asked(corrected).word.t, 1_789_996_400_000);
  });

  it('surpasses what may still be on its way, when the hub is behind by less than it allows', () => {
    const lost = next(FIRST_ASKED, failed('TIMED_OUT'), at(100));
    const changed = next(lost, { kind: 'changed', version: 2 }, at(1_250));
    const hubTimeMs = WALL_MS - 30_000;
    const corrected = next(changed, failed('AUTH_002', { hubTimeMs }), at(1_300));
    assert.ok(asked(corrected).word.t > asked(FIRST_ASKED).word.t);
  });

  it('follows no clock that is further off than the user allows, and says so', () => {
    const strict = { correctionMsMax: HOUR_MS };
    const edge = failed('AUTH_002', { hubTimeMs: WALL_MS + HOUR_MS });
    asked(next(FIRST_ASKED, edge, at(0, strict)));
    const beyond = failed('AUTH_002', { hubTimeMs: WALL_MS + HOUR_MS + 1 });
    const refused = next(FIRST_ASKED, beyond, at(0, strict));
    assert.equal(only(refused).kind, 'refused');
    assert.equal(waits(refused, 0), 30_000);
  });

  it('gives up correcting after the third time in a row, and tells', () => {
    let step: Step = FIRST_ASKED;
    for (let times = 1; times <= 3; times += 1) {
      step = next(step, failed('AUTH_002', { hubTimeMs: WALL_MS }), at(times));
      asked(step);
    }
    step = next(step, failed('AUTH_002', { hubTimeMs: WALL_MS }), at(4));
    assert.equal(only(step).kind, 'refused');
    assert.equal(waits(step, 4), 30_000);
  });

  it('goes on after the last t that the hub accepted, which therefore nobody has to keep', () => {
    const lastT = 1_790_000_030_000;
    const stale = next(FIRST_ASKED, failed('ADV_005', { lastT }), at(10));
    assert.equal(asked(stale).word.t, lastT + 1);
    assert.deepEqual(stale.news, []);
  });

  it('is not led into the far future by a hub that says it accepted something there', () => {
    const lying = failed('ADV_005', { lastT: WALL_MS + 24 * HOUR_MS + 1 });
    assert.equal(only(next(FIRST_ASKED, lying, at(0))).kind, 'refused');
  });

  it('gets along with a hub whose own clock was ahead and was set right', () => {
    // It accepted t an hour ahead, as its clock then demanded.
    const ahead = next(FIRST_ASKED, failed('AUTH_002', { hubTimeMs: WALL_MS + HOUR_MS }), at(0));
    const listed = next(ahead, granted(), at(10));
    const renewing = next(listed, RANG, at(100_000));
    const refused = next(
      renewing,
      failed('AUTH_002', { hubTimeMs: WALL_MS + 100_000 }),
      at(100_010),
    );
    assert.equal(asked(refused).word.t, 1_790_000_100_000);
  });

  it('notices a wall clock that was set back, and goes on with the right time', () => {
    const back = { wallMs: WALL_MS - HOUR_MS + 40_000 };
    const woken = next(LISTED, { kind: 'jumped', jumpMs: -HOUR_MS }, at(40_000, back));
    assert.equal(asked(woken).word.t, 1_790_000_040_000);
  });

  it('sends a t of 13 digits even where it is 1970, to be told the time', () => {
    const { word } = asked(decide(FIRST_STANDING, CHANGED, at(0, { wallMs: 5_000 })));
    assert.equal(word.t, 1_000_000_000_000);
  });
});
