import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol';
import { assertProblem } from '../problem-shape.js';
import { converse, listen, openSocket, type Conversation } from '../raw-client.js';
import {
  advertiseBytes,
  BODY,
  createProvider,
  manyFields,
  postBytes,
  requestBytes,
} from '../requests.js';
import { type BesiegedHub, openBesiegedHub } from './besieged-hub.js';

const HOST = 'Host: hub.example\r\n';
const POST = `POST ${ADVERTISEMENTS_PATH} HTTP/1.1\r\n${HOST}`;
const GET = `GET /health HTTP/1.1\r\n${HOST}`;

void describe('on the wire', () => {
  let hub: BesiegedHub;
  before(async () => {
    hub = await openBesiegedHub();
  });
  after(() => hub.close());

  void it('a body whose length is in doubt is malformed', async () => {
    const transfers = ['Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'];
    transfers.push('Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n');
    transfers.push('Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd');
    transfers.push('Content-Length: +4\r\n\r\nabcd', 'Content-Length: -1\r\n\r\nabcd');
    transfers.push('Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n');
    transfers.push('Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n');
    for (const transfer of transfers) await hub.isClosed(POST + transfer, 'REQ_001');
  });

  void it('what is not HTTP/1.1 is malformed', async () => {
    const requests = ['GET /health HTTP/1.1\nHost: a\n\n', 'GET /health HTTP/1.1\r\n\r\n'];
    requests.push(`${GET}X: a\r\n  folded\r\n\r\n`, `${GET}X : a\r\n\r\n`, `${GET}X: a\0b\r\n\r\n`);
    requests.push(`${GET}X: a\x1bb\r\n\r\n`, `${GET}: a\r\n\r\n`, `${GET}${HOST}\r\n`);
    requests.push('GET /health\r\n\r\n', 'GET /health HTTP/0.9\r\n\r\n', 'GET\r\n\r\n');
    requests.push(`GET /health HTTP/2.0\r\n${HOST}\r\n`, `GET /health HTTP/1.2\r\n${HOST}\r\n`);
    requests.push('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', `FOO /health HTTP/1.1\r\n${HOST}\r\n`);
    requests.push(`GET /he alth HTTP/1.1\r\n${HOST}\r\n`, `GET /\0 HTTP/1.1\r\n${HOST}\r\n`);
    requests.push(
      `get /health HTTP/1.1\r\n${HOST}\r\n`,
      '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03',
    );
    requests.push(`CONNECT hub.example:443 HTTP/1.1\r\n${HOST}\r\n`, `${GET}Expect: x\r\n\r\n`);
    for (const request of requests) await hub.isClosed(request, 'REQ_001');
  });

  void it('HTTP/1.0, an upgrade to something else and Expect: 100-continue are understood', async () => {
    await hub.meets('GET /health HTTP/1.0\r\n\r\n', '200');
    await hub.meets(`${GET}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`, '200');
    const { answers } = await converse(hub.port, `${GET}Expect: 100-continue\r\n\r\n`, {
      answers: 2,
    });
    assert.deepEqual(
      answers.map(({ status }) => status),
      [100, 200],
    );
  });

  void it('a URL, a header and too many headers are too large', async () => {
    await hub.isClosed(requestBytes('GET', `/${'a'.repeat(20_000)}`), 'REQ_007');
    await hub.isClosed(requestBytes('GET', `/${'a'.repeat(8_192)}`), 'REQ_007');
    await hub.meets(requestBytes('GET', `/${'a'.repeat(8_191)}`), 'REQ_002');
    await hub.isClosed(`${GET}X: ${'a'.repeat(20_000)}\r\n\r\n`, 'REQ_008');
    for (const count of [2_000, 1_100, 100]) {
      await hub.isClosed(requestBytes('GET', '/health', manyFields(count)), 'REQ_008');
    }
    await hub.meets(requestBytes('GET', '/health', manyFields(99)), '200');
  });

  void it('answers keep the order of the requests where a later one is not understood', async () => {
    const valid = await advertiseBytes(createProvider(), hub.clock.wallMs() - 301_000);
    const { answers, ended } = await converse(hub.port, `${valid}FOO\r\n\r\n`);
    assert.deepEqual(answers.map(assertProblem), ['AUTH_002', 'REQ_001']);
    assert.equal(ended, 'closed');
  });

  void it('an answer is delivered though the client goes on sending', async () => {
    const flood = `${GET}X: ${'a'.repeat(1_000_000)}`;
    const { answers } = await converse(hub.port, flood);
    assert.deepEqual(answers.map(assertProblem), ['REQ_008']);
  });
});

