import assert from 'node:assert/strict';
import { METHODS } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol';
import { refusalOf } from '#src/http/failures.js';
import { type EdgeUnderTest, openEdge } from './edge-under-test.js';
import { assertProblem } from './problem-shape.js';
import { ask } from './raw-client.js';
import { requestBytes } from './requests.js';

void describe('a method that no route takes', () => {
  let hub: EdgeUnderTest;
  before(async () => {
    hub = await openEdge();
  });
  after(() => hub.close());

  const taken = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'CONNECT']);
  const others = METHODS.filter((method) => !taken.has(method));

  void it('is 405 with what the path takes, and 404 on a path that leads nowhere', async () => {
    assert.ok(others.includes('PUT'));
    for (const method of [...others, 'QUERY']) {
      for (const fields of [[], [['Content-Type', 'nonsense']]] as const) {
        const wrong = await ask(hub.port, requestBytes(method, ADVERTISEMENTS_PATH, fields));
        // A parser that does not know a method gives up on it.
        if (!METHODS.includes(method)) assert.equal(assertProblem(wrong), 'REQ_001');
        else {
          assert.equal(assertProblem(wrong), 'REQ_003', method);
          assert.equal(wrong.headers.get('allow'), 'GET, HEAD, POST, OPTIONS');
          const nowhere = await ask(hub.port, requestBytes(method, '/nope', fields));
          assert.equal(assertProblem(nowhere), 'REQ_002', method);
        }
      }
    }
    assert.deepEqual(hub.errors, []);
  });

  void it('comes before the form of a body, and so does a path that leads nowhere', async () => {
    const fields = [['Content-Type', 'nonsense']] as const;
    const nowhere = await ask(hub.port, requestBytes('POST', '/nope', fields));
    assert.equal(assertProblem(nowhere), 'REQ_002');
    const wrong = await ask(hub.port, requestBytes('DELETE', ADVERTISEMENTS_PATH, fields));
    assert.equal(assertProblem(wrong), 'REQ_003');
    const unread = await ask(hub.port, requestBytes('POST', ADVERTISEMENTS_PATH, fields));
    assert.equal(assertProblem(unread), 'REQ_005');
    const preflight = await ask(hub.port, requestBytes('OPTIONS', ADVERTISEMENTS_PATH));
    assert.equal(preflight.status, 204);
  });
});

void describe('an error that Fastify gives', () => {
  const error = (code: string, statusCode: number) =>
    Object.assign(new Error('internals'), { code, statusCode });

  void it('is a refusal where the client is to blame, in words of the hub', () => {
    assert.equal(refusalOf(error('FST_ERR_BAD_URL', 400))?.code, 'REQ_001');
    assert.equal(refusalOf(error('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415))?.code, 'REQ_005');
    const unknown = refusalOf(error('FST_ERR_OF_TOMORROW', 422));
    assert.equal(unknown?.code, 'REQ_001');
    assert.doesNotMatch(unknown.message, /internals/);
  });

  void it('is a crash in every other case', () => {
    const crashes = [new Error('boom'), 'boom', undefined, error('FST_ERR_REP_SENT', 500)];
    for (const crash of [...crashes, error('ENOENT', 404)]) {
      assert.equal(refusalOf(crash), undefined);
    }
  });
});
