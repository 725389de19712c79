import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { listenForStop, STOP_MS_MAX } from '#src/command/stopping.js';

/** Stands where the process does: a test that ends its own process would report nothing. */
class Target extends EventEmitter {
  readonly codes: number[] = [];
  exit(code: number): void {
    this.codes.push(code);
  }
}

test('the first signal asks for a stop and ends nothing', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const target = new Target();
    const stop = listenForStop(target, assert.fail);
    target.emit(signal, signal);
    assert.equal(await stop.requested, signal);
    assert.deepEqual(target.codes, []);
    stop.close();
  }
});

test('a second signal ends the process at once, with a code that is not 0', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const target = new Target();
  const stop = listenForStop(target, assert.fail);
  target.emit('SIGTERM', 'SIGTERM');
  target.emit('SIGINT', 'SIGINT');
  assert.deepEqual(target.codes, [1]);
  stop.close();
});

test('a stop that takes longer than 24 s is ended with a code that is not 0', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const target = new Target();
  let overdue = 0;
  const stop = listenForStop(target, () => (overdue += 1));
  target.emit('SIGTERM', 'SIGTERM');
  context.mock.timers.tick(STOP_MS_MAX - 1);
  assert.deepEqual([overdue, target.codes], [0, []]);
  context.mock.timers.tick(1);
  assert.deepEqual([overdue, target.codes], [1, [1]]);
  stop.close();
});

test('after closing no signal is listened for, and closing twice does no harm', () => {
  const target = new Target();
  const stop = listenForStop(target, assert.fail);
  stop.close();
  stop.close();
  assert.equal(target.listenerCount('SIGTERM') + target.listenerCount('SIGINT'), 0);
});
