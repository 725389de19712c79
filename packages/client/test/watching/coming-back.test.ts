import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DiscoveryClient, DiscoveryError, type Failure, type WatchEvent } from '#src/index.js';
import { createTurnedWorld } from '../turned-world.js';

const STREAM = { 'content-type': 'text/event-stream' };
const BOOKMARK = 'id: e-1\nevent: bookmark\ndata: {"cursor":"e-1"}\n\n';

/** What answers, one request after the other; the last one goes on for ever. */
type Script = readonly (() => Response)[];

const says = (text: string) => () => new Response(text, { headers: STREAM });
const page = (status: number) => () => new Response('<html>', { status });

describe('a watch that comes back', () => {
  it('waits longer and longer before a server that ends each stream without a word', async () => {
    const { asked, world, client } = clientOf([says('')]);
    await assert.rejects(world.settle(drain(client.watch())), codeIs('UNREACHABLE'));
    assert.ok(asked() < 16, `${asked()} requests in ${world.elapsedMs()} ms`);
    assert.ok(world.elapsedMs() >= 30_000);
    assert.equal(world.timersSet, 0);
  });

  it('pauses even where a server that tells something asks for no pause at all', async () => {
    const { asked, world, client } = clientOf([says(`retry: 0\n\n${BOOKMARK}`)]);
    await world.settle(drain(client.watch(), 100));
    assert.equal(asked(), 100);
    assert.ok(world.elapsedMs() >= 99 * 125);
  });

  it('is never sent away for longer than a minute', async () => {
    const away = () => new Response('{}', { status: 503, headers: { 'retry-after': '999999999' } });
    const { world, client } = clientOf([says(BOOKMARK), away, says(BOOKMARK)]);
    await world.settle(drain(client.watch(), 2));
    assert.ok(world.elapsedMs() <= 61_000);
  });

  it('ends at once where whoever answers was never a hub, at any of the addresses', async () => {
    const { asked, client, world } = clientOf([page(200)], ['http://a.test', 'http://b.test']);
    await assert.rejects(world.settle(drain(client.watch())), codeIs('UNREADABLE'));
    assert.equal(asked(), 2);
  });

  it('outlives a portal that comes in between, and tells of the trouble', async () => {
    const script = [says(BOOKMARK), page(200), page(502), says(BOOKMARK)];
    const { client, world } = clientOf(script);
    const troubles: string[] = [];
    const onTrouble = ({ code }: Failure): void => void troubles.push(code);
    await world.settle(drain(client.watch({ onTrouble }), 2));
    assert.deepEqual(troubles, ['UNREADABLE', 'UNREACHABLE']);
  });

  it('says that a hub took too long, as one does that is loading much', async () => {
    const world = createTurnedWorld((_url, { signal }) => {
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
    });
    const client = new DiscoveryClient({ hubs: 'http://hub.test', surroundings: world });
    const watched = drain(client.watch({ patienceMs: 1 }));
    await assert.rejects(world.settle(watched), codeIs('TIMED_OUT'));
    assert.equal(world.timersSet, 0);
  });

  it('counts its patience from the last word of a hub, not from the last stream that was opened', async () => {
    const { client, world } = clientOf([says(BOOKMARK), says('event: closed\ndata: {}\n\n')]);
    const watched = drain(client.watch({ patienceMs: 5_000 }));
    await assert.rejects(world.settle(watched), codeIs('UNREACHABLE'));
    assert.ok(world.elapsedMs() < 20_000);
  });
});

function clientOf(script: Script, hubs: readonly string[] = ['http://hub.test']) {
  let requests = 0;
  const world = createTurnedWorld(async () => {
    const answer = script[Math.min(requests, script.length - 1)];
    requests += 1;
    if (answer === undefined) throw new Error('nothing is scripted');
    return answer();
  });
  const client = new DiscoveryClient({ hubs, surroundings: world });
  return { asked: () => requests, world, client };
}

/** Reads so many events, or to the end. */
async function drain(events: AsyncIterable<WatchEvent>, countMax = Infinity): Promise<void> {
  let count = 0;
  for await (const { event } of events) {
    assert.equal(event, 'bookmark');
    count += 1;
    if (count === countMax) return;
  }
}

function codeIs(code: string): (error: unknown) => boolean {
  return (error) => error instanceof DiscoveryError && error.code === code;
}
