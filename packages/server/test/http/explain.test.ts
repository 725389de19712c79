import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  ADVERTISEMENTS_PATH,
  type Explanation,
  ExplanationSchema,
  type Signer,
} from 'golem-vm-discovery-protocol';
import { Parse } from 'typebox/value';
import { type EdgeUnderTest, openEdge } from './edge-under-test.js';
import { ask } from './raw-client.js';
import { advertiseBytes, createProvider, findBytes, requestBytes } from './requests.js';

interface Told {
  readonly country?: string;
  readonly cpu?: number;
  readonly usd?: number;
  readonly platform?: string;
}

function bodyOf({ country = 'SE', cpu = 4, usd, platform }: Told): string {
  return JSON.stringify({
    ip_address: '83.233.10.2',
    country,
    resources: { cpu, memory: 8, storage: 40 },
    platform,
    pricing: usd && {
      usd_per_core_month: usd,
      usd_per_gb_ram_month: usd,
      usd_per_gb_storage_month: usd,
    },
  });
}

void describe('an explanation', () => {
  let hub: EdgeUnderTest;
  const providers = new Map<string, Signer>();

  async function list(name: string, told: Told): Promise<void> {
    const signer = createProvider();
    providers.set(name, signer);
    const post = await advertiseBytes(signer, hub.clock.wallMs(), bodyOf(told));
    assert.equal((await ask(hub.port, post)).status, 200);
  }
  async function explain(query: string): Promise<Explanation> {
    const path = `${ADVERTISEMENTS_PATH}/explain?${query}`;
    const { status, body } = await ask(hub.port, requestBytes('GET', path));
    assert.equal(status, 200, body);
    return Parse(ExplanationSchema, JSON.parse(body));
  }

  before(async () => {
    hub = await openEdge();
    await list('swede', { cpu: 4, usd: 1 });
    await list('dear', { cpu: 8, usd: 5, platform: 'arm64' });
    await list('german', { country: 'DE', cpu: 8 });
  });
  after(() => hub.close());

  void it('counts what matches and what each requirement rules out', async () => {
    const { listed, matching, message, requirements, relaxation } =
      await explain('cpu=8&country=se');
    assert.deepEqual([listed, matching, relaxation], [3, 1, undefined]);
    assert.equal(message, '1 of 3 matches.');
    assert.deepEqual(requirements, [
      {
        requirement: 'cpu',
        asked: '8',
        rules_out: 1,
        rules_out_alone: 1,
        matching_without: 2,
      },
      {
        requirement: 'country',
        asked: 'SE',
        rules_out: 1,
        rules_out_alone: 1,
        matching_without: 2,
      },
    ]);
  });

  void it('names the nearest, and what each lacks', async () => {
    const { nearest } = await explain('cpu=10&memory=8&storage=40&max_usd_per_month=60&country=SE');
    assert.deepEqual(
      nearest.map(({ provider_id, missing }) => [provider_id, missing]),
      [
        [
          providers.get('swede')?.providerId,
          [{ requirement: 'cpu', shortfall: 0.6, message: 'has 4 cores, not 10' }],
        ],
        [
          providers.get('dear')?.providerId,
          [
            { requirement: 'cpu', shortfall: 0.2, message: 'has 8 cores, not 10' },
            {
              requirement: 'max_usd_per_month',
              shortfall: 0.793103,
              message: 'costs $290.00 a month, more than $60',
            },
          ],
        ],
        [
          providers.get('german')?.providerId,
          [
            { requirement: 'cpu', shortfall: 0.2, message: 'has 8 cores, not 10' },
            { requirement: 'country', shortfall: 1, message: 'is in Germany' },
            { requirement: 'max_usd_per_month', shortfall: 1, message: 'has no prices' },
          ],
        ],
      ],
    );
  });

  const RELAXATIONS = [
    ['cpu=16', 'cpu=8', 'Ask for 8 cores instead of 16, and something matches.'],
    ['memory=9', 'memory=8', 'Ask for 8 GB of memory instead of 9, and something matches.'],
    ['storage=50&cpu=8', 'cpu=8&storage=40', /40 GB of storage instead of 50/],
    ['country=FR,NO', '', 'Look beyond France, Norway, and something matches.'],
    ['platform=mips&cpu=8', 'cpu=8', 'Take another platform than mips, and something matches.'],
    [
      'cpu=16&memory=8&storage=40&max_usd_per_month=52',
      'cpu=4&memory=8&storage=40&max_usd_per_month=52',
      'Ask for 4 cores instead of 16, and something matches.',
    ],
    [
      'cpu=1&memory=8&storage=40&max_usd_per_month=48.999&country=SE',
      'cpu=1&memory=8&storage=40&country=SE&max_usd_per_month=49',
      'Pay up to $49 a month instead of $48.999, and something matches.',
    ],
  ] as const;
  for (const [query, relaxed, advice] of RELAXATIONS) {
    void it(`of ${query} suggests what gives a match`, async () => {
      const { matching, message, relaxation } = await explain(query);
      assert.equal(matching, 0);
      assert.equal(relaxation?.query, relaxed);
      assert.match(
        relaxation.message,
        advice instanceof RegExp ? advice : new RegExp(`^${escaped(advice)}$`),
      );
      assert.ok(message.endsWith(relaxation.message));
      const { body } = await ask(hub.port, findBytes(relaxed));
      assert.notEqual(body, '[]');
    });
  }

  void it('says so where no single change is enough', async () => {
    const { message, relaxation } = await explain('cpu=64&country=FR');
    assert.equal(relaxation, undefined);
    assert.match(message, /even the nearest misses 2\.$/);
  });

  void it('counts in words that are right for one and for many', async () => {
    const alone = await openEdge();
    const post = await advertiseBytes(createProvider(), alone.clock.wallMs(), bodyOf({}));
    assert.equal((await ask(alone.port, post)).status, 200);
    const text = async (query: string) =>
      (await ask(alone.port, requestBytes('GET', `${ADVERTISEMENTS_PATH}/explain?${query}`))).body;
    assert.match(await text('cpu=1024'), /"Only one is listed, and it does not match\. Ask for /);
    assert.match(await text('cpu=1'), /"1 of 1 matches\."/);
    await alone.close();
  });

  void it('is counted as a read', async () => {
    const limited = await openEdge({ rateLimitPerMinute: 1 });
    const path = `${ADVERTISEMENTS_PATH}/explain`;
    const first = await ask(limited.port, requestBytes('GET', path));
    assert.match(first.body, /Nothing is listed here yet/);
    assert.equal((await ask(limited.port, requestBytes('GET', path))).status, 429);
    await limited.close();
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.$()]/g, '\\$&');
}
