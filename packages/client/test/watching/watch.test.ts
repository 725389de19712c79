import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import {
  Advertiser,
  DiscoveryClient,
  DiscoveryError,
  type WatchEvent,
  withdraw,
} from '#src/index.js';
import { EventText, type TextEvent } from '#src/watching/event-text.js';
import { type HubProcess, startHub } from '../hub-process.js';
import { generateKeyPairSync } from 'node:crypto';

const ADVERTISEMENT = {
  ip_address: '83.233.10.2',
  country: 'SE',
  resources: { cpu: 4, memory: 8, storage: 40 },
};

describe('watching from the SDK', () => {
  let folder: string;
  let hub: HubProcess;
  const settings = (): Record<string, string> => ({
    DISCOVERY_DB_URL: `sqlite:///${join(folder, 'discovery.db')}`,
  });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'golem-discovery-'));
    hub = await startHub(settings());
  });
  after(async () => {
    await hub.end();
    await rm(folder, { recursive: true });
  });

  it('goes on over a crash of the hub, and tells each change once', async () => {
    const client = new DiscoveryClient({ hubs: hub.url });
    const signer = generateKeyPairSync('ed25519').privateKey;
    const told: string[] = [];
    let advertiser: Advertiser | undefined;
    for await (const event of client.watch({ country: 'SE' })) {
      told.push(nameOf(event));
      if (told.length === 1) {
        advertiser = await Advertiser.start({
          hubs: hub.url,
          signer,
          advertisement: ADVERTISEMENT,
          onEvent: () => undefined,
        });
      } else if (told.length === 2) {
        await advertiser?.close({ withdraw: false });
        const { port } = hub;
        await hub.end('SIGKILL');
        hub = await startHub({ ...settings(), DISCOVERY_PORT: String(port) });
        await withdraw({ hubs: hub.url, signer, onEvent: () => undefined });
      } else if (event.event === 'withdrawn') break;
    }
    assert.deepEqual(
      told.filter((name, at) => at === 0 || name !== 'bookmark'),
      ['bookmark', 'advertised SE', 'withdrawn'],
    );
  });

  it('begins anew, with a reset, where the hub knows nothing of its cursor', async () => {
    const client = new DiscoveryClient({ hubs: hub.url });
    const told: string[] = [];
    for await (const event of client.watch({ country: 'AQ', since: 'elsewhere-7' })) {
      told.push(nameOf(event));
      if (event.event === 'bookmark') break;
    }
    assert.deepEqual(told, ['reset', 'bookmark']);
  });

  it('ends with what a hub refuses, and with ABORTED when its caller gives up', async () => {
    const client = new DiscoveryClient({ hubs: hub.url });
    await assert.rejects(next(client.watch({ cpu: 0 })), codeIs('ADV_002'));
    const controller = new AbortController();
    const events = client.watch({ country: 'AQ', signal: controller.signal });
    assert.equal((await events.next()).done, false);
    const waiting = next(events);
    controller.abort();
    await assert.rejects(waiting, codeIs('ABORTED'));
  });

  it('gives up where no hub has answered within its patience', async () => {
    const client = new DiscoveryClient({ hubs: 'http://127.0.0.1:9' });
    await assert.rejects(next(client.watch({ patienceMs: 1 })), codeIs('UNREACHABLE'));
  });
});

describe('the text of events', () => {
  it('is read the same in whatever pieces it comes', () => {
    const text =
      'retry: 1234\n\nid: e-1\nevent: advertised\ndata: {"a":1}\n\n:\n\nevent: closed\ndata: {}\n\n';
    const whole = new EventText();
    const expected = whole.push(text);
    assert.equal(expected?.length, 2);
    assert.equal(whole.retryMs, 1_234);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, at) => text.slice(places[at], end));
        const read = new EventText();
        const events: TextEvent[] = pieces.flatMap((piece) => [...(read.push(piece) ?? [])]);
        assert.deepEqual(events, expected);
      }),
    );
  });

  it('is bounded', () => {
    assert.deepEqual(new EventText().push('x'.repeat(65_536)), []);
    assert.equal(new EventText().push('x'.repeat(65_537)), undefined);
  });
});

async function next(events: AsyncGenerator<WatchEvent, void, undefined>): Promise<void> {
  await events.next();
}

function nameOf(event: WatchEvent): string {
  return 'advertisement' in event ? `${event.event} ${event.advertisement.country}` : event.event;
}

function codeIs(code: string): (error: unknown) => boolean {
  return (error) => error instanceof DiscoveryError && error.code === code;
}
