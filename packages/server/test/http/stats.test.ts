import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Stats, StatsSchema } from 'golem-vm-discovery-protocol';
import { Parse } from 'typebox/value';
import { type EdgeUnderTest, openEdge } from './edge-under-test.js';
import { ask } from './raw-client.js';
import { advertiseBytes, createProvider, requestBytes, withdrawBytes } from './requests.js';

const pricing = {
  usd_per_core_month: 5,
  usd_per_gb_ram_month: 2,
  usd_per_gb_storage_month: 0.1,
};

void describe('the numbers', () => {
  let hub: EdgeUnderTest;
  before(async () => {
    hub = await openEdge();
  });
  after(() => hub.close());

  async function stats(): Promise<Stats> {
    const { status, body } = await ask(hub.port, requestBytes('GET', '/api/v1/stats'));
    assert.equal(status, 200, body);
    return Parse(StatsSchema, JSON.parse(body));
  }
  async function list(told: object): Promise<ReturnType<typeof createProvider>> {
    const signer = createProvider();
    const body = JSON.stringify({
      ip_address: '83.233.10.2',
      country: 'SE',
      resources: { cpu: 4, memory: 8, storage: 100 },
      ...told,
    });
    const { status } = await ask(hub.port, await advertiseBytes(signer, hub.clock.wallMs(), body));
    assert.equal(status, 200);
    return signer;
  }

  void it('of an empty market are nothing, and no prices', async () => {
    const { providers, countries, prices, shapes, traffic } = await stats();
    assert.deepEqual([providers, countries, prices, traffic.length], [0, [], {}, 1]);
    assert.equal(shapes[0]?.usd_per_month, undefined);
  });

  void it('follow what is listed and what leaves', async () => {
    const leaver = await list({ country: 'DE', platform: 'arm64', pricing });
    await list({ platform: 'x86_64', pricing: { ...pricing, usd_per_core_month: 7 } });
    await list({});
    const full = await stats();
    assert.deepEqual(
      [full.providers, full.verified_share, full.resources],
      [3, 1, { cpu: 12, memory: 24, storage: 300 }],
    );
    assert.deepEqual(
      full.countries.map(({ country, providers }) => [country, providers]),
      [
        ['SE', 2],
        ['DE', 1],
      ],
    );
    assert.deepEqual(
      full.platforms.map(({ platform, providers }) => [platform, providers]),
      [
        [null, 1],
        ['arm64', 1],
        ['x86_64', 1],
      ],
    );
    assert.equal(full.priced, 2);
    assert.deepEqual(full.prices.usd_per_core_month, { p10: 5, median: 5, p90: 7 });
    const medium = full.shapes.find(({ name }) => name === 'medium');
    assert.deepEqual(medium?.usd_per_month, { p10: 46, median: 46, p90: 54 });
    assert.equal(full.shapes.find(({ name }) => name === 'large')?.providers, 0);
    await ask(hub.port, await withdrawBytes(leaver, hub.clock.wallMs() + 1));
    const { providers, traffic } = await stats();
    assert.equal(providers, 2);
    const { hour, ...passed } = traffic[0] ?? { hour: '' };
    assert.deepEqual(passed, { arrived: 3, withdrawn: 1, expired: 0 });
    assert.match(hour, /^\d{4}-\d\d-\d\dT\d\d:00:00\.000Z$/);
  });
});
