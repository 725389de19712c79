import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPace } from '#src/hub/pace.js';

/** Time that a test lets pass. */
function createTime() {
  const timers = new Set<{ readonly atMs: number; readonly ring: () => void }>();
  let nowMs = 7_000;
  return {
    monotonicMs: () => nowMs,
    after(delayMs: number, ring: () => void) {
      const timer = { atMs: nowMs + delayMs, ring };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    get timers() {
      return timers.size;
    },
    /** Lets it pass, one millisecond after the other, and whoever waited go on. */
    async pass(ms: number) {
      await new Promise(setImmediate);
      for (const endMs = nowMs + ms; nowMs < endMs; nowMs += 1) {
        const due = [...timers].filter(({ atMs }) => atMs <= nowMs);
        for (const timer of due) {
          timers.delete(timer);
          timer.ring();
        }
        if (due.length > 0) await new Promise(setImmediate);
      }
    },
  };
}

const LIMITS = { burst: 3, eachMs: 100 };

describe('a pace', () => {
  it('lets a burst through at once, and one more after each pause', async () => {
    const time = createTime();
    const pace = createPace(LIMITS, time);
    const turns: number[] = [];
    const { signal } = new AbortController();
    const asking = Array.from({ length: 6 }, async () => {
      await pace.turn(signal);
      turns.push(time.monotonicMs() - 7_000);
    });
    await new Promise(setImmediate);
    assert.deepEqual(turns, [0, 0, 0]);
    await time.pass(301);
    await Promise.all(asking);
    assert.deepEqual(turns, [0, 0, 0, 100, 200, 300]);
    assert.equal(time.timers, 0);
  });

  it('keeps its bound however long somebody asks without a rest, and lets a burst through after one', async () => {
    const time = createTime();
    const pace = createPace(LIMITS, time);
    const { signal } = new AbortController();
    let turns = 0;
    const askOn = async (): Promise<void> => {
      while (turns < 13) {
        await pace.turn(signal);
        turns += 1;
      }
    };
    const asking = askOn();
    await time.pass(1_001);
    assert.equal(turns, 3 + 10);
    await asking;
    await time.pass(300);
    await Promise.all([pace.turn(signal), pace.turn(signal), pace.turn(signal)]);
    assert.equal(time.timers, 0);
  });

  it('takes no turn for who gives up, whether before or while waiting', async () => {
    const time = createTime();
    const pace = createPace(LIMITS, time);
    const { signal } = new AbortController();
    for (let turn = 0; turn < 3; turn += 1) await pace.turn(signal);
    const aborter = new AbortController();
    const impatient = [pace.turn(aborter.signal), pace.turn(aborter.signal)];
    aborter.abort(new Error('something else was asked'));
    await assert.rejects(pace.turn(aborter.signal), /something else/);
    for (const turn of impatient) await assert.rejects(turn, /something else/);
    assert.equal(time.timers, 0);
    const patient = pace.turn(signal);
    await time.pass(101);
    await patient;
  });
});
