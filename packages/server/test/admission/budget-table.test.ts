import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createBudgetTable } from '#src/admission/budget-table.js';
import type { BudgetTable } from '#src/admission/budget-table.js';
import { asMonotonicMs } from '#src/telemetry/clock.js';

function turnedByHand() {
  let nowMs = 5_000;
  return {
    monotonicMs: () => asMonotonicMs(nowMs),
    turn: (ms: number) => {
      nowMs += ms;
    },
  };
}

function makeTable({ limit = 3, windowMs = 60_000, entriesMax = 4 } = {}) {
  const { monotonicMs, turn } = turnedByHand();
  return { turn, table: createBudgetTable({ limit, windowMs, entriesMax, monotonicMs }) };
}

function exhaust(table: BudgetTable, key: string): void {
  for (let tries = 0; table.take(key).allowed; tries += 1) assert.ok(tries < 1_000);
}

describe('a budget table', () => {
  it('allows the limit and refuses one more', () => {
    const { table } = makeTable();
    const verdicts = [1, 2, 3, 4].map(() => table.take('a'));
    assert.deepEqual(
      verdicts.map((verdict) => [verdict.allowed, verdict.remaining]),
      [
        [true, 2],
        [true, 1],
        [true, 0],
        [false, 0],
      ],
    );
    assert.equal(table.take('b').allowed, true, 'another key has its own budget');
  });

  it('anchors the window at the first use and gives everything back at its end', () => {
    const { table, turn } = makeTable();
    table.take('a');
    turn(59_999);
    exhaust(table, 'a');
    assert.equal(table.take('a').resetSeconds, 1);
    turn(1);
    assert.deepEqual(table.take('a'), {
      allowed: true,
      remaining: 2,
      limit: 3,
      resetSeconds: 60,
    });
  });

  it('does not lengthen a block when it is knocked at', () => {
    const { table, turn } = makeTable();
    exhaust(table, 'a');
    for (let second = 0; second < 60; second += 1) {
      assert.equal(table.take('a').allowed, false);
      assert.equal(table.take('a').resetSeconds, 60 - second);
      turn(1_000);
    }
    assert.equal(table.take('a').allowed, true);
  });

  it('tells by peek what take would meet, using nothing', () => {
    const { table } = makeTable();
    for (let i = 0; i < 10; i += 1) assert.equal(table.peek('a').remaining, 3);
    table.take('a');
    assert.equal(table.peek('a').remaining, 2);
    exhaust(table, 'a');
    assert.equal(table.peek('a').allowed, false);
  });

  it('keeps the blocked blocked and lets newcomers share one budget when it is full', () => {
    const { table } = makeTable();
    exhaust(table, 'blocked');
    for (const key of ['a', 'b', 'c']) assert.equal(table.take(key).allowed, true);
    const newcomers = ['d', 'e', 'f', 'g'].map((key) => table.take(key).allowed);
    assert.deepEqual(newcomers, [true, true, true, false]);
    assert.equal(table.peek('h').allowed, false);
    assert.equal(table.take('blocked').allowed, false);
    assert.equal(table.take('a').remaining, 1, 'whoever was counted apart still is');
  });

  it('makes room as windows end, oldest first', () => {
    const { table, turn } = makeTable();
    for (const key of ['a', 'b', 'c', 'd']) {
      table.take(key);
      turn(10_000);
    }
    exhaust(table, 'shared');
    turn(20_000);
    assert.equal(table.take('e').remaining, 2, 'a ended, e takes its room');
    assert.equal(table.take('f').allowed, false, 'the shared window still runs');
    turn(10_000);
    assert.equal(table.take('f').remaining, 2, 'b ended');
  });

  it('keeps a returning key behind those whose windows began before', () => {
    const { table, turn } = makeTable({ entriesMax: 2 });
    table.take('a');
    turn(30_000);
    table.take('b');
    turn(30_000);
    exhaust(table, 'a');
    turn(30_000);
    assert.equal(table.take('c').remaining, 2, 'b made room');
    assert.equal(table.take('a').allowed, false, 'a, in its second window, did not');
  });

  it('stays within its bound under 200,000 keys, and a blocked one stays blocked', () => {
    const { table } = makeTable({ entriesMax: 100_000 });
    exhaust(table, 'blocked');
    const before = process.memoryUsage().heapUsed;
    let allowed = 0;
    for (let i = 0; i < 200_000; i += 1)
      allowed += table.take(`203.0.${i >> 8}.${i & 255}`).allowed ? 1 : 0;
    assert.equal(allowed, 99_999 + 3, 'each that fits, and one shared budget');
    assert.equal(table.take('blocked').allowed, false);
    const grownBytes = process.memoryUsage().heapUsed - before;
    assert.ok(grownBytes < 100_000_000, `${grownBytes} bytes`);
  });

  it('cannot be made without bounds', () => {
    assert.throws(() => makeTable({ limit: 0 }), RangeError);
    assert.throws(() => makeTable({ windowMs: 0 }), RangeError);
    assert.throws(() => makeTable({ entriesMax: 0 }), RangeError);
  });
});
