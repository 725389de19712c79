import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AdvertiserEvent, AdvertiserOptions } from '#src/index.js';
import { ADVERTISEMENT, grant, key, problem, stage } from './staged-advertiser.js';

function kinds(events: readonly AdvertiserEvent[]): string[] {
  return events.map(({ kind }) => kind);
}

describe('an advertiser', () => {
  it('is listed at every hub that it is given, for one signature', async () => {
    let signatures = 0;
    const signer = {
      providerId: key.providerId,
      sign: async () => `signature ${(signatures += 1)}`,
    };
    const hubs = ['http://one', 'http://two', 'http://three'];
    const { advertiser, arrivals, pass, events } = await stage(grant, { hubs, signer });
    assert.deepEqual(
      arrivals.map(({ hub }) => hub),
      hubs,
    );
    assert.deepEqual(kinds(events), ['listed', 'listed', 'listed']);
    assert.equal(signatures, 1);
    await pass(100_000);
    assert.equal(arrivals.length, 6);
    await advertiser.close({ withdraw: false });
  });

  it('is kept at one hub by nothing that happens at another', async () => {
    const hubs = ['http://good', 'http://silent', 'http://full', 'http://refusing'];
    const { advertiser, arrivals, pass } = await stage(
      ({ hub }) => {
        if (hub === 'http://silent') return 'silence';
        if (hub === 'http://full') return problem('RATE_001', 429);
        return hub === 'http://refusing' ? problem('ADV_001', 400) : grant();
      },
      { hubs },
    );
    await pass(900_000);
    assert.deepEqual(
      advertiser.hubs.map(({ condition }) => condition),
      ['listed', 'unreachable', 'refused', 'refused'],
    );
    assert.ok(arrivals.filter(({ hub }) => hub === 'http://good').length >= 9);
    for (const hub of hubs)
      assert.ok(arrivals.filter((arrival) => arrival.hub === hub).length <= 200);
    await advertiser.close({ withdraw: false });
  });

  it('sends the very same signed text again after a lost answer', async () => {
    let requests = 0;
    const { advertiser, arrivals, pass } = await stage(() =>
      (requests += 1) === 1 ? 'silence' : grant(),
    );
    await pass(20_000);
    assert.equal(arrivals.length, 2);
    assert.deepEqual(arrivals[0], arrivals[1]);
    await advertiser.close({ withdraw: false });
  });

  it('tells the last of a thousand changes, and keeps to the renewals that a hub takes', async () => {
    const { advertiser, arrivals, pass } = await stage(grant);
    for (let cpu = 1; cpu <= 1_000; cpu += 1) {
      advertiser.update({ resources: { cpu, memory: 8, storage: 40 } });
      if (cpu % 10 === 0) await pass(600);
    }
    await pass(2_000);
    assert.match(arrivals.at(-1)?.body ?? '', /"cpu":1000,/);
    assert.ok(
      arrivals.length > 30 && arrivals.length <= 52,
      `${arrivals.length} requests in a minute`,
    );
    const times = arrivals.map(({ signature }) => Number(/^t=(\d+)/.exec(signature)?.[1]));
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(times).size, times.length);
    await advertiser.close({ withdraw: false });
  });

  it('takes away an optional field that is changed to undefined, and keeps the others', async () => {
    const advertisement = { ...ADVERTISEMENT, platform: 'arm64', provider_name: 'Räk' };
    const { advertiser, arrivals, pass } = await stage(grant, { advertisement });
    advertiser.update({ platform: undefined });
    await pass(2_000);
    const said: unknown = JSON.parse(arrivals.at(-1)?.body ?? '');
    assert.deepEqual(said, { ...ADVERTISEMENT, provider_name: 'Räk' });
    await advertiser.close({ withdraw: false });
  });

  it('withdraws when it is closed, once, and leaves nothing behind', async () => {
    const { advertiser, arrivals, events, world } = await stage(({ method }) =>
      method === 'POST' ? grant() : Response.json({ status: 'success' }),
    );
    await world.settle(Promise.all([advertiser.close(), advertiser.close()]));
    await advertiser.close();
    assert.deepEqual(
      arrivals.map(({ method, path }) => `${method} ${path}`),
      ['POST /api/v1/advertisements', `DELETE /api/v1/advertisements/${key.providerId}`],
    );
    assert.deepEqual(kinds(events), ['listed', 'withdrawn']);
    assert.equal(world.timersSet, 0);
    assert.throws(() => advertiser.update({ country: 'DE' }), /closed/);
  });

  it('gives up what is under way when it is closed, so that it can’t come after the withdrawal', async () => {
    const { advertiser, arrivals, world } = await stage(({ method }) =>
      method === 'POST' ? 'silence' : Response.json({ status: 'success' }),
    );
    await world.settle(advertiser.close());
    assert.deepEqual(
      arrivals.map(({ method }) => method),
      ['POST', 'DELETE'],
    );
    assert.ok(world.elapsedMs() < 1_000);
  });

  it('closes in bounded time when no hub answers, and says that it is still listed', async () => {
    const { advertiser, events, world } = await stage(({ method }) =>
      method === 'POST' ? grant() : 'silence',
    );
    const beforeMs = world.elapsedMs();
    await world.settle(advertiser.close());
    assert.equal(world.elapsedMs() - beforeMs, 5_000);
    const last = events.at(-1);
    assert.ok(
      last?.kind === 'unreachable' && last.retryInMs === undefined && last.listedForMs > 290_000,
    );
    assert.match(last.message, /so it is not withdrawn, listed there for another 29\d s/);
    assert.equal(world.timersSet, 0);
  });

  it('is as open as before when it is told to close in a time that is none', async () => {
    const { advertiser, arrivals, pass, world } = await stage(grant);
    await assert.rejects(advertiser.close({ timeoutMs: -1 }), RangeError);
    await pass(100_000);
    assert.equal(arrivals.length, 2);
    await advertiser.close({ withdraw: false });
    assert.equal(world.timersSet, 0);
  });

  it('leaves its listing to the lease when it is closed without withdrawing', async () => {
    const { advertiser, arrivals, world } = await stage(grant);
    await advertiser.close({ withdraw: false });
    assert.equal(arrivals.length, 1);
    assert.equal(world.timersSet, 0);
  });

  it('says so when its signer throws or is silent, and asks it again', async () => {
    let asked = 0;
    const signer = {
      providerId: key.providerId,
      sign: async (text: string): Promise<string> => {
        asked += 1;
        if (asked === 1) throw new Error('the wallet is locked');
        return asked === 2 ? new Promise<never>(() => undefined) : key.sign(text);
      },
    };
    const { advertiser, events, pass } = await stage(grant, { signer });
    await pass(200_000);
    assert.deepEqual(kinds(events), ['unsigned', 'unsigned', 'listed', ...kinds(events).slice(3)]);
    assert.match(events[0]?.message ?? '', /the wallet is locked\); next try in 0\.\d s/);
    assert.match(events[1]?.message ?? '', /did not answer within 120 s/);
    await advertiser.close({ withdraw: false });
  });

  it('says that the hub is of another network, where that is why a signature is refused', async () => {
    const info = {
      network: 'testnet',
      auth: 'required',
      lease_seconds: 300,
      refresh_after_seconds: 100,
      server_time: '2026-09-21T14:13:20.000Z',
      version: '1.0.0',
      limits: {
        cpu_max: 1,
        memory_max: 1,
        storage_max: 1,
        body_bytes_max: 1,
        page_max: 1,
        proof_page_max: 1,
        signature_age_seconds_max: 1,
        signature_lead_seconds_max: 1,
      },
    };
    const { advertiser, events } = await stage(({ method }) =>
      method === 'GET' ? Response.json(info) : problem('AUTH_001', 401),
    );
    assert.match(
      events[0]?.message ?? '',
      /AUTH_001: this was signed for the network mainnet, and the hub is of testnet/,
    );
    await advertiser.close({ withdraw: false });
  });

  it('lets no hub write to the terminal, or at length', async () => {
    const body = { code: 'ADV_001', message: `\u001B[2J\n${'x'.repeat(9_000)}`, timestamp: '' };
    const { advertiser, events } = await stage(() => Response.json(body, { status: 400 }));
    const { message = '' } = events[0] ?? {};
    assert.match(message, /^refused by http:\/\/hub, ADV_001: {1,2}\[2J x+$/);
    assert.equal(message.length, 1_000);
    await advertiser.close({ withdraw: false });
  });

  it('refuses at once what can’t be meant', async () => {
    const start = (options: Partial<AdvertiserOptions>): Promise<unknown> => stage(grant, options);
    await assert.rejects(start({ hubs: 'hub:7465' }), TypeError);
    await assert.rejects(start({ hubs: [] }), TypeError);
    await assert.rejects(
      start({ hubs: Array.from({ length: 17 }, (_, at) => `http://hub${at}`) }),
      TypeError,
    );
    await assert.rejects(start({ network: 'Main Net' }), TypeError);
    // @ts-expect-error -- JavaScript does not look at types
    await assert.rejects(start({ onEvent: undefined }), /onEvent is not a function/);
    // @ts-expect-error -- nor here
    await assert.rejects(start({ advertisement: undefined }), /there is no advertisement/);
    await assert.rejects(start({ clockCorrectionMsMax: -1 }), RangeError);
    await assert.rejects(start({ clockCorrectionMsMax: Number.NaN }), RangeError);
    await assert.rejects(
      start({ advertisement: { ...ADVERTISEMENT, provider_name: 'x'.repeat(8_192) } }),
      RangeError,
    );
  });

  it('keeps what it said when a change is too long', async () => {
    const { advertiser, arrivals, pass } = await stage(grant);
    assert.throws(() => advertiser.update({ provider_name: 'x'.repeat(8_192) }), RangeError);
    await pass(100_000);
    assert.equal(arrivals.at(-1)?.body, arrivals[0]?.body);
    await advertiser.close({ withdraw: false });
  });
});
