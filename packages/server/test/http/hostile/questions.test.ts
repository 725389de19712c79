import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ADVERTISEMENTS_PATH, advertisementPath } from 'golem-vm-discovery-protocol';
import { converse } from '../raw-client.js';
import { BODY, createProvider, findBytes, requestBytes } from '../requests.js';
import { type BesiegedHub, openBesiegedHub } from './besieged-hub.js';

const get = (target: string) => requestBytes('GET', target);

void describe('a question', () => {
  let hub: BesiegedHub;
  before(async () => {
    hub = await openBesiegedHub();
  });
  after(() => hub.close());

  void it('with a value that is not acceptable names the parameter', async () => {
    const queries = ['cpu=0', 'cpu=-1', 'cpu=abc', 'cpu=', 'cpu', 'cpu=0x10', 'cpu=1e2', 'cpu=+4'];
    queries.push('cpu=4.0', `cpu=1${'0'.repeat(30)}`, 'cpu[]=3', 'CPU=3', 'cpus=3', 'cpu=4&cpu=5');
    for (const query of queries) {
      const answer = await hub.meets(findBytes(query), 'ADV_002');
      assert.match(answer.body, /cpu/i, query);
    }
  });

  void it('that makes no sense is refused, however it is written', async () => {
    const queries = ['country=%00', "country='", 'country=%zz', 'country=SE;DROP', 'verified=1'];
    queries.push('limit=0', 'limit=1001', 'proof=true&limit=101', '%00=1', 'a%3Cscript%3E=1');
    queries.push(`country=${'a'.repeat(8_000)}`, '__proto__=1', 'constructor=1', '%0d%0aX:y=1');
    for (const query of queries) await hub.meets(findBytes(query), 'ADV_002');
    await hub.meets(findBytes(`country=${'a'.repeat(10_000)}`), 'REQ_007');
  });

  void it('for an explanation is held to the same, and takes nothing that is of a page', async () => {
    const queries = ['cpu=0', 'cpus=3', 'country=%00', 'max_usd_per_month=5', 'verified=1', 'x'];
    queries.push('sort=cpu', 'limit=5', 'after=abc', 'count=true', 'proof=true', 'since=a-1');
    for (const query of queries) {
      const answer = await hub.meets(get(`${ADVERTISEMENTS_PATH}/explain?${query}`), 'ADV_002');
      assert.ok(answer.body.includes(query.split('=')[0] ?? ''), query);
    }
    await hub.meets(requestBytes('POST', `${ADVERTISEMENTS_PATH}/explain`, [], BODY), 'REQ_003');
    await hub.meets(get(`${ADVERTISEMENTS_PATH}/explain/`), 'REQ_002');
  });

  void it('with a page token that is none, cut, or another question’s is refused', async () => {
    for (const token of ['x', '!', '', 'A'.repeat(600), '..%2f']) {
      await hub.meets(findBytes(`after=${token}`), 'ADV_002');
    }
  });

  void it('with a parameter that its route doesn’t take is refused', async () => {
    const path = advertisementPath(hub.listed.providerId);
    const targets = [`${path}?proof=1`, `${path}?proof=true&proof=true`, `${path}?cpu=1`];
    targets.push(
      '/api/v1/stats?x=1',
      `/api/v1/providers/${hub.listed.providerId}/status?proof=true`,
    );
    targets.push('/api/v1/info?x=1', `${path}?%3Cscript%3E`);
    for (const target of targets) await hub.meets(get(target), 'ADV_002');
    await hub.meets(requestBytes('POST', `${ADVERTISEMENTS_PATH}?dry=true`, [], BODY), 'ADV_002');
  });
});

