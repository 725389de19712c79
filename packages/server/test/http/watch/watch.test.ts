import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ADVERTISEMENTS_PATH, type Signer } from 'golem-vm-discovery-protocol';
import { BOOKMARK_SECONDS } from '#src/registry/feed/watches.js';
import { type EdgeUnderTest, openEdge } from '../edge-under-test.js';
import { assertProblem } from '../problem-shape.js';
import { ask, type RawAnswer } from '../raw-client.js';
import { advertiseBytes, createProvider, requestBytes, withdrawBytes } from '../requests.js';
import { type EventClient, openEvents } from './event-client.js';

const WATCH_PATH = `${ADVERTISEMENTS_PATH}/watch`;
const PRICES = {
  usd_per_core_month: 3,
  usd_per_gb_ram_month: 1.5,
  usd_per_gb_storage_month: 0.05,
};

void describe('a watch', () => {
  let hub: EdgeUnderTest;
  before(async () => {
    hub = await openEdge({ maxWatches: 8, maxWatchesPerAddress: 8 });
  });
  after(() => hub.close());

  let t = 0;
  async function post(provider: Signer, cpu: number, country = 'SE'): Promise<void> {
    t += 1;
    const resources = { cpu, memory: 8, storage: 40 };
    const body = JSON.stringify({ ip_address: '83.233.10.2', country, resources, pricing: PRICES });
    const bytes = await advertiseBytes(provider, hub.clock.wallMs() + t, body);
    assert.equal((await ask(hub.port, bytes)).status, 200);
  }
  async function withdraw(provider: Signer): Promise<void> {
    t += 1;
    const bytes = await withdrawBytes(provider, hub.clock.wallMs() + t);
    assert.equal((await ask(hub.port, bytes)).status, 200);
  }
  const list = (query: string): Promise<RawAnswer> =>
    ask(hub.port, requestBytes('GET', `${ADVERTISEMENTS_PATH}?${query}`));
  const poll = (query: string): Promise<RawAnswer> =>
    ask(hub.port, requestBytes('GET', `${WATCH_PATH}?${query}`, [['Accept', 'application/json']]));
  const open = (query: string, headers?: Readonly<Record<string, string>>): Promise<EventClient> =>
    openEvents(`${hub.url}${WATCH_PATH}?${query}`, headers);

  async function cursorOf(query = ''): Promise<string> {
    return (await list(query)).headers.get('x-discovery-cursor') ?? '';
  }

  void it('begins with what a list gives, without ids, and a bookmark with the cursor of that list', async () => {
    const provider = createProvider();
    await post(provider, 4, 'NO');
    const query = 'country=NO&cpu=2&memory=4&storage=20';
    const listed = await list(query);
    const stream = await open(query);
    const [first, bookmark] = await stream.arrived(2);
    stream.close();
    assert.deepEqual([first?.event, first?.id], ['advertised', undefined]);
    assert.equal(`[${first?.data}]`, listed.body);
    assert.match(listed.body, /"estimate"/);
    const cursor = listed.headers.get('x-discovery-cursor');
    assert.deepEqual(bookmark, {
      id: cursor,
      event: 'bookmark',
      data: JSON.stringify({ cursor }),
    });
  });

  void it('is an event stream that nothing between keeps back or caches, for every origin', async () => {
    const stream = await open('country=IS', { 'Accept-Encoding': 'gzip, br' });
    await stream.arrived(1);
    stream.close();
    assert.equal(stream.status, 200);
    const { headers } = stream;
    assert.equal(headers['content-type'], 'text/event-stream; charset=utf-8');
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-accel-buffering'], 'no');
    assert.equal(headers['content-encoding'], undefined);
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.match(headers['access-control-expose-headers'] ?? '', /X-Discovery-Cursor/);
    assert.match(stream.text(), /^retry: \d{4}\n\n/);
  });

  void it('tells what changes for these requirements and nothing else, each with the cursor of its moment', async () => {
    const [one, other] = [createProvider(), createProvider()];
    const stream = await open('country=FI&cpu=4');
    await stream.arrived(1);
    await post(one, 4, 'FI');
    const afterOne = await cursorOf();
    await post(other, 4, 'DK');
    await post(one, 4, 'FI');
    await post(one, 8, 'FI');
    await post(one, 2, 'FI');
    await post(other, 4, 'FI');
    await withdraw(other);
    const events = (await stream.arrived(6)).slice(1);
    stream.close();
    assert.deepEqual(
      events.map(({ event }) => event),
      ['advertised', 'changed', 'unmatched', 'advertised', 'withdrawn'],
    );
    assert.equal(events[0]?.id, afterOne);
    assert.equal(events[2]?.data, JSON.stringify({ provider_id: one.providerId }));
    assert.equal(events.at(-1)?.id, await cursorOf());
  });

  void it('goes on from a cursor, and from a Last-Event-ID rather than from since', async () => {
    const provider = createProvider();
    const start = await cursorOf();
    await post(provider, 4, 'EE');
    const later = await cursorOf();
    await post(provider, 8, 'EE');
    const resumed = await open(`country=EE&since=${start}`);
    const reconnected = await open(`country=EE&since=${start}`, { 'Last-Event-ID': later });
    const names = async (stream: EventClient, count: number) =>
      (await stream.arrived(count)).map(({ event }) => event);
    assert.deepEqual(await names(resumed, 3), ['advertised', 'changed', 'bookmark']);
    assert.deepEqual(await names(reconnected, 2), ['changed', 'bookmark']);
    resumed.close();
    reconnected.close();
  });

  void it('as a poll answers with what is listed, with what happened, or with nothing when its time is over', async () => {
    const provider = createProvider();
    await post(provider, 4, 'LV');
    const asked = { headers: { Accept: 'application/json' } };
    const answer = await fetch(`${hub.url}${WATCH_PATH}?country=LV`, asked);
    const snapshot: unknown = await answer.json();
    assert.ok(isPoll(snapshot));
    assert.deepEqual(
      snapshot.events.map(({ event }) => event),
      ['advertised'],
    );
    assert.equal(snapshot.cursor, await cursorOf());
    const nothing = await poll(`country=LV&wait=0&since=${snapshot.cursor}`);
    assert.deepEqual(parsePoll(nothing), { cursor: snapshot.cursor, events: [] });
    assert.equal(nothing.headers.get('cache-control'), 'no-store');
    const waiting = poll(`country=LV&since=${snapshot.cursor}`);
    await post(provider, 8, 'LV');
    await withdraw(provider);
    const first = parsePoll(await waiting);
    assert.equal(first.events[0]?.event, 'changed');
    const rest = parsePoll(await poll(`country=LV&wait=1&since=${first.cursor}`));
    const told = [...first.events, ...rest.events].map(({ event }) => event);
    assert.deepEqual(told, ['changed', 'withdrawn']);
    const empty = parsePoll(await poll('country=AQ'));
    assert.deepEqual(empty, { cursor: await cursorOf(), events: [] });
  });

  for (const [query, code, field] of [
    ['sort=cpu', 'ADV_002', 'sort'],
    ['limit=5', 'ADV_002', 'limit'],
    ['after=abc', 'ADV_002', 'after'],
    ['count=true', 'ADV_002', 'count'],
    ['proof=true', 'ADV_002', 'proof'],
    ['cpus=4', 'ADV_002', 'cpus'],
    ['since=', 'ADV_002', 'since'],
    ['since=garbage', 'ADV_002', 'since'],
    ['since=E1-5', 'ADV_002', 'since'],
    ['since=e1-12345678901234567', 'ADV_002', 'since'],
    ['wait=5', 'ADV_002', 'wait'],
    ['since=e1-5', 'ADV_006', undefined],
  ] as const) {
    void it(`refuses ${query} at once with ${code}`, async () => {
      const answer = await ask(hub.port, requestBytes('GET', `${WATCH_PATH}?${query}`));
      assert.equal(assertProblem(answer), code);
      if (field !== undefined) assert.match(answer.body, new RegExp(`"field":"${field}"`));
    });
  }

  for (const wait of ['61', '-1', '1.5', '']) {
    void it(`refuses a poll that would wait ${wait || 'nothing at all'} seconds`, async () => {
      assert.equal(assertProblem(await poll(`wait=${wait}`)), 'ADV_002');
    });
  }

  void it('takes an empty Last-Event-ID for none', async () => {
    const stream = await open(`country=IS&since=${await cursorOf()}`, { 'Last-Event-ID': '' });
    const [bookmark] = await stream.arrived(1);
    assert.equal(bookmark?.id, await cursorOf());
    const provider = createProvider();
    await post(provider, 4, 'IS');
    const resumed = await open(`country=IS&since=${bookmark?.id}`, { 'Last-Event-ID': '' });
    assert.equal((await resumed.arrived(1))[0]?.id, await cursorOf());
    stream.close();
    resumed.close();
  });

  void it('refuses a cursor of the future, and a Last-Event-ID that is none, naming it', async () => {
    const [epoch] = (await cursorOf()).split('-');
    const future = await ask(
      hub.port,
      requestBytes('GET', `${WATCH_PATH}?since=${epoch}-9999999999999999`),
    );
    assert.equal(assertProblem(future), 'ADV_006');
    const odd = requestBytes('GET', WATCH_PATH, [['Last-Event-ID', 'seven']]);
    const answer = await ask(hub.port, odd);
    assert.equal(assertProblem(answer), 'ADV_002');
    assert.match(answer.body, /"field":"Last-Event-ID"/);
  });

  void it('answers HEAD as it would answer GET, and holds no place for it', async () => {
    for (let asked = 0; asked < 10; asked += 1) {
      const head = await ask(hub.port, requestBytes('HEAD', WATCH_PATH));
      assert.equal(head.status, 200);
      assert.match(head.headers.get('content-type') ?? '', /^text\/event-stream/);
    }
    const head = await ask(hub.port, requestBytes('HEAD', `${WATCH_PATH}?since=e1-5`));
    assert.equal(head.status, 410);
  });

  void it('is told of the end of a lease by the commit that ends it, and lists agree', async () => {
    const provider = createProvider();
    await post(provider, 4, 'LT');
    const start = await cursorOf();
    const waiting = poll(`country=LT&wait=60&since=${start}`);
    let listed = await list('country=LT');
    while (listed.body !== '[]') {
      hub.clock.pass(1_000);
      await hub.ring();
      listed = await list('country=LT');
    }
    const { cursor, events } = parsePoll(await waiting);
    const expired = { event: 'expired', data: { provider_id: provider.providerId } };
    assert.deepEqual(events, [expired]);
    const same = parsePoll(await poll(`country=LT&wait=0&since=${start}`));
    assert.deepEqual(same.events, [expired]);
    const rest = parsePoll(await poll(`country=LT&wait=0&since=${cursor}`));
    assert.deepEqual(rest.events, []);
    const last = await poll(`wait=0&since=${listed.headers.get('x-discovery-cursor')}`);
    assert.deepEqual(parsePoll(last).events, []);
  });

  void it('is told a bookmark every fifteen seconds, and takes the newest cursor from it', async () => {
    const stream = await open('country=AQ');
    const [first] = await stream.arrived(1);
    await post(createProvider(), 4, 'SE');
    for (let second = 0; second < BOOKMARK_SECONDS; second += 1) await hub.ring();
    const [, second] = await stream.arrived(2);
    assert.notEqual(second?.id, first?.id);
    assert.equal(second?.id, await cursorOf());
    stream.close();
  });

  void it('has as many places as there are, and gives them back', async () => {
    const streams = await Promise.all(Array.from({ length: 8 }, () => open('country=AQ')));
    const refused = await ask(hub.port, requestBytes('GET', WATCH_PATH));
    assert.equal(assertProblem(refused), 'SYS_002');
    assert.equal(refused.headers.get('retry-after'), '5');
    for (const stream of streams) stream.close();
    for (;;) {
      const stream = await open('country=AQ');
      stream.close();
      if (stream.status === 200) break;
    }
  });
});

function parsePoll({ status, body }: RawAnswer): {
  readonly cursor: string;
  readonly events: readonly { readonly event: string }[];
} {
  assert.equal(status, 200, body);
  const parsed: unknown = JSON.parse(body);
  assert.ok(isPoll(parsed), body);
  return parsed;
}

function isPoll(
  value: unknown,
): value is { readonly cursor: string; readonly events: { readonly event: string }[] } {
  return typeof value === 'object' && value !== null && 'cursor' in value && 'events' in value;
}
