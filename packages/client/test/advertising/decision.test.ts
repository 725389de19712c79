import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Step } from '#src/advertising/standing.js';
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

describe('what an advertiser does next', () => {
  it('advertises at once when it starts, with the present second as t', () => {
    const { word, timeoutMs } = asked(FIRST_ASKED);
    assert.deepEqual(word, { method: 'POST', version: 1, t: 1_790_000_000_000, firstSentMs: 0 });
    assert.equal(timeoutMs, 10_000);
  });

  it('renews when the hub says, counted from when it asked', () => {
    assert.equal(only(LISTED).kind, 'listed');
    assert.equal(waits(LISTED, 50), 100_000 - 50);
    const renewing = next(LISTED, RANG, at(100_000));
    assert.equal(asked(renewing).word.t, 1_790_000_100_000);
    assert.equal(only(next(renewing, granted(), at(100_050))).kind, 'renewed');
  });

  it('says listed again when the hub began a new listing', () => {
    const renewing = next(LISTED, RANG, at(100_000));
    const renewed = next(renewing, granted(100, '2026-09-21T15:00:00.000Z'), at(100_050));
    assert.equal(only(renewed).kind, 'listed');
  });

  it('sends the same word again after a lost answer, while it is fresh', () => {
    const lost = next(FIRST_ASKED, failed('TIMED_OUT'), at(10_000));
    assert.equal(waits(lost, 10_000), 375);
    assert.deepEqual(asked(next(lost, RANG, at(10_375))).word, asked(FIRST_ASKED).word);
  });

  it('sends a later word once the lost one is no longer fresh', () => {
    const lost = next(FIRST_ASKED, failed('TIMED_OUT'), at(10_000));
    const { word } = asked(next(lost, RANG, at(60_000)));
    assert.equal(word.t, 1_790_000_060_000);
  });

  it('counts the lease of a word that was sent twice from the first time', () => {
    const lost = next(FIRST_ASKED, failed('TIMED_OUT'), at(10_000));
    const retried = next(next(lost, RANG, at(10_375)), granted(), at(10_400));
    assert.equal(waits(retried, 10_400), 100_000 - 10_400);
  });

  it('takes a change at once, with a t that is greater even within the same second', () => {
    const { word } = asked(next(LISTED, { kind: 'changed', version: 2 }, at(1_300)));
    assert.equal(word.version, 2);
    assert.ok(word.t > asked(FIRST_ASKED).word.t);
    const hurried = next(LISTED, { kind: 'changed', version: 2 }, at(60));
    assert.equal(waits(hurried, 60), 1_140, 'the gap is kept');
  });

  it('tells a change that came while it was asking, as soon as the gap allows', () => {
    const changed = next(FIRST_ASKED, { kind: 'changed', version: 2 }, at(20));
    assert.equal(changed.ask, undefined);
    const answered = next(changed, granted(), at(50));
    assert.equal(waits(answered, 50), 1_150);
    assert.equal(asked(next(answered, RANG, at(1_200))).word.version, 2);
  });

  it('never sends a changed advertisement under a t that an older one, still on its way, has', () => {
    const lost = next(FIRST_ASKED, failed('TIMED_OUT'), at(100));
    const { word } = asked(
      next(lost, { kind: 'changed', version: 2 }, at(1_250, { wallMs: WALL_MS - HOUR_MS })),
    );
    assert.equal(word.t, asked(FIRST_ASKED).word.t + 1);
  });

  it('goes on for ever when nobody answers, with pauses of at most a third of the pace', () => {
    let step: Step = FIRST_ASKED;
    let nowMs = 0;
    for (let failures = 1; failures <= 500; failures += 1) {
      nowMs += 10_000;
      step = next(step, failed('UNREACHABLE'), at(nowMs));
      const news = only(step);
      assert.ok(news.kind === 'unreachable' && news.failures === failures);
      const waitMs = waits(step, nowMs);
      assert.ok(waitMs > 0 && waitMs <= 10_000);
      nowMs += waitMs;
      step = next(step, RANG, at(nowMs));
      asked(step);
    }
  });

  it('waits as long as a full hub asks, and keeps a change until then', () => {
    const renewing = next(LISTED, RANG, at(100_000));
    const full = next(renewing, failed('RATE_001', { retryAfterMs: 20_000 }), at(100_050));
    assert.equal(only(full).kind, 'refused');
    assert.equal(waits(full, 100_050), 21_000);
    const changed = next(full, { kind: 'changed', version: 2 }, at(103_000));
    assert.equal(waits(changed, 103_000), 21_000 - 2_950);
  });

  it('asks again at the pace of renewals after a refusal for good, with a new word', () => {
    const refused = next(FIRST_ASKED, failed('ADV_001'), at(50));
    const news = only(refused);
    assert.ok(news.kind === 'refused' && news.failure.code === 'ADV_001');
    assert.equal(waits(refused, 50), 30_000);
    assert.ok(asked(next(refused, RANG, at(30_050))).word.t > asked(FIRST_ASKED).word.t);
  });

  it('mends a refused advertisement at once when it is changed', () => {
    const refused = next(FIRST_ASKED, failed('ADV_001'), at(50));
    assert.equal(waits(next(refused, { kind: 'changed', version: 2 }, at(60)), 60), 1_140);
  });

  it('asks at once after a sleep, gives up what was under way, and does not wait long for it', () => {
    const renewing = next(LISTED, RANG, at(100_000));
    const slept = { wallMs: WALL_MS + 700_000 };
    const woken = next(renewing, { kind: 'jumped', jumpMs: 600_000 }, at(101_500, slept));
    assert.equal(asked(woken).timeoutMs, 1_000);
    assert.equal(asked(woken).word.t, 1_790_000_700_000);
    const lost = next(woken, failed('TIMED_OUT'), at(102_500, slept));
    assert.ok(waits(lost, 102_500) <= 500);
    assert.equal(asked(next(lost, RANG, at(103_000, slept))).timeoutMs, 10_000);
  });

  it('asks for a signature again after a pause when the signer threw', () => {
    const unsigned = next(FIRST_ASKED, { kind: 'unsigned', error: new Error('locked') }, at(5_000));
    assert.equal(only(unsigned).kind, 'unsigned');
    assert.equal(waits(unsigned, 5_000), 375);
  });
});