void describe('a path', () => {
  let hub: BesiegedHub;
  before(async () => {
    hub = await openBesiegedHub();
  });
  after(() => hub.close());

  void it('that leads nowhere is never a file', async () => {
    const targets = ['//', '/etc/passwd', '/api/v1', '/api/v2/advertisements', '/api//v1/info'];
    targets.push('/API/v1/info', `/${ADVERTISEMENTS_PATH}`, `${ADVERTISEMENTS_PATH}//`, '/health/');
    targets.push(`${ADVERTISEMENTS_PATH}/`, `${ADVERTISEMENTS_PATH}/a/b`, '/%2e%2e%2fetc/passwd');
    targets.push('/..%2f..%2fetc/passwd', '/docs/..%2f..%2fpackage.json', '/docs/x.js', '/%00');
    targets.push(
      '/docs/../../package.json',
      '/docs/%2e%2e/package.json',
      '/health%00',
      '/health#x',
    );
    targets.push(
      '/%zz',
      '/health%',
      '/health%ff',
      '/api%2fv1%2finfo',
      'http://hub.example/nowhere',
    );
    for (const target of targets) await hub.meets(get(target), 'REQ_001', 'REQ_002');
  });

  void it('with an id that is none is malformed, and the answer repeats nothing that acts', async () => {
    const ids = ['%00', '%2e%2e%2f', 'a'.repeat(300), '0x1', `0x${'a'.repeat(41)}`, 'did:key:x'];
    ids.push('did%3Akey%3Ax', 'a%2fb', '%3Cscript%3E', 'a%0d%0ab', '%1b[31m', '%e2%80%ae');
    for (const id of ids) {
      const answer = await hub.meets(get(`${ADVERTISEMENTS_PATH}/${id}`), 'REQ_001');
      await hub.meets(get(`/api/v1/providers/${id}/status`), 'REQ_001');
      assert.doesNotMatch(answer.body, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/, id);
      const fields = [
        ['X-Provider-ID', createProvider().providerId],
        ['X-Provider-Signature', 't=1790000000000,v1=0x00'],
      ] as const;
      await hub.meets(requestBytes('DELETE', `${ADVERTISEMENTS_PATH}/${id}`, fields), 'REQ_001');
    }
  });

  void it('with a slash too many says so, where a list or an advertisement was meant', async () => {
    const answer = await hub.meets(get(`${ADVERTISEMENTS_PATH}/?cpu=1`), 'REQ_001');
    assert.match(answer.body, /nothing follows the last slash: leave it out for a list/);
  });

  void it('is understood percent-encoded, and as a whole URL', async () => {
    const encoded = hub.listed.providerId.replace('0x', '%30%78');
    await hub.meets(get(`${ADVERTISEMENTS_PATH}/${encoded}`), '200');
    await hub.meets(get(`http://hub.example${ADVERTISEMENTS_PATH}?cpu=1`), '200');
    await hub.meets(get(`${ADVERTISEMENTS_PATH}/did%3Akey%3A${ED25519_KEY}`), 'ADV_004');
    await hub.meets(get(`${ADVERTISEMENTS_PATH}/did:key:${ED25519_KEY}`), 'ADV_004');
  });

  void it('says which methods it takes where it doesn’t take this one', async () => {
    const one = advertisementPath(hub.listed.providerId);
    const requests = [
      ['PUT', ADVERTISEMENTS_PATH, 'GET, HEAD, POST, OPTIONS'],
      ['TRACE', ADVERTISEMENTS_PATH, 'GET, HEAD, POST, OPTIONS'],
      ['PROPFIND', `${ADVERTISEMENTS_PATH}?cpu=1`, 'GET, HEAD, POST, OPTIONS'],
      ['POST', one, 'GET, HEAD, DELETE, OPTIONS'],
      ['PATCH', one, 'GET, HEAD, DELETE, OPTIONS'],
      ['DELETE', '/health', 'GET, HEAD, OPTIONS'],
      ['POST', '/api/v1/openapi.json', 'GET, HEAD, OPTIONS'],
    ] as const;
    for (const [method, target, allow] of requests) {
      const answer = await hub.meets(requestBytes(method, target), 'REQ_003');
      assert.equal(answer.headers.get('allow'), allow, `${method} ${target}`);
    }
    const text = [['Content-Type', 'text/plain']] as const;
    await hub.meets(requestBytes('PUT', ADVERTISEMENTS_PATH, text, 'x'), 'REQ_003');
    await hub.meets(requestBytes('PUT', '/nowhere', text, 'x'), 'REQ_002');
    await hub.meets(requestBytes('OPTIONS', '/nowhere'), 'REQ_002');
  });

  void it('gives the same headers to HEAD as to GET, and no body', async () => {
    const one = advertisementPath(hub.listed.providerId);
    const targets = ['/health', `${ADVERTISEMENTS_PATH}?count=true`, one, '/docs', '/nowhere'];
    for (const target of targets) {
      const [got] = (await converse(hub.port, get(target), { answers: 1 })).answers;
      const head = requestBytes('HEAD', target);
      const [bare] = (await converse(hub.port, head, { answers: 1 })).answers;
      assert.deepEqual(bare && [...bare.headers.keys()], got && [...got.headers.keys()], target);
      assert.equal(bare?.headers.get('content-length'), got?.headers.get('content-length'));
      assert.equal(bare?.status, got?.status);
    }
    const both = requestBytes('HEAD', one) + requestBytes('HEAD', '/health');
    const { answers } = await converse(hub.port, both, { answers: 2 });
    assert.equal(answers.length, 2, 'no body lies between two answers');
  });
});

/** A key that nobody uses, as the example of the did:key specification gives it. */
const ED25519_KEY = 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
