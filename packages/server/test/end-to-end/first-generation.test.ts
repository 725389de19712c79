import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createTemporaryFolder, startHub, type HubProcess } from './hub-process.js';
import { listedIn } from './naive-market.js';
import { createViemStranger } from './strangers.js';
import { advertise, codeOf, find, get, request, withdraw, type Answer } from './wire-client.js';

/** The body of the old documentation, to the letter. */
const BODY =
  '{"ip_address":"192.168.1.100","country":"SE","resources":{"cpu":4,"memory":8,"storage":40}}';

describe('a provider of the 0.1 generation', () => {
  let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;
  let hub: HubProcess;

  before(async () => {
    folder = await createTemporaryFolder();
    hub = await startHub(folder.path, {
      DISCOVERY_AUTH: 'optional',
      DISCOVERY_TRUSTED_PROXIES: '127.0.0.1',
    });
  });

  after(async () => {
    await hub.end('SIGKILL');
    await folder.remove();
  });

  /** Sends as the old provider does; `from` is its address, as a proxy tells it. */
  function send(method: 'POST' | 'DELETE', id: string, from: string): Promise<Answer> {
    const path = method === 'POST' ? '' : `/${id}`;
    return request(`${hub.url}/api/v1/advertisements${path}`, {
      method,
      ...(method === 'POST' && { body: BODY }),
      headers: {
        'Content-Type': 'application/json',
        'X-Provider-ID': id,
        'X-Provider-Signature': 'signature',
        'X-Forwarded-For': from,
      },
    });
  }

  it('is listed without a real signature, unverified, and found as the old documentation says', async () => {
    const answer = await send('POST', 'provider-1', '192.0.2.1');
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const found = await find(hub.url, 'cpu=2&memory=4&storage=20&country=SE');
    const [listed] = listedIn(found.body);
    assert.equal(listed?.provider_id, 'provider-1');
    assert.equal(listed.verified, false);
    assert.equal(listed.ip_address, '192.168.1.100');
    assert.deepEqual(listed.resources, { cpu: 4, memory: 8, storage: 40 });
  });

  it('comes after everybody who signed', async () => {
    const stranger = createViemStranger();
    assert.equal((await advertise(hub.url, stranger, BODY, Date.now())).status, 200);
    const ids = listedIn((await find(hub.url, 'country=SE')).body).map((each) => each.provider_id);
    assert.deepEqual(ids, [stranger.canonicalId, 'provider-1']);
    assert.equal((await withdraw(hub.url, stranger, Date.now())).status, 200);
  });

  it('can be withdrawn only from where it last renewed', async () => {
    assert.equal((await send('POST', 'provider-2', '192.0.2.2')).status, 200);
    assert.equal(codeOf(await send('DELETE', 'provider-2', '192.0.2.9')), 'AUTH_004');
    assert.equal((await send('DELETE', 'provider-2', '192.0.2.2')).status, 200);
    assert.equal(codeOf(await get(hub.url, 'provider-2')), 'ADV_004');
  });

  it('never overwrites nor withdraws what a key has signed, not even after it was withdrawn', async () => {
    const stranger = createViemStranger();
    const id = stranger.canonicalId;
    assert.equal(
      (await send('POST', id, '192.0.2.3')).status,
      200,
      'unclaimed, anybody may use it',
    );
    assert.equal((await advertise(hub.url, stranger, BODY, Date.now())).status, 200);
    assert.equal(listedIn([(await get(hub.url, id)).body])[0]?.verified, true);
    assert.equal(codeOf(await send('POST', id, '192.0.2.3')), 'AUTH_004');
    assert.equal(codeOf(await send('DELETE', id, '192.0.2.3')), 'AUTH_004');
    assert.equal((await withdraw(hub.url, stranger, Date.now())).status, 200);
    assert.equal(codeOf(await send('POST', id, '192.0.2.3')), 'AUTH_004');
  });

  it('may not begin a value with t= unless it signs', async () => {
    const answer = await request(`${hub.url}/api/v1/advertisements`, {
      method: 'POST',
      body: BODY,
      headers: {
        'Content-Type': 'application/json',
        'X-Provider-ID': 'provider-3',
        'X-Provider-Signature': 't=signature',
        'X-Forwarded-For': '192.0.2.4',
      },
    });
    assert.deepEqual([answer.status, codeOf(answer)], [401, 'AUTH_001']);
  });
});
