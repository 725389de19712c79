import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { nextPageToken } from '#src/asking/page-link.js';
import { DiscoveryClient } from '#src/index.js';
import { createScriptedHubs, found, type Line } from '../transport/scripted-hubs.js';
import { createTurnedWorld } from '../turned-world.js';

const [A, B] = ['http://a.example', 'http://b.example'];

const ADVERTISEMENT: Advertisement = {
  provider_id: 'provider-1',
  ip_address: '83.233.10.2',
  country: 'SE',
  resources: { cpu: 4, memory: 8, storage: 40 },
  created_at: '2026-09-21T14:13:20.000Z',
  updated_at: '2026-09-21T14:13:20.000Z',
  expires_at: '2026-09-21T14:18:20.000Z',
  verified: false,
};

function pageWith(count: number, headers: Record<string, string> = {}): Line {
  return () =>
    Response.json(
      Array.from({ length: count }, () => ADVERTISEMENT),
      { headers },
    );
}

const NEXT = { Link: '</api/v1/advertisements?cpu=1&after=abc>; rel="next"' };
const broken: Line = () => 'broken';

function createCase(scripts: Record<string, readonly Line[]>) {
  const hubs = createScriptedHubs(scripts);
  const world = createTurnedWorld(hubs.fetch);
  const client = new DiscoveryClient({ hubs: Object.keys(scripts), surroundings: world });
  return { client, world, asked: hubs.asked };
}

describe('a walk over pages', () => {
  it('stays with the hub that it began at, and fails with it', async () => {
    const { client, world, asked } = createCase({ [A]: [pageWith(2, NEXT), broken], [B]: [found] });
    const walk = client.find().toArray();
    await assert.rejects(world.settle(walk), { code: 'UNREACHABLE', hub: A });
    assert.deepEqual(new Set(asked), new Set([A]));
  });

  it('survives that its hub is away for a moment', async () => {
    const { client, world } = createCase({ [A]: [pageWith(2, NEXT), broken, pageWith(1)] });
    assert.equal((await world.settle(client.find().toArray())).length, 3);
  });

  it('asks for no more than is wanted', async () => {
    const { client, world, asked } = createCase({ [A]: [pageWith(2, NEXT)] });
    assert.equal((await world.settle(client.find({ limit: 4 }).toArray())).length, 4);
    assert.equal(asked.length, 2);
  });

  it('ends where a hub promises more and gives nothing', async () => {
    const { client, world } = createCase({ [A]: [pageWith(2, NEXT), pageWith(0, NEXT)] });
    await assert.rejects(world.settle(client.find().toArray()), { code: 'UNREADABLE' });
  });

  it('goes on at the hub of a page that was kept', async () => {
    const { client, world, asked } = createCase({ [A]: [pageWith(1)], [B]: [pageWith(1, NEXT)] });
    const { hub, next } = await world.settle(client.find({ hub: B }).page());
    assert.deepEqual([hub, next], [B, 'abc']);
    await world.settle(client.find({ hub, after: next }).page());
    assert.deepEqual(asked, [B, B]);
    await assert.rejects(client.find({ hub: 'nowhere' }).page(), TypeError);
  });
});

describe('a page', () => {
  it('says that its hub is warming', async () => {
    const { client, world } = createCase({
      [A]: [pageWith(1, { 'X-Discovery-State': 'warming' }), pageWith(1)],
    });
    assert.equal((await world.settle(client.find().page())).warming, true);
    assert.equal((await world.settle(client.find().page())).warming, false);
  });

  it('can’t be counted by a hub that does not say how many there are', async () => {
    for (const total of [undefined, '', '-1', '1e3', 'many']) {
      const headers = total === undefined ? {} : { 'X-Total-Count': total };
      const { client, world } = createCase({ [A]: [pageWith(1, headers)] });
      await assert.rejects(world.settle(client.find().count()), { code: 'UNREADABLE' });
    }
  });

  it('names the token of the next page in its link, and nothing else counts', () => {
    const tokens = {
      '</api/v1/advertisements?after=a-b_9>; rel="next"': 'a-b_9',
      '<https://elsewhere.example/?x=1&after=t>; rel=next': 't',
      '</first>; rel="first", </?after=t>; rel="next"': 't',
      '</?after=t>; rel="prev"': undefined,
      '</?before=t>; rel="next"': undefined,
      '</>; rel="next"': undefined,
      nonsense: undefined,
    };
    for (const [link, token] of Object.entries(tokens)) assert.equal(nextPageToken(link), token);
    assert.equal(nextPageToken(null), undefined);
  });
});

describe('an answer that is no list of advertisements', () => {
  const { resources: _resources, ...incomplete } = ADVERTISEMENT;
  const wrong: Record<string, unknown> = {
    'an object': ADVERTISEMENT,
    'a list of something else': [{ id: 1 }],
    'one with null in it': [ADVERTISEMENT, null],
    'one without resources': [incomplete],
    'one with a number as text': [
      { ...ADVERTISEMENT, resources: { cpu: '4', memory: 8, storage: 40 } },
    ],
    'one with a time that is none': [{ ...ADVERTISEMENT, created_at: 'yesterday' }],
    'one with prices as text': [{ ...ADVERTISEMENT, pricing: { usd_per_core_month: '4' } }],
  };
  for (const [what, body] of Object.entries(wrong)) {
    it(`is unreadable: ${what}`, async () => {
      const { client, world } = createCase({ [A]: [() => Response.json(body)] });
      await assert.rejects(world.settle(client.find().page()), { code: 'UNREADABLE' });
    });
  }

  it('is unreadable where it is longer than was asked for', async () => {
    const { client, world } = createCase({ [A]: [pageWith(2), pageWith(3)] });
    assert.equal((await world.settle(client.find({ limit: 2 }).page())).advertisements.length, 2);
    await assert.rejects(world.settle(client.find({ limit: 2 }).page()), { code: 'UNREADABLE' });
  });

  it('is readable with fields that are not known yet', async () => {
    const { client, world } = createCase({
      [A]: [() => Response.json([{ ...ADVERTISEMENT, gpu: 1 }])],
    });
    assert.equal((await world.settle(client.find().toArray())).length, 1);
  });
});