void describe('a client that asks without waiting', () => {
  let hub: BesiegedHub;
  before(async () => {
    hub = await openBesiegedHub();
  });
  after(() => hub.close());

  void it('gets its answers in order, and no more than so many wait', async () => {
    const asked = requestBytes('GET', '/health') + requestBytes('GET', '/nowhere');
    const some = await converse(hub.port, asked.repeat(16), { answers: 32 });
    assert.deepEqual(
      some.answers.map(({ status }) => status),
      Array.from({ length: 16 }, () => [200, 404]).flat(),
    );
    const { answers, ended } = await converse(hub.port, requestBytes('GET', '/health').repeat(100));
    const last = answers.at(-1);
    assert.ok(answers.length >= 33 && answers.length < 100, `${answers.length}`);
    assert.equal(last && assertProblem(last), 'SYS_002');
    assert.equal(ended, 'closed');
  });
});

void describe('a slow client', { concurrency: true }, () => {
  let hub: BesiegedHub;
  before(async () => {
    hub = await openBesiegedHub();
  });
  after(() => hub.close());

  /** Sends a start and then a byte now and then, until the hub has had enough. */
  async function drip(start: string): Promise<Conversation & { readonly ms: number }> {
    const startedAt = performance.now();
    const socket = await openSocket(hub.port);
    socket.write(start);
    const dripping = setInterval(() => socket.write('a'), 200);
    const conversation = await listen(socket);
    clearInterval(dripping);
    return { ...conversation, ms: performance.now() - startedAt };
  }

  void it('is answered or closed within 10 s, whatever it is slow with, and others go on', async () => {
    const stranger = createProvider();
    const post = await advertiseBytes(stranger, hub.clock.wallMs());
    const slow = [
      drip(GET),
      drip('G'),
      drip(post.slice(0, -BODY.length)),
      drip(`${POST}Transfer-Encoding: chunked\r\n\r\nfff\r\n`),
      drip(''),
      silence(),
    ];
    await hub.meets(requestBytes('GET', '/health'), '200');
    const ended = await Promise.all(slow);
    for (const { ended: how, ms } of ended) {
      assert.notEqual(how, 'open');
      assert.ok(ms < 10_000, `${ms} ms`);
    }
    const [headers, , body, chunks] = ended;
    for (const { answers } of [headers, body, chunks].filter((each) => each !== undefined)) {
      assert.deepEqual(answers.map(assertProblem), ['REQ_006']);
    }
  });

  async function silence(): Promise<Conversation & { readonly ms: number }> {
    const startedAt = performance.now();
    const conversation = await listen(await openSocket(hub.port));
    return { ...conversation, ms: performance.now() - startedAt };
  }

  void it('that rests after an answer is closed too', async () => {
    const startedAt = performance.now();
    const { answers, ended } = await converse(hub.port, requestBytes('GET', '/health'));
    assert.equal(answers.length, 1);
    assert.equal(ended, 'closed');
    assert.ok(performance.now() - startedAt < 10_000);
  });

  void it('that never reads its answers is cut off', async () => {
    const socket = await openSocket(hub.port);
    socket.pause();
    // Some 1.5 MB each: more than the buffers of both sides hold.
    socket.write(requestBytes('GET', '/docs/viewer.js').repeat(10));
    await delay(10_000);
    // A socket that does not read learns only by writing that it was cut off, and by the second
    // write: the first is what the reset answers.
    const knocking = setInterval(() => socket.write('x'), 100);
    const raised: unknown[] = await once(socket, 'error');
    clearInterval(knocking);
    assert.match(inspect(raised[0]), /ECONNRESET|EPIPE/);
  });

  void it('that has its answer and goes on with a body is closed', async () => {
    const unfinished = postBytes([['Content-Type', 'text/plain']], BODY).slice(0, -1);
    const { answers, ended } = await converse(hub.port, unfinished);
    assert.deepEqual(answers.map(assertProblem), ['REQ_005']);
    assert.equal(ended, 'closed');
  });
});
