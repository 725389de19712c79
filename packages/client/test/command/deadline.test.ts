import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { createDeadline } from '#src/command/deadline.js';

const MODULE = new URL('../../src/command/deadline.js', import.meta.url).href;

/** Nothing but the listener is held, as in a command that waits; a collection of garbage lies in between. */
const PROGRAM = `
import { createDeadline } from ${JSON.stringify(MODULE)};
const begin = () => createDeadline(100, new AbortController().signal).signal;
begin().addEventListener('abort', () => { console.log('over'); process.exit(); });
setTimeout(() => { gc(); gc(); }, 20);
setTimeout(() => {}, 5_000);
`;

test('a time is over though garbage was collected meanwhile', async () => {
  const words = ['--expose-gc', '--input-type=module', '--eval', PROGRAM];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  assert.equal(stdout, 'over\n');
});

test('an interruption ends it, before and after it began', () => {
  const early = createDeadline(60_000, AbortSignal.abort());
  const stop = new AbortController();
  const late = createDeadline(undefined, stop.signal);
  assert.deepEqual([early.signal.aborted, late.signal.aborted], [true, false]);
  stop.abort();
  assert.equal(late.signal.aborted, true);
  for (const deadline of [early, late, late]) deadline.close();
});

test('once closed it ends nothing, and keeps no process alive', () => {
  const stop = new AbortController();
  const deadline = createDeadline(60_000, stop.signal);
  deadline.close();
  deadline.close();
  stop.abort();
  assert.equal(deadline.signal.aborted, false);
});
