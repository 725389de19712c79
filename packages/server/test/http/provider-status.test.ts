import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import {
  advertisementPath,
  ADVERTISEMENTS_PATH,
  type ProviderStatus,
  ProviderStatusSchema,
  type Signer,
} from 'golem-vm-discovery-protocol';
import { Parse } from 'typebox/value';
import { type EdgeUnderTest, openEdge } from './edge-under-test.js';
import { ask } from './raw-client.js';
import {
  advertiseBytes,
  advertiseFields,
  BODY,
  createProvider,
  postBytes,
  requestBytes,
  withdrawBytes,
  withdrawFields,
} from './requests.js';

const MINUTE_MS = 60_000;

void describe('the status of a provider', () => {
  let hub: EdgeUnderTest;
  let ann: Signer;
  beforeEach(async () => {
    hub = await openEdge({ auth: 'optional' });
    ann = createProvider();
  });
  afterEach(() => hub.close());

  async function status(id: string): Promise<ProviderStatus> {
    const path = `/api/v1/providers/${encodeURIComponent(id)}/status`;
    const answer = await ask(hub.port, requestBytes('GET', path));
    assert.equal(answer.status, 200, answer.body);
    return Parse(ProviderStatusSchema, JSON.parse(answer.body));
  }
  const post = async (signer: Signer, t: number, body = BODY) =>
    ask(hub.port, await advertiseBytes(signer, t, body));

  /** In steps, since a longer silence counts as an absence of the hub. */
  function live(ms: number): void {
    for (let passed = 0; passed < ms; passed += 1_000) {
      hub.clock.pass(1_000);
      void hub.registry.listed;
    }
  }

  void it('is unknown where nothing is known, and says what to look at', async () => {
    const told = await status(ann.providerId);
    assert.equal(told.state, 'unknown');
    assert.match(told.message, /on the network mainnet and under exactly this id/);
    assert.deepEqual(Object.keys(told), ['provider_id', 'state', 'message']);
  });

  void it('tells since when and until when it is listed, and how its price ranks', async () => {
    const priced = (usd: number) =>
      JSON.stringify({
        ip_address: '83.233.10.2',
        country: 'SE',
        resources: { cpu: 4, memory: 8, storage: 40 },
        pricing: {
          usd_per_core_month: usd,
          usd_per_gb_ram_month: 1,
          usd_per_gb_storage_month: 0,
        },
      });
    const t = hub.clock.wallMs();
    await post(createProvider(), t, priced(2));
    await post(createProvider(), t, priced(9));
    await post(ann, t, priced(3));
    live(MINUTE_MS);
    await post(ann, t + MINUTE_MS, priced(3));
    const told = await status(ann.providerId);
    assert.equal(told.state, 'listed');
    assert.equal(told.since, new Date(t).toISOString());
    assert.equal(told.renewed_at, new Date(t + MINUTE_MS).toISOString());
    assert.equal(told.until, new Date(t + 6 * MINUTE_MS).toISOString());
    assert.deepEqual(told.price_rank, {
      country: 'SE',
      resources: { cpu: 4, memory: 8, storage: 40 },
      usd_per_month: 20,
      rank: 2,
      of: 3,
    });
    assert.match(told.message, /number 2 of 3 in Sweden/);
  });

  void it('tells when it was withdrawn, and forgets nothing when it comes back', async () => {
    const t = hub.clock.wallMs();
    await post(ann, t);
    await ask(hub.port, await withdrawBytes(ann, t + 1));
    const { state, ended_at, message } = await status(ann.providerId);
    assert.deepEqual([state, ended_at], ['withdrawn', new Date(t).toISOString()]);
    assert.match(message, /Advertise again/);
    await post(ann, t + 2);
    assert.equal((await status(ann.providerId)).state, 'listed');
  });

  void it('tells that its lease ran out, and which refusal came before', async () => {
    const t = hub.clock.wallMs();
    await post(ann, t);
    assert.equal((await post(ann, t + 10 * MINUTE_MS)).status, 401);
    while ((await status(ann.providerId)).last_refusal === undefined) await pause(1);
    const listed = await status(ann.providerId);
    assert.equal(listed.state, 'listed');
    live(6 * MINUTE_MS);
    const { state, last_refusal, message } = await status(ann.providerId);
    assert.deepEqual([state, last_refusal?.code], ['expired', 'AUTH_002']);
    assert.match(message, /AUTH_002: .*clock/);
  });

  void it('warns while it is listed that what came since was refused', async () => {
    const t = hub.clock.wallMs();
    await post(ann, t);
    live(1_000);
    assert.equal((await post(ann, t + 500, '{"country":"SE"}')).status, 400);
    while ((await status(ann.providerId)).last_refusal === undefined) await pause(1);
    assert.match(
      (await status(ann.providerId)).message,
      /ADV_001: .* Put that right before then\./,
    );
  });

  const TEXT = ['Content-Type', 'text/plain'] as const;
  const LONG = BODY.replace('{', `{"note":"${'x'.repeat(9_000)}",`);
  const EARLY = [
    ['a media type that is not JSON', 'REQ_005', '', BODY, TEXT],
    ['a body that is too large', 'REQ_004', '', LONG, undefined],
    ['parameters that are not taken', 'ADV_002', '?verbose=1', BODY, undefined],
  ] as const;
  for (const [what, code, query, body, field] of EARLY) {
    void it(`tells of ${what}, which is refused before anybody looks at the signature`, async () => {
      const t = hub.clock.wallMs();
      await post(ann, t);
      live(1_000);
      const [type, ...signed] = await advertiseFields(ann, t + 1, body);
      assert.ok(type);
      const fields = [field ?? type, ...signed];
      const bytes = requestBytes('POST', ADVERTISEMENTS_PATH + query, fields, body);
      const { status: refused } = await ask(hub.port, bytes);
      assert.ok(refused >= 400 && refused < 500);
      while ((await status(ann.providerId)).last_refusal?.code !== code) await pause(1);
      assert.match((await status(ann.providerId)).message, /Put that right before then\./);
    });
  }

  void it('tells of a withdrawal that asks for more than there is', async () => {
    const t = hub.clock.wallMs();
    await post(ann, t);
    const path = `${advertisementPath(ann.providerId)}?force=1`;
    const bytes = requestBytes('DELETE', path, await withdrawFields(ann, t + 1));
    assert.equal((await ask(hub.port, bytes)).status, 400);
    while ((await status(ann.providerId)).last_refusal?.code !== 'ADV_002') await pause(1);
  });

  void it('keeps nothing of what somebody else sends in its name, or of a body without an end', async () => {
    const t = hub.clock.wallMs();
    await post(ann, t);
    const forged = await advertiseFields(createProvider(), t + 1);
    const claimed = forged.map(([name, value]) =>
      name === 'X-Provider-ID' ? ([name, ann.providerId] as const) : ([name, value] as const),
    );
    const asText = [TEXT, ...claimed.slice(1)];
    await ask(hub.port, requestBytes('POST', ADVERTISEMENTS_PATH, asText, BODY));
    const [, ...signed] = await advertiseFields(ann, t + 1);
    const endless = [TEXT, ...signed, ['Content-Length', '65537']] as const;
    await ask(hub.port, requestBytes('POST', ADVERTISEMENTS_PATH, endless));
    const bob = createProvider();
    await post(bob, t);
    await post(bob, t + 2, '{');
    while ((await status(bob.providerId)).last_refusal === undefined) await pause(1);
    assert.equal((await status(ann.providerId)).last_refusal, undefined);
  });

  void it('tells who was listed that the hub has become full', async () => {
    const small = await openEdge({ maxAdvertisements: 1 });
    const t = small.clock.wallMs();
    const toSmall = async (signer: Signer, at: number) =>
      (await ask(small.port, await advertiseBytes(signer, at))).status;
    assert.equal(await toSmall(ann, t), 200);
    await ask(small.port, await withdrawBytes(ann, t + 1));
    assert.equal(await toSmall(createProvider(), t), 200);
    assert.equal(await toSmall(ann, t + 2), 503);
    const path = `/api/v1/providers/${ann.providerId}/status`;
    const { body } = await ask(small.port, requestBytes('GET', path));
    assert.match(body, /"last_refusal":\{"code":"SYS_002","message":"the hub already lists 1 /);
    await small.close();
  });

  void it('says of an id that can never be listed that it can’t', async () => {
    assert.ok(!(await status('provider-1')).message.includes('Only keys'));
    const strict = await openEdge();
    const at = async (id: string) =>
      (await ask(strict.port, requestBytes('GET', `/api/v1/providers/${id}/status`))).body;
    assert.match(await at('provider-1'), /Only keys are listed here: an id is an Ethereum address/);
    assert.ok(!(await at(ann.providerId)).includes('Only keys'));
    await strict.close();
  });

  void it('says that nobody vouches for what is not signed', async () => {
    const fields = [
      ['Content-Type', 'application/json'],
      ['X-Provider-ID', 'provider-1'],
      ['X-Provider-Signature', 'signature'],
    ] as const;
    await ask(hub.port, postBytes(fields, BODY));
    const { verified, message, price_rank } = await status('provider-1');
    assert.deepEqual([verified, price_rank], [false, undefined]);
    assert.match(message, /No key speaks for it.*does not give all three prices/);
  });
});

void test('a status remembers over a restart how a listing ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'status-'));
  const store = { kind: 'sqlite', path: join(folder, 'hub.db') } as const;
  const ann = createProvider();
  const path = `/api/v1/providers/${ann.providerId}/status`;
  const first = await openEdge({ store });
  const t = first.clock.wallMs();
  await ask(first.port, await advertiseBytes(ann, t));
  await ask(first.port, await withdrawBytes(ann, t + 1));
  await first.close();
  const second = await openEdge({ store });
  const { body, headers } = await ask(second.port, requestBytes('GET', path));
  assert.match(body, /"state":"withdrawn"/);
  assert.equal(headers.get('x-discovery-state'), 'warming');
  await second.close();
  await rm(folder, { recursive: true });
});
