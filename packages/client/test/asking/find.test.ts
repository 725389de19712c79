import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DiscoveryClient, DiscoveryError } from '#src/index.js';
import { startHub, type HubProcess } from '../hub-process.js';
import { createNumberedSigner, listMany } from '../listed-providers.js';

const PROVIDERS = 1_020;

describe('a client at a real hub', () => {
  let hub: HubProcess;
  let client: DiscoveryClient;

  before(async () => {
    hub = await startHub();
    client = new DiscoveryClient({ hubs: hub.url });
    await listMany(hub.url, PROVIDERS);
  });

  after(() => hub.end());

  it('finds everybody, over all pages, each once', async () => {
    const ids = new Set<string>();
    for await (const { provider_id } of client.find()) ids.add(provider_id);
    assert.equal(ids.size, PROVIDERS);
    const pages = [];
    for await (const page of client.find().pages()) pages.push(page.advertisements.length);
    assert.deepEqual(pages, [1_000, 20]);
  });

  it('finds those that fit, cheapest first, with what the asked shape costs', async () => {
    const wanted = {
      cpu: 4,
      memory: 300,
      storage: 20,
      country: ['se', 'FR'],
      sort: 'price',
    } as const;
    const found = await client.find(wanted).toArray();
    assert.ok(found.length > 100);
    for (const { country, resources } of found) {
      assert.ok(country === 'SE' && resources.cpu >= 4 && resources.memory >= 300);
    }
    const prices = found.map(({ estimate }) => estimate?.usd_per_month ?? NaN);
    assert.deepEqual(
      prices,
      prices.toSorted((a, b) => a - b),
    );
  });

  it('takes as many as were wanted, over pages too, and counts them all', async () => {
    assert.equal((await client.find({ limit: 7 }).toArray()).length, 7);
    assert.equal((await client.find({ limit: 1_007 }).toArray()).length, 1_007);
    assert.equal(await client.find({ limit: 7, country: 'SE' }).count(), 340);
  });

  it('gives one page, how many there are in all, and where to go on', async () => {
    const first = await client.find({ limit: 500, count: true }).page();
    assert.equal(first.total, PROVIDERS);
    assert.deepEqual([first.advertisements.length, first.hub], [500, hub.url]);
    const rest = await client.find({ after: first.next }).toArray();
    const seen = [...first.advertisements, ...rest].map(({ provider_id }) => provider_id);
    assert.equal(new Set(seen).size, PROVIDERS);
  });

  it('stops asking when its reader has had enough', async () => {
    for await (const { provider_id } of client.find()) {
      assert.ok(provider_id);
      break;
    }
  });

  it('gets one by any form of its id, and is told when it is not listed', async () => {
    const { providerId } = createNumberedSigner(4);
    const found = await client.get(providerId);
    assert.equal(found.provider_name, 'Rack 4');
    const { providerId: unknown } = createNumberedSigner(PROVIDERS);
    await assert.rejects(client.get(unknown), { code: 'ADV_004' });
    await assert.rejects(client.get('no id'), { code: 'REQ_001' });
  });

  it('asks a hub about itself', async () => {
    const { network, lease_seconds } = await client.info();
    assert.deepEqual([network, lease_seconds], ['mainnet', 300]);
  });

  const refused: [string, object, string][] = [
    ['a name that no hub knows', { cpus: 4 }, 'cpus is not a parameter: did you mean cpu?'],
    ['half a core', { cpu: 0.5 }, 'cpu must be an integer'],
    ['no core at all', { cpu: 0 }, 'cpu must be an integer'],
    ['what is no number', { cpu: NaN }, 'cpu must be an integer'],
    ['null', { cpu: null }, 'cpu must be an integer'],
    ['no country of a list', { country: [] }, 'country must be'],
    ['an unknown country', { country: ['SE', 'XX'] }, 'country must be'],
    ['a price without a shape', { sort: 'price', cpu: 1 }, 'sort price needs'],
    ['a limit of nothing', { limit: 0 }, 'limit must be'],
    ['half a limit', { limit: 1.5 }, 'limit must be'],
    ['a page that is none', { after: 'nonsense' }, 'not a page token'],
    ['parameters in a value', { platform: 'x&cpu=1#' }, 'platform must be'],
  ];
  for (const [what, wanted, message] of refused) {
    it(`is refused ${what}, in the words of the hub`, async () => {
      await assert.rejects(client.find(wanted).toArray(), (error) => {
        assert.ok(error instanceof DiscoveryError);
        assert.equal(error.code, 'ADV_002');
        assert.ok(error.message.includes(message), error.message);
        assert.ok(error.requestId !== undefined);
        return true;
      });
    });
  }
});
