import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogTally } from '#src/telemetry/log-tally.js';

function openTally() {
  const reports: Record<string, number>[] = [];
  return { reports, tally: new LogTally((counts) => reports.push(Object.fromEntries(counts))) };
}

test('what is counted is reported once a second, and nothing while there is nothing', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { reports, tally } = openTally();
  assert.deepEqual([tally.count('a'), tally.count('a'), tally.count('b')], [1, 2, 1]);
  context.mock.timers.tick(999);
  assert.deepEqual(reports, []);
  context.mock.timers.tick(1);
  assert.deepEqual(reports, [{ a: 2, b: 1 }]);
  context.mock.timers.tick(10_000);
  assert.equal(reports.length, 1);
  assert.equal(tally.count('a'), 1);
  context.mock.timers.tick(1_000);
  assert.deepEqual(reports[1], { a: 1 });
});

test('closing reports what is left, once, and leaves no timer', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { reports, tally } = openTally();
  tally.count('a');
  tally.close();
  tally.close();
  context.mock.timers.tick(1_000);
  assert.deepEqual(reports, [{ a: 1 }]);
});
