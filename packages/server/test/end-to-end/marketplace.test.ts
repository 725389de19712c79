import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createTemporaryFolder, startHub, type HubProcess } from './hub-process.js';
import { answerNaively, listedIn, queryOf, type Listed, type Question } from './naive-market.js';
import { createDice, randomBody, randomQuestion } from './random-market.js';
import {
  createEd25519Stranger,
  createEthersStranger,
  createViemStranger,
  type Stranger,
} from './strangers.js';
import { advertise, codeOf, find, get, withdraw, type Answer } from './wire-client.js';

const PROVIDERS = 1_000;
const QUESTIONS = 300;
const SEED = 20_261_122;

const makers = [createViemStranger, createEthersStranger, createEd25519Stranger];

describe('a marketplace of a thousand strangers', () => {
  const dice = createDice(SEED);
  const strangers: Stranger[] = [];
  let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;
  let hub: HubProcess;

  before(async () => {
    folder = await createTemporaryFolder();
    hub = await startHub(folder.path);
    for (let i = 0; i < PROVIDERS; i += 1) {
      const make = makers[i % makers.length];
      if (make) strangers.push(make());
    }
    await inGroups(strangers, 50, async (stranger) => {
      const answer = await advertise(hub.url, stranger, randomBody(dice), Date.now());
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
    });
  });

  after(async () => {
    await hub.end('SIGKILL');
    await folder.remove();
  });

  it('lists every provider under its canonical id, verified', async () => {
    const market = await everything(hub.url);
    assert.deepEqual(
      market.map(({ provider_id }) => provider_id).toSorted(),
      strangers.map(({ canonicalId }) => canonicalId).toSorted(),
    );
    assert.ok(market.every(({ verified }) => verified));
  });

  it(`answers ${QUESTIONS} random questions as a naive filter does, whole, paged and counted`, async () => {
    const market = await everything(hub.url);
    for (let i = 0; i < QUESTIONS; i += 1) {
      const question = randomQuestion(dice);
      const expected = answerNaively(market, question).map(withoutEstimate);
      const whole = await find(hub.url, `${queryOf(question)}&count=true`);
      assert.equal(whole.status, 200, JSON.stringify(whole.body));
      assert.equal(whole.headers.get('x-total-count'), String(expected.length));
      assert.deepEqual(listedIn(whole.body).map(withoutEstimate), expected, queryOf(question));
      const paged = await walk(hub.url, question, 1 + dice(90));
      assert.deepEqual(paged.map(withoutEstimate), expected, queryOf(question));
    }
  });

  it('hands on proofs that carry exactly what each provider signed', async () => {
    const answer = await find(hub.url, 'proof=true&limit=100');
    for (const listed of listedIn(answer.body)) {
      assert.ok(listed.proof);
      const said: unknown = JSON.parse(listed.proof.body);
      assert.ok(typeof said === 'object' && said !== null && 'country' in said);
      assert.equal(said.country, listed.country);
      assert.match(listed.proof.signature, /^t=\d{13},v1=/u);
    }
  });

  it('lets go of those who withdraw, and of nobody else', async () => {
    const leaving = strangers.slice(0, 30);
    await inGroups(leaving, 10, async (stranger) => {
      const answer = await withdraw(hub.url, stranger, Date.now());
      assert.deepEqual([answer.status, answer.body], [200, { status: 'success' }]);
    });
    for (const stranger of leaving) {
      assert.equal(codeOf(await get(hub.url, stranger.canonicalId)), 'ADV_004');
    }
    assert.equal((await everything(hub.url)).length, PROVIDERS - leaving.length);
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
      const body = bodyWithCpu(4);
      const startedMs = performance.now();
      await advertise(hub.url, silent, body, Date.now());
      const acknowledgedMs = performance.now();
      let goneMs = 0;
      for (let round = 0; goneMs === 0; round += 1) {
        // Once in half a second: a provider has sixty renewals a minute.
        if (round % 25 === 0) {
          assert.equal((await advertise(hub.url, loyal, body, Date.now())).status, 200);
        }
        const askedMs = performance.now();
        const { status } = await get(hub.url, silent.canonicalId);
        if (status === 404) goneMs = performance.now();
        // Asked within its lease, it must be there: the lease is a lower bound.
        if (askedMs < startedMs + 1_990) assert.equal(status, 200);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.ok(goneMs - acknowledgedMs <= 3_000, `gone after ${goneMs - acknowledgedMs} ms`);
      assert.equal((await get(hub.url, loyal.canonicalId)).status, 200);
    } finally {
      await hub.end('SIGKILL');
      await folder.remove();
    }
  });
});

function bodyWithCpu(cpu: number): string {
  return JSON.stringify({
    ip_address: '192.168.1.100',
    country: 'SE',
    resources: { cpu, memory: 8, storage: 40 },
  });
}

function cpuOf(answer: Answer): number | undefined {
  return listedIn([answer.body])[0]?.resources.cpu;
}

function withoutEstimate({ estimate: _estimate, ...listed }: Listed): Listed {
  return listed;
}

async function everything(url: string): Promise<Listed[]> {
  return walk(url, {}, 1_000);
}

/** Follows `Link` from the first page to the last. */
async function walk(url: string, question: Question, limit: number): Promise<Listed[]> {
  const all: Listed[] = [];
  let next: string | undefined = `/api/v1/advertisements?${queryOf(question)}&limit=${limit}`;
  while (next !== undefined) {
    const response: Response = await fetch(url + next);
    assert.equal(response.status, 200);
    const page = listedIn(await response.json());
    assert.ok(page.length <= limit);
    all.push(...page);
    next = /<([^>]+)>; rel="next"/u.exec(response.headers.get('link') ?? '')?.[1];
  }
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
