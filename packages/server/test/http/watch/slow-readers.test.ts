import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type ServerResponse } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { EventStream } from '#src/http/watch/event-stream.js';
import { Poll } from '#src/http/watch/poll.js';
import type { Watcher } from '#src/registry/feed/watch.js';

/** A watch that is told by hand. */
const WATCHING = { cursor: 'e-1', close: () => undefined };

/** More than a connection takes at once. */
const DATA = JSON.stringify('x'.repeat(4 * 1_048_576));

/** A response whose reader reads on whenever it is told to. */
async function answering(t: TestContext): Promise<ServerResponse> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const reader = get({ host: '127.0.0.1', port: address.port }, (answer) => void answer.resume());
  reader.on('error', () => undefined);
  const response = await new Promise<ServerResponse>((resolve) => {
    server.once('request', (_request, answer) => resolve(answer));
  });
  t.after(() => {
    reader.destroy();
    server.close();
  });
  return response;
}

/** Tells more than can be read at once, so many times. */
async function tellMuch(watcher: Watcher, rounds: number): Promise<void> {
  for (let revision = 1; revision <= rounds; revision += 1) {
    const events = [{ name: 'advertised', revision, data: DATA } as const];
    watcher.take({ epoch: 'e', revision, events });
    assert.ok(watcher.isBehind, 'it was read at once');
    await new Promise<void>((ready) => watcher.whenReady(ready, assert.fail));
  }
}

void describe('a watcher who has to be waited for again and again', () => {
  void it('leaves nothing behind on its connection, as a stream', async (t) => {
    const response = await answering(t);
    const stream = new EventStream(response, []);
    stream.begin();
    const before = response.listenerCount('close');
    await tellMuch(stream, 5);
    assert.equal(response.listenerCount('close'), before);
  });

  void it('leaves nothing behind on its connection, as a poll', async (t) => {
    const response = await answering(t);
    const refuse = (): never => assert.fail('it was refused');
    const poll = new Poll({ response, headers: [], wantsSnapshot: true, waitMs: 0, refuse });
    poll.begin(WATCHING);
    const before = response.listenerCount('close');
    await tellMuch(poll, 5);
    assert.equal(response.listenerCount('close'), before);
    const closed = once(response, 'close');
    response.destroy();
    await closed;
  });
});
