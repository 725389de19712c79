import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { advertisementPath } from 'golem-vm-discovery-protocol';
import Type from 'typebox';
import { Parse } from 'typebox/value';
import { createFakeClock } from '../../fake-clock.js';
import {
  advertiseBytes,
  advertiseFields,
  BODY,
  createProvider,
  type Fields,
  manyFields,
  postBytes,
  requestBytes,
  valueOf,
  withdrawBytes,
  withdrawFields,
  without,
} from '../requests.js';
import { openEdge } from '../edge-under-test.js';
import { assertProblem } from '../problem-shape.js';
import { ask } from '../raw-client.js';
import { type BesiegedHub, openBesiegedHub } from './besieged-hub.js';

const CREDENTIALS = ['X-Provider-ID', 'X-Provider-Signature'] as const;

void describe('credentials', () => {
  let hub: BesiegedHub;
  let fields: Fields;
  const stranger = createProvider();

  before(async () => {
    hub = await openBesiegedHub();
    fields = await advertiseFields(stranger, hub.clock.wallMs());
  });
  after(() => hub.close());

  void it('are asked for where they are missing or empty', async () => {
    await hub.meets(postBytes([], BODY), 'AUTH_003');
    for (const name of CREDENTIALS) {
      await hub.meets(postBytes(without(fields, name), BODY), 'AUTH_003');
      await hub.meets(postBytes([...without(fields, name), [name, '']], BODY), 'AUTH_003');
    }
    const path = advertisementPath(hub.listed.providerId);
    await hub.meets(requestBytes('DELETE', path), 'AUTH_003');
  });

  void it('are refused where one comes twice: side by side, apart, equal, joined, behind 1,100 others', async () => {
    for (const name of CREDENTIALS) {
      const value = valueOf(fields, name);
      const another = valueOf(await advertiseFields(hub.listed, hub.clock.wallMs()), name);
      await hub.meets(postBytes([...fields, [name, value]], BODY), 'REQ_001');
      await hub.meets(postBytes([[name, another], ...fields], BODY), 'REQ_001');
      await hub.meets(postBytes([...fields, [name.toUpperCase(), another]], BODY), 'REQ_001');
      await hub.meets(postBytes([...fields, [name, '']], BODY), 'REQ_001');
      await hub.meets(postBytes([[name, value], ...manyFields(90), ...fields], BODY), 'REQ_001');
      const far: Fields = [...fields, ...manyFields(1_100), [name, another]];
      await hub.meets(postBytes(far, BODY), 'REQ_008');
      const joined: Fields = [...without(fields, name), [name, `${value}, ${another}`]];
      await hub.meets(postBytes(joined, BODY), 'AUTH_001');
    }
  });

  void it('are refused for another body, id, method or path than were signed', async () => {
    await hub.meets(postBytes(fields, BODY.replace('4', '5')), 'AUTH_001');
    await hub.meets(postBytes(fields, `${BODY} `), 'AUTH_001');
    const borrowed: Fields = [
      ...without(fields, 'X-Provider-ID'),
      ['X-Provider-ID', hub.listed.providerId],
    ];
    await hub.meets(postBytes(borrowed, BODY), 'AUTH_001');
    const withdrawal = await withdrawFields(stranger, hub.clock.wallMs());
    await hub.meets(postBytes(withdrawal, BODY), 'AUTH_001');
    const path = advertisementPath(stranger.providerId);
    await hub.meets(requestBytes('DELETE', path, without(fields, 'Content-Type')), 'AUTH_001');
  });

  void it('name both causes where the body was written anew on the way', async () => {
    const rewritten = JSON.stringify(JSON.parse(BODY), undefined, 1);
    const answer = await hub.meets(postBytes(fields, rewritten), 'AUTH_001');
    assert.match(answer.body, /another key/);
    assert.match(answer.body, /bytes/);
  });

  void it('learn the time of the server where they are out of time', async () => {
    const nowMs = hub.clock.wallMs();
    for (const t of [nowMs - 301_000, nowMs + 61_000]) {
      const answer = await hub.meets(await advertiseBytes(stranger, t), 'AUTH_002');
      assert.ok(answer.body.includes(new Date(nowMs).toISOString()), answer.body);
    }
  });

  void it('say the same again as often as they like, and extend nothing', async () => {
    await hub.meets(hub.listedBytes, '200');
    await hub.meets(hub.listedBytes, '200');
  });

  void it('are refused where they are older than what was said, the POST behind a DELETE too', async () => {
    const provider = createProvider();
    const nowMs = hub.clock.wallMs();
    const first = await advertiseBytes(provider, nowMs - 2);
    await hub.meets(first, '200');
    await hub.meets(await advertiseBytes(provider, nowMs - 1), '200');
    await hub.meets(first, 'ADV_005');
    await hub.meets(await withdrawBytes(provider, nowMs), '200');
    await hub.meets(await withdrawBytes(provider, nowMs), '200');
    await hub.meets(first, 'ADV_005');
    await hub.meets(await advertiseBytes(provider, nowMs - 1), 'ADV_005');
  });

  void it('let the larger t stay where two POSTs race', async () => {
    const provider = createProvider();
    const nowMs = hub.clock.wallMs();
    const older = await advertiseBytes(provider, nowMs - 1, BODY.replace('"cpu":4', '"cpu":5'));
    const newer = await advertiseBytes(provider, nowMs);
    await Promise.all([hub.meets(newer, '200'), hub.meets(older, '200', 'ADV_005')]);
    const path = advertisementPath(provider.providerId);
    const stayed = await hub.meets(requestBytes('GET', path), '200');
    assert.match(stayed.body, /"cpu":4/);
    await hub.meets(await withdrawBytes(provider, nowMs + 1), '200');
  });

  void it('don’t withdraw what is another’s', async () => {
    const path = advertisementPath(hub.listed.providerId);
    const theirs = await withdrawFields(stranger, hub.clock.wallMs(), hub.listed);
    await hub.meets(requestBytes('DELETE', path, theirs), 'AUTH_004');
    const nothing = await withdrawFields(createProvider(), hub.clock.wallMs());
    await hub.meets(requestBytes('DELETE', path, nothing), 'AUTH_001', 'AUTH_004');
    await hub.meets(await withdrawBytes(createProvider(), hub.clock.wallMs()), 'ADV_004');
  });
});

