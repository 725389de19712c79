import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog } from '#src/telemetry/log.js';

/** Everything that a log wrote. */
function capture(debug: boolean) {
  const written: string[] = [];
  const log = createLog({ debug, destination: { write: (text) => void written.push(text) } });
  return { log, written, text: () => written.join('') };
}

const HOSTILE = 'a\r\n{"level":"info"}\u001b[2J\u009b31m\u2028\u202e\u0000\u007f';

test('a line is a JSON object with a time, a level and the message', () => {
  const { log, text } = capture(false);
  log.info({ port: 7465 }, 'listening');
  const record: unknown = JSON.parse(text().replace(/"time":"\d{4}-\d\d-\d\dT[\d:.]+Z",/, ''));
  assert.deepEqual(record, { level: 'info', port: 7465, msg: 'listening' });
});

test('debug lines are left out, save in debug', () => {
  const plain = capture(false);
  plain.log.debug('detail');
  assert.equal(plain.text(), '');
  const debug = capture(true);
  debug.log.debug('detail');
  assert.match(debug.text(), /DEBUG.*detail/);
});

test('no value breaks a line or drives a terminal, in neither form', () => {
  for (const debug of [false, true]) {
    const { log, text } = capture(debug);
    log.info({ provider: HOSTILE, [HOSTILE]: 1 }, HOSTILE);
    log.error(new Error('plain'), HOSTILE);
    for (const line of text().split('\n')) {
      assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
    }
  }
});

test('a JSON line gives hostile values back as they were', () => {
  const { log, written } = capture(false);
  log.info({ provider: HOSTILE }, 'seen');
  assert.equal(written.length, 1);
  const record: unknown = JSON.parse(written.join('').replace(/"time":"[^"]*",/, ''));
  assert.deepEqual(record, { level: 'info', provider: HOSTILE, msg: 'seen' });
});

test('a readable line is one line, and a stack is indented below it', () => {
  const { log, text } = capture(true);
  log.info({ a: 'x\ny' }, 'first\nsecond');
  assert.equal(text().split('\n').length, 2);
  log.error(new Error('boom\nforged'), 'failed');
  const [, ...rest] = text().trimEnd().split('\n');
  assert.ok(rest.length > 2);
  for (const line of rest.slice(1)) assert.match(line, /^ {4}|^$/);
});

test('credentials and passwords in URLs are not written', () => {
  for (const debug of [false, true]) {
    const { log, text } = capture(debug);
    log.warn({ headers: { authorization: 'Bearer PaSs', cookie: 'PaSs' }, password: 'PaSs' }, 'x');
    log.warn({ url: 'postgresql://hub:PaSs@db/x' }, 'at postgresql://hub:a@PaSs@db/x');
    log.error(new Error('cannot reach postgresql://hub:PaSs@db/x'), 'failed');
    assert.doesNotMatch(text(), /PaSs/);
    assert.match(text(), /\*\*\*@db/);
  }
});