describe('how an advertiser leaves', () => {
  const leaving = next(LISTED, { kind: 'closing' }, at(500));

  it('withdraws at once, with a later t and little patience', () => {
    const { word, timeoutMs } = asked(leaving);
    assert.equal(word.method, 'DELETE');
    assert.ok(word.t > asked(FIRST_ASKED).word.t);
    assert.equal(timeoutMs, 2_000);
  });

  it('is done when the hub agrees, or never knew', () => {
    const withdrawn = next(leaving, { kind: 'withdrawn' }, at(550));
    assert.deepEqual(only(withdrawn), { kind: 'withdrawn', wasListed: true });
    assert.equal(withdrawn.standing.phase, 'ended');
    const unknown = next(leaving, failed('ADV_004'), at(550));
    assert.deepEqual(only(unknown), { kind: 'withdrawn', wasListed: false });
  });

  it('tries again soon after silence, with the same word', () => {
    const lost = next(leaving, failed('UNREACHABLE'), at(600));
    assert.ok(waits(lost, 600) <= 500);
    assert.deepEqual(asked(next(lost, RANG, at(1_200))).word, asked(leaving).word);
  });

  it('corrects its clock for that too', () => {
    const corrected = next(leaving, failed('AUTH_002', { hubTimeMs: WALL_MS + HOUR_MS }), at(600));
    assert.equal(asked(corrected).word.method, 'DELETE');
  });

  it('ends at a refusal for good, or when its time is over, and says so', () => {
    for (const last of [failed('AUTH_004'), { kind: 'gave_up' } as const]) {
      const step = next(leaving, last, at(600));
      assert.equal(step.standing.phase, 'ended');
      const news = only(step);
      assert.ok('retryInMs' in news && news.retryInMs === undefined);
    }
  });

  it('says what stood in its way when its time is over, where it knows', () => {
    const unheard = only(next(leaving, { kind: 'gave_up' }, at(600)));
    assert.ok(unheard.kind === 'unreachable' && unheard.failure.code === 'TIMED_OUT');
    for (const [code, kind] of [
      ['UNREADABLE', 'unreachable'],
      ['RATE_001', 'refused'],
    ] as const) {
      const news = only(next(next(leaving, failed(code), at(600)), { kind: 'gave_up' }, at(700)));
      assert.ok(news.kind === kind && news.failure.code === code && news.failures === 2);
    }
  });

  it('does nothing more once it has ended', () => {
    const withdrawn = next(leaving, { kind: 'withdrawn' }, at(550));
    for (const occurrence of [RANG, CHANGED, granted(), failed('ADV_001')]) {
      const step = next(withdrawn, occurrence, at(9_999));
      assert.deepEqual(step, { standing: withdrawn.standing, news: [] });
    }
  });
});
