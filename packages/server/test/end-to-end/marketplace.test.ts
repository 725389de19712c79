import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DiscoveryClient, type Advertisement, type Advertiser } from 'golem-vm-discovery-client';
import { createTemporaryFolder, startHub, type HubProcess } from './hub-process.js';
import { keepListed } from './kept-listed.js';
import { answerNaively, listedIn, queryOf, type Question } from './naive-market.js';
import { createDice, randomAdvertisement, randomQuestion } from './random-market.js';
import {
  createEd25519Stranger,
  createEthersStranger,
  createViemStranger,
  type Stranger,
} from './strangers.js';
import { advertise, get, type Answer } from './wire-client.js';

const PROVIDERS = 1_000;
const QUESTIONS = 300;
const SEED = 20_261_122;

const makers = [createViemStranger, createEthersStranger, createEd25519Stranger];

describe('a marketplace of a thousand strangers', () => {
  const dice = createDice(SEED);
  const strangers: Stranger[] = [];
  const advertisers: Advertiser[] = [];
  let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;
  let hub: HubProcess;
  let client: DiscoveryClient;

  before(async () => {
    folder = await createTemporaryFolder();
    hub = await startHub(folder.path);
    client = new DiscoveryClient({ hubs: hub.url });
    for (let i = 0; i < PROVIDERS; i += 1) {
      const make = makers[i % makers.length];
      if (make) strangers.push(make());
    }
    await inGroups(strangers, 50, async (stranger) => {
      advertisers.push(await keepListed(hub.url, stranger, randomAdvertisement(dice)));
    });
  });

  after(async () => {
    await Promise.all(advertisers.map((advertiser) => advertiser.close({ withdraw: false })));
    await hub.end('SIGKILL');
    await folder.remove();
  });

  it('lists every provider under its canonical id, verified', async () => {
    const market = await client.find().toArray();
    assert.deepEqual(
      market.map(({ provider_id }) => provider_id).toSorted(),
      strangers.map(({ canonicalId }) => canonicalId).toSorted(),
    );
    assert.ok(market.every(({ verified }) => verified));
  });

  it(`answers ${QUESTIONS} random questions as a naive filter does, whole, paged and counted`, async () => {
    const market = await client.find().toArray();
    for (let i = 0; i < QUESTIONS; i += 1) {
      const question = randomQuestion(dice);
      const expected = answerNaively(market, question).map(withoutEstimate);
      const whole = await client.find({ ...question, count: true }).page();
      assert.equal(whole.total, expected.length);
      assert.deepEqual(whole.advertisements.map(withoutEstimate), expected, queryOf(question));
      const paged = await walk(client, question, 1 + dice(90));
      assert.deepEqual(paged.map(withoutEstimate), expected, queryOf(question));
    }
  });

  it('hands on proofs that carry exactly what each provider signed', async () => {
    const question = { cpu: 1, memory: 1, storage: 1, sort: 'price' } as const;
    const believed = await client.find({ ...question, limit: 250 }).toArray();
    const verified = await client.find({ ...question, limit: 250, verify: true }).toArray();
    assert.deepEqual(
      verified.map(({ signed_at: _at, proof: _proof, unproven, ...signed }) => {
        return { ...signed, ...unproven };
      }),
      believed,
    );
  });

  it('lets go of those who withdraw, and of nobody else', async () => {
    const leaving = advertisers.splice(0, 30);
    await Promise.all(leaving.map((advertiser) => advertiser.close()));
    for (const { providerId } of leaving) {
      await assert.rejects(client.get(providerId), { code: 'ADV_004' });
    }
    assert.equal(await client.find().count(), PROVIDERS - leaving.length);
  });

  it('keeps what was said later, whichever of two arrives first', async () => {
    for (const stranger of strangers.slice(100, 140)) {
      const t = Date.now();
      const [early, late] = [bodyWithCpu(3), bodyWithCpu(5)];
      const answers = await Promise.all(
        dice(2) === 0
          ? [advertise(hub.url, stranger, late, t + 1), advertise(hub.url, stranger, early, t)]
          : [advertise(hub.url, stranger, early, t), advertise(hub.url, stranger, late, t + 1)],
      );
      for (const answer of answers) assert.ok([200, 409].includes(answer.status));
      assert.equal(cpuOf(await get(hub.url, stranger.canonicalId)), 5);
    }
  });

  it('ends cleanly on SIGTERM', async () => {
    assert.equal(await hub.end('SIGTERM'), 0);
  });
});

describe('silence', () => {
  it('ends a listing at its deadline and not before, while renewals go on', async () => {
    const folder = await createTemporaryFolder();
    const hub = await startHub(folder.path, { DISCOVERY_ADVERTISEMENT_TTL_SECONDS: '2' });
    try {
      const [silent, loyal] = [createEd25519Stranger(), createEd25519Stranger()];
      const advertiser = await keepListed(hub.url, loyal, ADVERTISEMENT);
      const startedMs = performance.now();
      await advertise(hub.url, silent, JSON.stringify(ADVERTISEMENT), Date.now());
      const acknowledgedMs = performance.now();
      let goneMs = 0;
      while (goneMs === 0) {
        const askedMs = performance.now();
        const { status } = await get(hub.url, silent.canonicalId);
        if (status === 404) goneMs = performance.now();
        // Asked within its lease, it must be there: the lease is a lower bound.
        if (askedMs < startedMs + 1_990) assert.equal(status, 200);
        assert.equal((await get(hub.url, loyal.canonicalId)).status, 200);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.ok(goneMs - acknowledgedMs <= 3_000, `gone after ${goneMs - acknowledgedMs} ms`);
      await advertiser.close();
    } finally {
      await hub.end('SIGKILL');
      await folder.remove();
    }
  });
});

const ADVERTISEMENT = {
  ip_address: '192.168.1.100',
  country: 'SE',
  resources: { cpu: 4, memory: 8, storage: 40 },
};

function bodyWithCpu(cpu: number): string {
  return JSON.stringify({ ...ADVERTISEMENT, resources: { ...ADVERTISEMENT.resources, cpu } });
}

function cpuOf(answer: Answer): number | undefined {
  return listedIn([answer.body])[0]?.resources.cpu;
}

function withoutEstimate({ estimate: _estimate, ...listed }: Advertisement): Advertisement {
  return listed;
}

/** From page to page, each as long as `limit`. */
async function walk(
  client: DiscoveryClient,
  question: Question,
  limit: number,
): Promise<Advertisement[]> {
  const all: Advertisement[] = [];
  let next: string | undefined;
  do {
    const page = await client.find({ ...question, limit, after: next }).page();
    assert.ok(page.advertisements.length <= limit);
    all.push(...page.advertisements);
    next = page.next;
  } while (next !== undefined);
  return all;
}

async function inGroups<Item>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += size) {
    await Promise.all(items.slice(start, start + size).map(work));
  }
}
