/** How streams begin and end when it is not for what they tell: places, loading, stopping. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol';
import { openEdge } from '../edge-under-test.js';
import { assertProblem } from '../problem-shape.js';
import { ask } from '../raw-client.js';
import { requestBytes } from '../requests.js';
import { openEvents } from './event-client.js';

const WATCH_PATH = `${ADVERTISEMENTS_PATH}/watch`;

void describe('watches from one address', () => {
  void it('are bounded, and counted as one read each when they are opened', async () => {
    const hub = await openEdge({ rateLimitPerMinute: 5, maxWatchesPerAddress: 3 });
    const url = `${hub.url}${WATCH_PATH}`;
    const streams = [await openEvents(url), await openEvents(url), await openEvents(url)];
    assert.match(String(streams[2]?.headers['ratelimit']), /^"read";r=2;/);
    const fourth = await ask(hub.port, requestBytes('GET', WATCH_PATH));
    assert.equal(assertProblem(fourth), 'RATE_001');
    assert.match(fourth.body, /it may have 3 at once/);
    await ask(hub.port, requestBytes('GET', WATCH_PATH));
    const sixth = await ask(hub.port, requestBytes('GET', WATCH_PATH));
    assert.match(sixth.body, /too many reads/);
    for (const stream of streams) stream.close();
    await hub.close();
  });
});

void describe('a hub that stops, to those who watch', () => {
  void it('says why it ends a stream and when to come back, also to those who come back too early', async () => {
    const hub = await openEdge();
    const url = `${hub.url}${WATCH_PATH}`;
    const stream = await openEvents(url);
    await stream.arrived(1);
    const waiting = ask(
      hub.port,
      requestBytes('GET', `${WATCH_PATH}?since=${stream.events[0]?.id}`, [
        ['Accept', 'application/json'],
      ]),
    );
    await ask(hub.port, requestBytes('GET', '/health'));
    hub.edge.startDraining();
    const events = await stream.ended();
    assert.deepEqual(events.at(-1)?.event, 'closed');
    assert.match(events.at(-1)?.data ?? '', /"reason":"stopping"/);
    assert.equal(assertProblem(await waiting), 'SYS_002');
    const early = await openEvents(url, { Accept: 'text/event-stream' });
    assert.equal(early.status, 200);
    assert.equal((await early.ended())[0]?.event, 'closed');
    assert.match(early.text(), /^retry: \d{4}\n/);
    const other = await openEvents(url);
    assert.equal(other.status, 503);
    await hub.close();
  });

  void it('makes nobody wait for those who still read', async () => {
    const hub = await openEdge();
    const streams = await Promise.all(
      Array.from({ length: 10 }, () => openEvents(`${hub.url}${WATCH_PATH}`)),
    );
    const startedMs = performance.now();
    await hub.close();
    assert.ok(performance.now() - startedMs < 3_000);
    for (const stream of streams) await stream.ended();
  });
});

void describe('a hub that loads, to those who watch', () => {
  void it('lets them wait, since a stream that is refused does not come back', async () => {
    const hub = await openEdge({ load: false });
    const opened = openEvents(`${hub.url}${WATCH_PATH}`);
    const gone = await Promise.race([opened, ask(hub.port, requestBytes('GET', '/health'))]);
    assert.equal(gone.status, 200);
    await hub.registry.load();
    const stream = await opened;
    await stream.arrived(1);
    stream.close();
    await hub.close();
  });
});
