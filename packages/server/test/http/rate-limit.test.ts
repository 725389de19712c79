import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol';
import { type EdgeUnderTest, openEdge } from './edge-under-test.js';
import { ask, type RawAnswer } from './raw-client.js';
import {
  advertiseBytes,
  advertiseFields,
  BODY,
  createProvider,
  requestBytes,
  withdrawBytes,
} from './requests.js';

const LIMIT = 5;

void describe('the rate limit', () => {
  let hub: EdgeUnderTest;
  const signer = createProvider();

  before(async () => {
    hub = await openEdge({ rateLimitPerMinute: LIMIT, trustedProxies: ['127.0.0.1'] });
    await from('192.0.2.200', await advertiseBytes(signer, hub.clock.wallMs()));
  });
  after(() => hub.close());
  /** Every window ends. */
  beforeEach(() => hub.clock.pass(60_000));

  function from(address: string, bytes: string): Promise<RawAnswer> {
    return ask(hub.port, bytes.replace('\r\n', `\r\nX-Forwarded-For: ${address}\r\n`));
  }
  const read = (address: string) => from(address, requestBytes('GET', ADVERTISEMENTS_PATH));
  const refusedWrite = (address: string) =>
    from(address, requestBytes('POST', ADVERTISEMENTS_PATH));
  async function repeat(times: number, act: () => Promise<RawAnswer>): Promise<number[]> {
    const statuses: number[] = [];
    for (let time = 0; time < times; time += 1) statuses.push((await act()).status);
    return statuses;
  }

  void it('allows so many reads a minute, tells how many are left, and then when to come back', async () => {
    const first = await read('192.0.2.1');
    assert.equal(first.headers.get('ratelimit-policy'), '"read";q=5;w=60');
    assert.equal(first.headers.get('ratelimit'), '"read";r=4;t=60');
    hub.clock.pass(18_000);
    assert.deepEqual(await repeat(4, () => read('192.0.2.1')), [200, 200, 200, 200]);
    const refused = await read('192.0.2.1');
    assert.equal(refused.status, 429);
    assert.match(refused.body, /RATE_001/);
    assert.equal(refused.headers.get('retry-after'), '42');
    assert.equal(refused.headers.get('ratelimit'), '"read";r=0;t=42');
    hub.clock.pass(42_000);
    assert.equal((await read('192.0.2.1')).status, 200);
  });

  void it('counts HEAD, one advertisement and info as reads, and an unreadable question too', async () => {
    const targets = [ADVERTISEMENTS_PATH, `${ADVERTISEMENTS_PATH}/${signer.providerId}`];
    targets.push('/api/v1/info', `${ADVERTISEMENTS_PATH}?cpus=1`);
    for (const target of targets) await from('192.0.2.2', requestBytes('GET', target));
    const head = await from('192.0.2.2', requestBytes('HEAD', '/api/v1/info'));
    assert.equal(head.headers.get('ratelimit'), '"read";r=0;t=60');
    assert.equal((await read('192.0.2.2')).status, 429);
  });

  void it('counts reads that lead nowhere, the description, and what is refused at the gate', async () => {
    const twoTypes = [
      ['Content-Type', 'a/b'],
      ['Content-Type', 'a/b'],
    ] as const;
    const unreadable = [
      requestBytes('GET', '/nope'),
      requestBytes('HEAD', '/nope'),
      requestBytes('GET', '/api/v1/openapi.json'),
      requestBytes('GET', '/api/v1/%zz'),
      requestBytes('GET', '/health#x'),
      requestBytes('GET', ADVERTISEMENTS_PATH, twoTypes),
      requestBytes('GET', ADVERTISEMENTS_PATH, [['Expect', 'x']]),
    ];
    for (const [at, bytes] of unreadable.entries()) {
      const address = `198.51.100.${at}`;
      const statuses = await repeat(LIMIT, () => from(address, bytes));
      assert.equal(statuses.includes(429), false, bytes);
      assert.equal((await from(address, bytes)).status, 429, bytes);
      assert.equal((await read(address)).status, 429, bytes);
      assert.equal((await refusedWrite(address)).status, 401, bytes);
    }
  });

  void it('counts writes that lead nowhere or have no sensible form, and other methods, as refused writes', async () => {
    const refused = [
      requestBytes('POST', '/nope'),
      requestBytes('POST', '/health'),
      requestBytes('PUT', ADVERTISEMENTS_PATH),
      requestBytes('QUERY', '/nope'),
      requestBytes('DELETE', ADVERTISEMENTS_PATH),
      requestBytes('POST', ADVERTISEMENTS_PATH, [['Content-Type', 'nonsense']]),
      requestBytes('POST', `${ADVERTISEMENTS_PATH}#x`),
      requestBytes('CONNECT', 'hub.example:443'),
    ];
    for (const [at, bytes] of refused.entries()) {
      const address = `198.51.100.${100 + at}`;
      const statuses = await repeat(LIMIT, () => from(address, bytes));
      assert.equal(statuses.includes(429), false, bytes);
      const last = await from(address, bytes);
      assert.equal(last.status, 429, bytes);
      assert.equal(last.headers.get('ratelimit'), '"write";r=0;t=60');
      assert.equal((await refusedWrite(address)).status, 429, bytes);
      assert.equal((await read(address)).status, 200, bytes);
    }
  });

  void it('leaves health, OPTIONS and the page free', async () => {
    await repeat(LIMIT + 1, () => read('192.0.2.3'));
    for (const target of ['/', '/health', '/livez', '/readyz', '/docs', '/docs/start.js']) {
      const answer = await from('192.0.2.3', requestBytes('GET', target));
      assert.equal(answer.status, 200, target);
      assert.equal(answer.headers.has('ratelimit'), false, target);
    }
    const preflight = await from('192.0.2.3', requestBytes('OPTIONS', ADVERTISEMENTS_PATH));
    assert.equal(preflight.status, 204);
  });

  void it('counts refused writes apart from reads', async () => {
    const statuses = await repeat(LIMIT + 1, () => refusedWrite('192.0.2.4'));
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
    assert.equal((await read('192.0.2.4')).status, 200);
    const refused = await refusedWrite('192.0.2.4');
    assert.equal(refused.headers.get('ratelimit-policy'), '"write";q=5;w=60');
    assert.equal(refused.headers.get('retry-after'), '60');
  });

  void it('counts an address and its v4-mapped form together, and a whole /64', async () => {
    await repeat(LIMIT, () => read('192.0.2.5'));
    assert.equal((await read('::ffff:192.0.2.5')).status, 429);
    await repeat(LIMIT, () => read('2a01:4f8:0:1::7'));
    assert.equal((await read('2a01:4f8:0:1:ffff::')).status, 429);
    assert.equal((await read('2a01:4f8:0:2::7')).status, 200);
  });

  void it('charges an address for each provider that it lists', async () => {
    const now = hub.clock.wallMs();
    const list = async () => from('192.0.2.6', await advertiseBytes(createProvider(), now));
    const first = await list();
    assert.equal(first.status, 200);
    assert.equal(first.headers.get('ratelimit'), '"write";r=4;t=60');
    assert.deepEqual(await repeat(LIMIT, list), [200, 200, 200, 200, 429]);
  });

  void it('lets renewals and withdrawals of listed providers through an exhausted address, uncharged', async () => {
    const now = hub.clock.wallMs();
    await repeat(LIMIT + 1, () => refusedWrite('192.0.2.7'));
    const renewed = await from('192.0.2.7', await advertiseBytes(signer, now));
    assert.equal(renewed.status, 200, renewed.body);
    assert.equal(renewed.headers.has('ratelimit'), false);
    const withdrawn = await from('192.0.2.7', await withdrawBytes(signer, now + 1));
    assert.equal(withdrawn.status, 200, withdrawn.body);
    const relisted = await from('192.0.2.8', await advertiseBytes(signer, now + 2));
    assert.equal(relisted.status, 200, relisted.body);
  });

  void it('refuses an exhausted address at once where nobody who is known speaks', async () => {
    await repeat(LIMIT, () => refusedWrite('192.0.2.9'));
    const fields = await advertiseFields(createProvider(), hub.clock.wallMs());
    // The body never comes: the answer doesn't wait for it.
    const unfinished = requestBytes('POST', ADVERTISEMENTS_PATH, fields, BODY).slice(
      0,
      -BODY.length,
    );
    assert.equal((await from('192.0.2.9', unfinished)).status, 429);
  });

  void it('answers RATE_001 to a refused write of a listed id from an exhausted address', async () => {
    await repeat(LIMIT, () => refusedWrite('192.0.2.10'));
    const stale = await advertiseBytes(signer, hub.clock.wallMs() - 301_000);
    assert.equal((await from('192.0.2.10', stale)).status, 429);
    assert.equal((await from('192.0.2.11', stale)).status, 401);
  });
});

void describe('a rate limit of 0', () => {
  void it('counts nothing and says nothing', async () => {
    const hub = await openEdge({ rateLimitPerMinute: 0 });
    for (let time = 0; time < 150; time += 1) {
      const answer = await ask(hub.port, requestBytes('GET', ADVERTISEMENTS_PATH));
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.has('ratelimit'), false);
    }
    await hub.close();
  });
});
