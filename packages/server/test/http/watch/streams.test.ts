/** How watches begin and end when it is not for what they tell: places, loading, stopping, looking. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { ADVERTISEMENTS_PATH, type Signer } from 'golem-vm-discovery-protocol';
import { WATCH_BOUNDS } from '#src/registry/feed/watch-bounds.js';
import { openEdge } from '../edge-under-test.js';
import { assertProblem } from '../problem-shape.js';
import { ask, openSocket, type RawAnswer } from '../raw-client.js';
import { advertiseBytes, createProvider, requestBytes } from '../requests.js';
import { openEvents } from './event-client.js';

const WATCH_PATH = `${ADVERTISEMENTS_PATH}/watch`;

void describe('watches from one address', () => {
  void it('are bounded, and counted as one read each when they are opened', async () => {
    const hub = await openEdge({ rateLimitPerMinute: 5, maxWatchesPerAddress: 3 });
    const url = `${hub.url}${WATCH_PATH}`;
    const streams = [await openEvents(url), await openEvents(url), await openEvents(url)];
    assert.match(String(streams[2]?.headers['ratelimit']), /^"read";r=2;/);
    for (const stream of streams) await stream.arrived(1);
    const retries = streams.map((stream) => stream.text().split('\n', 1).join());
    assert.equal(new Set(retries).size, 3, 'all would come back at once');
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
    const givenUp = await openSocket(hub.port);
    givenUp.end(requestBytes('GET', WATCH_PATH)).destroy();
    const gone = await Promise.race([opened, ask(hub.port, requestBytes('GET', '/health'))]);
    assert.equal(gone.status, 200);
    await hub.registry.load();
    const stream = await opened;
    await stream.arrived(1);
    stream.close();
    await hub.close();
  });
});

void describe('a poll that has much to look at', () => {
  void it('says that nothing happened only when it has looked at everything that did', async (t) => {
    const hub = await openEdge();
    t.after(() => hub.close());
    // More than are looked at in one go, none of them of interest but the last.
    const [providers, rounds] = [20, 55];
    assert.ok(providers * rounds > WATCH_BOUNDS.changesAtOnce);
    const many = Array.from({ length: providers }, () => createProvider());
    const post = async (provider: Signer, cpu: number, country: string, atMs: number) => {
      const resources = { cpu, memory: 8, storage: 40 };
      const body = JSON.stringify({ ip_address: '83.233.10.2', country, resources });
      const bytes = await advertiseBytes(provider, hub.clock.wallMs() + atMs, body);
      assert.equal((await ask(hub.port, bytes)).status, 200);
    };
    const { headers } = await ask(hub.port, requestBytes('GET', ADVERTISEMENTS_PATH));
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(many.map((provider) => post(provider, 1 + (round % 2), 'LT', round)));
    }
    await post(createProvider(), 4, 'MT', 0);
    const query = `country=MT&wait=0&since=${headers.get('x-discovery-cursor')}`;
    const accept: [string, string][] = [['Accept', 'application/json']];
    const answer = await ask(hub.port, requestBytes('GET', `${WATCH_PATH}?${query}`, accept));
    assert.match(answer.body, /"events":\[\{"event":"advertised",/);
  });
});

void describe('a watcher that never reads', () => {
  void it('is closed after a while, and its place is free again', async (t) => {
    const hub = await openEdge({ auth: 'optional', maxWatches: 1, maxAdvertisements: 20_000 });
    t.after(() => hub.close());
    // More than the buffers of the system hold, all in one snapshot.
    for (let first = 0; first < 12_000; first += 100) {
      const ids = Array.from({ length: 100 }, (_, at) => `${'node'.repeat(30)}-${first + at}`);
      await Promise.all(ids.map((id) => listUnsigned(hub.port, id)));
    }
    t.mock.timers.enable({ apis: ['setInterval'] });
    const deaf = await openSocket(hub.port);
    t.after(() => deaf.destroy());
    deaf.pause().write(requestBytes('GET', WATCH_PATH));
    const another = (): Promise<RawAnswer> =>
      ask(hub.port, requestBytes('GET', `${WATCH_PATH}?since=e1-1`));
    while ((await another()).status !== 503);
    const closed = once(deaf, 'close');
    deaf.on('error', () => undefined);
    // Where there is a place, such a cursor is refused.
    for (let status = 503; status === 503; status = (await another()).status) {
      t.mock.timers.tick(10_000);
    }
    deaf.resume();
    await closed;
  });
});

async function listUnsigned(port: number, id: string): Promise<void> {
  const resources = { cpu: 4, memory: 8, storage: 40 };
  const fields = [
    ['Content-Type', 'application/json'],
    ['X-Provider-ID', id],
    ['X-Provider-Signature', 'signature'],
  ] as const;
  const name = 'a name that is as long as names may be, so that records are long';
  const told = { ip_address: '83.233.10.2', country: 'SE', resources, provider_name: name };
  const post = requestBytes('POST', ADVERTISEMENTS_PATH, fields, JSON.stringify(told));
  assert.equal((await ask(port, post)).status, 200);
}