const VectorSchema = Type.Object({
  name: Type.String(),
  network: Type.String(),
  method: Type.String(),
  path: Type.String(),
  provider_id: Type.String(),
  body: Type.String(),
  signature: Type.String(),
});
const VectorsSchema = Type.Object({
  now_ms: Type.Integer(),
  valid: Type.Array(VectorSchema),
  invalid: Type.Array(VectorSchema),
});
const VECTORS = Parse(
  VectorsSchema,
  JSON.parse(
    readFileSync(new URL('../../../../../../conformance/signatures.json', import.meta.url), 'utf8'),
  ),
);

type Vector = (typeof VECTORS.valid)[number];

/** The request that a vector is about. */
function vectorBytes({ method, path, provider_id, signature, body }: Vector): string {
  const fields: Fields = [
    ['X-Provider-ID', provider_id],
    ['X-Provider-Signature', signature],
  ];
  return requestBytes(method, path, fields, method === 'POST' ? body : undefined);
}

void describe('the signature vectors', () => {
  void it('that are valid are heard, each by a hub that knows nobody', async () => {
    for (const vector of VECTORS.valid) {
      const { network } = vector;
      const hub = await openEdge({ network, clock: createFakeClock(VECTORS.now_ms) });
      const answer = await ask(hub.port, vectorBytes(vector));
      await hub.close();
      // There is nothing to withdraw, but whose wish it is was beyond doubt.
      const expected = vector.method === 'POST' ? 200 : 404;
      assert.equal(answer.status, expected, `${vector.name}: ${answer.body}`);
    }
  });

  void it('that are invalid are refused, and nobody is listed', async () => {
    const hub = await openEdge({ clock: createFakeClock(VECTORS.now_ms) });
    for (const vector of VECTORS.invalid) {
      const answer = await ask(hub.port, vectorBytes(vector));
      assert.match(assertProblem(answer), /^AUTH_00[123]$/, vector.name);
    }
    assert.deepEqual(await hub.listed(), []);
    await hub.close();
  });
});
