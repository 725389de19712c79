import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { advertisementPath } from 'golem-vm-discovery-protocol';
import { assertProblem } from '../problem-shape.js';
import { converse, listen, openSocket } from '../raw-client.js';
import {
  advertiseBytes,
  advertiseFields,
  BODY,
  chunkedPostBytes,
  createProvider,
  type Fields,
  postBytes,
  requestBytes,
  withdrawBytes,
  withdrawFields,
  without,
} from '../requests.js';
import { type BesiegedHub, openBesiegedHub } from './besieged-hub.js';

/** An acceptable body of 8 KiB. */
const FULL_BODY = `${BODY.slice(0, -1)},"x":"${'x'.repeat(8_192 - BODY.length - 7)}"}`;

void describe('a body', () => {
  let hub: BesiegedHub;
  let fields: Fields;
  const stranger = createProvider();
  const signed = (body: string) => advertiseBytes(stranger, hub.clock.wallMs(), body);

  before(async () => {
    hub = await openBesiegedHub();
    fields = await advertiseFields(stranger, hub.clock.wallMs());
  });
  after(() => hub.close());

  void it('that is not acceptable JSON is malformed, though it was signed', async () => {
    const bodies = ['', '{', `${BODY}x`, `${BODY}{}`, `/**/${BODY}`, `\uFEFF${BODY}`, '\u0000'];
    bodies.push('{"a":1,"a":2}', '{"__proto__":{}}', '{"a":{"__proto__":1}}', '['.repeat(4_000));
    bodies.push('{"a":"\\ud800"}', '{"a":"\\u0000"}', '{"a":01}', "{'a':1}", 'NaN');
    for (const body of bodies) await hub.meets(await signed(body), 'REQ_001');
    for (const body of ['null', '[]', '"x"', '1', 'true', '{}']) {
      await hub.meets(await signed(body), 'REQ_001', 'ADV_001');
    }
  });

  void it('that is not UTF-8 is refused', async () => {
    const bytes = postBytes(fields, `${BODY}  `).slice(0, -2);
    await hub.meets(`${bytes}\xff\xfe`, 'REQ_001', 'AUTH_001');
  });

  void it('names the field whose value is not acceptable', async () => {
    const wrong: [from: string, to: string, field: RegExp][] = [];
    for (const cpu of [
      '"4"',
      'true',
      '[4]',
      '4.5',
      '0',
      '-1',
      '1e400',
      '9007199254740993',
      '1025',
    ]) {
      wrong.push(['"cpu":4', `"cpu":${cpu}`, /resources\.cpu/]);
    }
    wrong.push(['"cpu":4,', '', /resources\.cpu/]);
    for (const country of ['SWE', 'ZZ', '1', 'İE', '🦐', '\u200fSE', 'se', '', '<script>']) {
      wrong.push(['"SE"', JSON.stringify(country), /country/]);
    }
    const addresses = ['999.1.1.1', '1.2.3', '0x7f.1', '010.8.8.8', 'localhost', '83.233.10.2 '];
    addresses.push('224.0.0.1', '0.0.0.0', '::', 'ff02::1', 'fe80::1%eth0', '255.255.255.255');
    for (const address of addresses) wrong.push(['83.233.10.2', address, /ip_address/]);
    for (const [from, to, field] of wrong) {
      const answer = await hub.meets(await signed(BODY.replace(from, to)), 'ADV_001');
      assert.match(answer.body, field, to);
    }
  });

  void it('of 8 KiB is taken, and of one byte more refused, declared or in chunks', async () => {
    const provider = createProvider();
    await hub.meets(await advertiseBytes(provider, hub.clock.wallMs(), FULL_BODY), '200');
    await hub.meets(await withdrawBytes(provider, hub.clock.wallMs() + 1), '200');
    const large = `${FULL_BODY} `;
    const largeFields = await advertiseFields(stranger, hub.clock.wallMs(), large);
    await hub.meets(postBytes(largeFields, large), 'REQ_004');
    await hub.meets(chunkedPostBytes(largeFields, [large]), 'REQ_004');
    await hub.meets(chunkedPostBytes(largeFields, Array.from(large)), 'REQ_004');
  });

  void it('that is too large leaves the connection in order', async () => {
    const bytes = postBytes([], 'x'.repeat(100_000)) + requestBytes('GET', '/health');
    const { answers } = await converse(hub.port, bytes, { answers: 2 });
    assert.deepEqual(
      answers.map(({ status }) => status),
      [413, 200],
    );
  });

  void it('that ends before its declared end is malformed', async () => {
    const socket = await openSocket(hub.port);
    const heard = listen(socket);
    socket.end(postBytes(fields, BODY).slice(0, -1));
    const { answers } = await heard;
    assert.deepEqual(answers.map(assertProblem), ['REQ_001']);
  });

  void it('that goes on behind its declared end is malformed, and so is what follows', async () => {
    const bytes = postBytes(fields, BODY).replace(/Content-Length: \d+/, 'Content-Length: 10');
    const { answers, ended } = await converse(hub.port, bytes);
    assert.deepEqual(answers.map(assertProblem), ['REQ_001', 'REQ_001']);
    assert.equal(ended, 'closed');
  });

  void it('of another media type or encoding is not supported', async () => {
    const untyped = without(fields, 'Content-Type');
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', '@@@'];
    types.push('application/json; charset=utf-16', 'application/json; x=y', 'text/json', 'json');
    for (const type of types) {
      await hub.meets(postBytes([['Content-Type', type], ...untyped], BODY), 'REQ_005');
    }
    for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip', 'x']) {
      await hub.meets(postBytes([['Content-Encoding', encoding], ...fields], BODY), 'REQ_005');
    }
    const coded = chunkedPostBytes(fields, [BODY]).replace(': chunked', ': gzip, chunked');
    await hub.meets(coded, 'REQ_005');
    await hub.meets(coded.replace('gzip, chunked', 'gzip'), 'REQ_001');
  });

  void it('is taken with UTF-8 spelled out, with identity, and untyped', async () => {
    const untyped = without(fields, 'Content-Type');
    const types = ['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'];
    for (const type of types) {
      await hub.meets(postBytes([['Content-Type', type], ...untyped], BODY), '200');
    }
    await hub.meets(postBytes([['Content-Encoding', 'identity'], ...fields], BODY), '200');
    await hub.meets(postBytes(untyped, BODY), '200');
    await hub.meets(chunkedPostBytes(fields, Array.from(BODY)), '200');
    await hub.meets(await withdrawBytes(stranger, hub.clock.wallMs() + 1), '200');
  });

  void it('has no place in a DELETE', async () => {
    const withdrawal = await withdrawFields(hub.listed, hub.clock.wallMs() + 1);
    const path = advertisementPath(hub.listed.providerId);
    await hub.meets(requestBytes('DELETE', path, withdrawal, '{}'), 'REQ_001');
    const chunked: Fields = [...withdrawal, ['Transfer-Encoding', 'chunked']];
    await hub.meets(`${requestBytes('DELETE', path, chunked)}0\r\n\r\n`, 'REQ_001');
  });
});
