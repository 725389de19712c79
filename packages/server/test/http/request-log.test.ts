import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol';
import { type EdgeUnderTest, openEdge } from './edge-under-test.js';
import { ask, type RawAnswer } from './raw-client.js';
import { requestBytes } from './requests.js';

/** Asks, closes the hub, which ends every connection, and gives what was logged. */
async function logOf(hub: EdgeUnderTest, ...requests: readonly string[]) {
  const answers: RawAnswer[] = [];
  for (const bytes of requests) answers.push(await ask(hub.port, bytes));
  await hub.close();
  return { answers, lines: hub.lines };
}

void describe('the log', () => {
  void it('has a line for each request in debug, refused or not', async () => {
    const hub = await openEdge({ debug: true });
    const { answers, lines } = await logOf(
      hub,
      requestBytes('GET', `${ADVERTISEMENTS_PATH}?cpu=1`),
      requestBytes('PUT', `/${'x'.repeat(1_000)}`),
      requestBytes('POST', ADVERTISEMENTS_PATH, [['Expect', 'x']]),
    );
    const request_ids = answers.map(({ headers }) => headers.get('x-request-id'));
    const [found, lost, expecting] = lines;
    const client = '127.0.0.1';
    assert.deepEqual(found, {
      level: 'debug',
      message: 'request',
      method: 'GET',
      path: `${ADVERTISEMENTS_PATH}?cpu=1`,
      status: 200,
      client,
    });
    assert.deepEqual(lost, {
      level: 'debug',
      message: 'refused',
      method: 'PUT',
      path: `/${'x'.repeat(199)}...`,
      status: 404,
      client,
      request_id: request_ids[1],
      code: 'REQ_002',
    });
    assert.deepEqual([expecting?.['status'], expecting?.['code']], [400, 'REQ_001']);
    assert.equal(lines.length, 3);
  });

  void it('says nothing of requests and refusals otherwise', async () => {
    const hub = await openEdge();
    const { lines } = await logOf(
      hub,
      requestBytes('GET', ADVERTISEMENTS_PATH),
      requestBytes('GET', '/nope'),
    );
    assert.deepEqual(lines, []);
  });

  void it('counts what the hub turns away because of its own state', async () => {
    const hub = await openEdge({ load: false });
    const { lines } = await logOf(
      hub,
      ...Array.from({ length: 3 }, () => requestBytes('GET', '/readyz')),
    );
    const counts = lines.map(({ count }) => Number(count));
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      3,
    );
    for (const { level, message, code } of lines) {
      assert.deepEqual([level, message, code], ['warn', 'requests were turned away', 'SYS_002']);
    }
  });

  void it('holds a few crashes a second, with where they were, and the number of the others', async () => {
    const hub = await openEdge({ crashing: true });
    const crash = requestBytes('GET', ADVERTISEMENTS_PATH);
    const { lines } = await logOf(hub, ...Array.from({ length: 50 }, () => crash));
    const stacks = lines.filter(({ message }) => message === 'a request handler crashed');
    const more = lines.filter(({ message }) => message === 'more request handlers crashed');
    const counted = more.reduce((sum, { count }) => sum + Number(count), 0);
    assert.equal(stacks.length + counted, 50);
    assert.ok(stacks.length < 50 && more.length > 0);
    assert.deepEqual([stacks[0]?.['method'], stacks[0]?.['path']], ['GET', ADVERTISEMENTS_PATH]);
  });
});
