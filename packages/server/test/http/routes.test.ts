import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ADVERTISEMENTS_PATH, advertisementPath } from 'golem-vm-discovery-protocol';
import { type EdgeUnderTest, openEdge } from './edge-under-test.js';
import { assertProblem } from './problem-shape.js';
import { ask, converse } from './raw-client.js';
import {
  advertiseBytes,
  createProvider,
  findBytes,
  requestBytes,
  withdrawBytes,
} from './requests.js';

const PROVIDERS = 60;

void describe('the routes', () => {
  let hub: EdgeUnderTest;
  const providers = Array.from({ length: PROVIDERS }, createProvider);

  before(async () => {
    hub = await openEdge();
    const posts = providers.map((provider) => advertiseBytes(provider, hub.clock.wallMs()));
    for (const post of await Promise.all(posts)) {
      assert.equal((await ask(hub.port, post)).status, 200);
    }
  });
  after(() => hub.close());

  const get = (target: string, fields: readonly (readonly [string, string])[] = []) =>
    ask(hub.port, requestBytes('GET', target, fields));
  async function idsOf(target: string): Promise<{ ids: unknown[]; next: string | undefined }> {
    const { body, headers } = await get(target);
    const records: unknown = JSON.parse(body);
    assert.ok(Array.isArray(records));
    const ids = records.map((record: { readonly provider_id?: unknown }) => record.provider_id);
    return { ids, next: /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] };
  }

  void it('list, get and withdraw what was advertised', async () => {
    const provider = createProvider();
    const t = hub.clock.wallMs();
    const granted = await ask(hub.port, await advertiseBytes(provider, t));
    assert.match(granted.body, /"refresh_after_seconds":100/);
    const one = await get(advertisementPath(provider.providerId));
    assert.equal(one.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.doesNotMatch(one.body, /proof/);
    const proven = await get(`${advertisementPath(provider.providerId)}?proof=true`);
    assert.match(proven.body, /"proof":\{"signature":"t=/);
    const withdrawn = await ask(hub.port, await withdrawBytes(provider, t + 1));
    assert.equal(withdrawn.body, '{"status":"success"}');
    assert.equal(assertProblem(await get(advertisementPath(provider.providerId))), 'ADV_004');
  });

  void it('lead from page to page through Link, keeping the question as it was asked', async () => {
    const query = 'cpu=2&country=se%2Cde&limit=7&count=true';
    let target: string | undefined = `${ADVERTISEMENTS_PATH}?${query}`;
    const seen = new Set<unknown>();
    while (target !== undefined) {
      const { ids, next } = await idsOf(target);
      for (const id of ids) {
        assert.ok(!seen.has(id), 'nobody comes twice');
        seen.add(id);
      }
      assert.ok(
        next === undefined || next.startsWith(`${ADVERTISEMENTS_PATH}?${query}&after=`),
        next,
      );
      target = next;
    }
    assert.deepEqual(seen, new Set(providers.map(({ providerId }) => providerId)));
  });

  void it('replace the page token, however its name was spelled', async () => {
    const { next } = await idsOf(`${ADVERTISEMENTS_PATH}?limit=5`);
    const token = next?.split('after=')[1] ?? '';
    const second = await idsOf(`${ADVERTISEMENTS_PATH}?%61fter=${token}&&limit=5`);
    assert.match(second.next ?? '', /^\/api\/v1\/advertisements\?limit=5&after=[\w-]+$/);
    assert.notEqual(second.next, next);
  });

  void it('count when asked to', async () => {
    const counted = await ask(hub.port, findBytes('limit=1&count=true'));
    assert.equal(counted.headers.get('x-total-count'), String(PROVIDERS));
    const uncounted = await ask(hub.port, findBytes('limit=1'));
    assert.equal(uncounted.headers.has('x-total-count'), false);
  });

  void it('compress large answers for whoever asks, and small ones for nobody', async () => {
    const plain = await fetch(`${hub.url}${ADVERTISEMENTS_PATH}`, {
      headers: { 'Accept-Encoding': 'identity' },
    });
    const text = await plain.text();
    assert.equal(plain.headers.get('vary'), 'Accept-Encoding');
    assert.ok(text.length > 16_384);
    const accepted = [
      ['gzip', 'gzip'],
      ['gzip, deflate, br', 'br'],
      ['br;q=0, gzip;q=0.5', 'gzip'],
      ['br;q=0.0', undefined],
      ['br;q=0.1, gzip;q=1', 'gzip'],
      ['gzip;q=0.5, *;q=0.2', 'gzip'],
      ['gzip;q=0.5, *', 'br'],
      ['*', 'br'],
      ['*;q=0', undefined],
      ['br;q=0, *', 'gzip'],
      ['identity, gzip;q=0.5', undefined],
      ['identity;q=0.5, gzip', 'gzip'],
      ['deflate', undefined],
      ['', undefined],
    ] as const;
    for (const [accept, encoding] of accepted) {
      const bytes = requestBytes('GET', ADVERTISEMENTS_PATH, [['Accept-Encoding', accept]]);
      const answer = await rawBody(bytes);
      assert.equal(answer.encoding, encoding, accept);
      assert.equal(decode(answer.body, encoding).toString(), text, accept);
    }
    const small = await get(`${ADVERTISEMENTS_PATH}?limit=1`, [['Accept-Encoding', 'gzip']]);
    assert.equal(small.headers.has('content-encoding'), false);
  });

  async function rawBody(bytes: string): Promise<{ body: Buffer; encoding: string | undefined }> {
    const { answers } = await converse(hub.port, bytes, { answers: 1 });
    const [answer] = answers;
    assert.ok(answer);
    return { body: answer.bytes, encoding: answer.headers.get('content-encoding') };
  }
  function decode(body: Buffer, encoding: string | undefined): Buffer {
    if (encoding === 'br') return brotliDecompressSync(body);
    return encoding === 'gzip' ? gunzipSync(body) : body;
  }

  void it('are open to pages of every origin, for signed writing too', async () => {
    const origin = ['Origin', 'https://market.example'] as const;
    const asked = requestBytes('OPTIONS', ADVERTISEMENTS_PATH, [
      origin,
      ['Access-Control-Request-Method', 'POST'],
      ['Access-Control-Request-Headers', 'x-provider-id, x-provider-signature'],
    ]);
    const { status, headers, body } = await ask(hub.port, asked);
    assert.equal(status, 204);
    assert.equal(body, '');
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.match(headers.get('access-control-allow-methods') ?? '', /POST, DELETE/);
    const allowed = headers.get('access-control-allow-headers') ?? '';
    for (const name of ['X-Provider-ID', 'X-Provider-Signature', 'Content-Type', 'Last-Event-ID']) {
      assert.ok(allowed.includes(name), name);
    }
    assert.equal(headers.get('access-control-max-age'), '7200');
    const exposed = (await get(ADVERTISEMENTS_PATH, [origin])).headers;
    assert.equal(exposed.get('access-control-allow-origin'), '*');
    for (const name of [
      'Link',
      'X-Total-Count',
      'X-Discovery-State',
      'Retry-After',
      'RateLimit',
      'RateLimit-Policy',
    ]) {
      assert.ok(exposed.get('access-control-expose-headers')?.split(', ').includes(name), name);
    }
    assert.equal((await ask(hub.port, requestBytes('OPTIONS', '*'))).status, 204);
  });

  void it('tell of the hub', async () => {
    const { body } = await get('/api/v1/info');
    assert.deepEqual(JSON.parse(body), {
      network: 'mainnet',
      auth: 'required',
      lease_seconds: 300,
      refresh_after_seconds: 100,
      server_time: new Date(hub.clock.wallMs()).toISOString(),
      version: '1.2.3',
      limits: {
        cpu_max: 1_024,
        memory_max: 65_536,
        storage_max: 10_000_000,
        body_bytes_max: 8_192,
        page_max: 1_000,
        proof_page_max: 100,
        signature_age_seconds_max: 300,
        signature_lead_seconds_max: 60,
      },
    });
  });

  void it('give the page at /docs everything it needs, and its policy lets it load nothing else', async () => {
    const page = await get('/docs');
    assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self';/);
    assert.doesNotMatch(policy, /https?:|\*|unsafe-eval/);
    assert.doesNotMatch(page.body, /<script>|https?:/);
    const sources = [...page.body.matchAll(/(?:src|href)="([^":]+)"/g)].map((match) => match[1]);
    assert.ok(sources.length >= 4, sources.join());
    for (const source of sources) assert.equal((await get(`/${source}`)).status, 200, source);
  });
});

void describe('a restarted hub', () => {
  void it('says in its answers that it is warming, for as long as a lease', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-'));
    const store = { kind: 'sqlite', path: join(folder, 'hub.db') } as const;
    const first = await openEdge({ store });
    const provider = createProvider();
    await ask(first.port, await advertiseBytes(provider, first.clock.wallMs()));
    const state = async (hub: EdgeUnderTest, target: string) =>
      (await ask(hub.port, requestBytes('GET', target))).headers.get('x-discovery-state');
    assert.equal(await state(first, ADVERTISEMENTS_PATH), undefined, 'nobody had been there');
    await first.close();
    const second = await openEdge({ store, clock: first.clock });
    for (const target of [ADVERTISEMENTS_PATH, advertisementPath(provider.providerId)]) {
      assert.equal(await state(second, target), 'warming');
    }
    // In steps: one leap would be a stall, through which the lease clock stands still.
    for (let passed = 0; passed < 300; passed += 1) {
      second.clock.pass(1_000);
      second.registry.phase();
    }
    assert.equal(await state(second, ADVERTISEMENTS_PATH), undefined);
    await second.close();
    await rm(folder, { recursive: true });
  });
});

void describe('a handler that crashes', () => {
  void it('is SYS_001 without a word about why, which the log has under the same id', async () => {
    const hub = await openEdge({ crashing: true });
    const answer = await ask(hub.port, requestBytes('GET', ADVERTISEMENTS_PATH));
    assert.equal(assertProblem(answer), 'SYS_001');
    assert.doesNotMatch(answer.body, /secret/);
    const post = await advertiseBytes(createProvider(), hub.clock.wallMs());
    assert.equal(assertProblem(await ask(hub.port, post)), 'SYS_001');
    assert.equal(hub.errors.length, 2);
    assert.match(inspect(hub.errors[0]), /secret/);
    assert.ok(inspect(hub.errors[0]).includes(answer.headers.get('x-request-id') ?? 'none'));
    await hub.close();
  });
});

void describe('health', () => {
  void it('tells alive from ready while the hub loads', async () => {
    const hub = await openEdge({ load: false });
    const get = (target: string) => ask(hub.port, requestBytes('GET', target));
    assert.equal((await get('/health')).body, '{"status":"healthy"}');
    assert.equal((await get('/livez?probe=1')).status, 200);
    const unready = await get('/readyz');
    assert.equal(assertProblem(unready), 'SYS_002');
    assert.match(unready.body, /loading/);
    assert.equal(assertProblem(await get(ADVERTISEMENTS_PATH)), 'SYS_002');
    const post = await advertiseBytes(createProvider(), hub.clock.wallMs());
    assert.equal(assertProblem(await ask(hub.port, post)), 'SYS_002');
    await hub.registry.load();
    assert.equal((await get('/readyz')).status, 200);
    await hub.close();
  });
});
