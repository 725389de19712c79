import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ADVERTISEMENTS_PATH, advertisementPath, PROBLEMS } from 'golem-vm-discovery-protocol';
import Type from 'typebox';
import * as Schema from 'typebox/schema';
import { Parse } from 'typebox/value';
import { type EdgeUnderTest, openEdge } from './edge-under-test.js';
import { ask, type RawAnswer } from './raw-client.js';
import { advertiseBytes, createProvider, requestBytes, withdrawBytes } from './requests.js';

const DocumentSchema = Type.Object({
  openapi: Type.Literal('3.1.0'),
  info: Type.Object({ description: Type.String(), version: Type.String() }),
  paths: Type.Record(
    Type.String(),
    Type.Record(
      Type.String(),
      Type.Object({
        operationId: Type.String(),
        parameters: Type.Optional(Type.Array(Type.Object({ name: Type.String() }))),
        responses: Type.Record(
          Type.String(),
          Type.Object({
            headers: Type.Record(Type.String(), Type.Unknown()),
            content: Type.Object({
              'application/json': Type.Object({ schema: Type.Unknown() }),
            }),
          }),
        ),
      }),
    ),
  ),
  components: Type.Object({ schemas: Type.Record(Type.String(), Type.Unknown()) }),
});

void describe('the description of the API', () => {
  let hub: EdgeUnderTest;
  let document: Type.Static<typeof DocumentSchema>;
  const provider = createProvider();

  before(async () => {
    hub = await openEdge({ rateLimitPerMinute: 1_000 });
    const { body } = await ask(hub.port, requestBytes('GET', '/api/v1/openapi.json'));
    document = Parse(DocumentSchema, JSON.parse(body));
  });
  after(() => hub.close());

  void it('has every route', () => {
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(operations.toSorted(), [
      'DELETE /api/v1/advertisements/{provider_id}',
      'GET /api/v1/advertisements',
      'GET /api/v1/advertisements/explain',
      'GET /api/v1/advertisements/watch',
      'GET /api/v1/advertisements/{provider_id}',
      'GET /api/v1/info',
      'GET /api/v1/openapi.json',
      'GET /api/v1/providers/{provider_id}/status',
      'GET /api/v1/stats',
      'GET /health',
      'GET /livez',
      'GET /readyz',
      'POST /api/v1/advertisements',
    ]);
  });

  void it('has every problem with its status, and every parameter of a question', () => {
    for (const [code, { status }] of Object.entries(PROBLEMS)) {
      assert.ok(document.info.description.includes(`| ${code} | ${status} |`), code);
    }
    const names = document.paths[ADVERTISEMENTS_PATH]?.['get']?.parameters?.map(({ name }) => name);
    assert.deepEqual(names, [
      'cpu',
      'memory',
      'storage',
      'country',
      'platform',
      'verified',
      'max_usd_per_month',
      'sort',
      'limit',
      'after',
      'count',
      'proof',
    ]);
  });

  void it('points to nothing that is not there', () => {
    const text = JSON.stringify(document);
    const schemas = new Set(Object.keys(document.components.schemas));
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) {
      assert.ok(schemas.has(name ?? ''), name);
    }
  });

  void it('describes the answers that are really given', async () => {
    const now = hub.clock.wallMs();
    const one = '/api/v1/advertisements/{provider_id}';
    const status = '/api/v1/providers/{provider_id}/status';
    const explain = `${ADVERTISEMENTS_PATH}/explain`;
    const path = advertisementPath(provider.providerId);
    const get = (target: string) => requestBytes('GET', target);
    const exchanges: [method: string, path: string, bytes: string][] = [
      ['post', ADVERTISEMENTS_PATH, await advertiseBytes(provider, now)],
      ['post', ADVERTISEMENTS_PATH, await advertiseBytes(provider, now - 400_000)],
      ['post', ADVERTISEMENTS_PATH, await advertiseBytes(provider, now, '{}')],
      ['get', ADVERTISEMENTS_PATH, get(`${ADVERTISEMENTS_PATH}?proof=true&count=true`)],
      ['get', ADVERTISEMENTS_PATH, get(`${ADVERTISEMENTS_PATH}?cpu=1&memory=1&storage=1`)],
      ['get', ADVERTISEMENTS_PATH, get(`${ADVERTISEMENTS_PATH}?cpus=1`)],
      ['get', explain, get(`${explain}?cpu=64&memory=1&storage=1&max_usd_per_month=1`)],
      ['get', explain, get(`${explain}?sort=cpu`)],
      ['get', one, get(`${path}?proof=true`)],
      ['get', one, get(`${ADVERTISEMENTS_PATH}/0x1`)],
      ['delete', one, await withdrawBytes(provider, now + 1)],
      ['delete', one, await withdrawBytes(createProvider(), now)],
      ['delete', one, requestBytes('DELETE', path)],
      ['get', '/api/v1/info', get('/api/v1/info')],
      ['get', '/api/v1/openapi.json', get('/api/v1/openapi.json')],
      ['get', status, get(`/api/v1/providers/${provider.providerId}/status`)],
      ['get', status, get('/api/v1/providers/0x1/status')],
      ['get', '/api/v1/stats', get('/api/v1/stats')],
      ['get', '/api/v1/stats', get('/api/v1/stats?by=country')],
      ['get', '/health', get('/health')],
      ['get', '/readyz', get('/readyz')],
    ];
    for (const [method, template, bytes] of exchanges) {
      assertDescribed(method, template, await ask(hub.port, bytes));
    }
  });

  function assertDescribed(
    method: string,
    path: string,
    { status, headers, body }: RawAnswer,
  ): void {
    const response = document.paths[path]?.[method]?.responses[status];
    assert.ok(response, `${method} ${path} ${status} is described: ${body}`);
    const { schema } = response.content['application/json'];
    const whole = Object.assign({ components: document.components }, schema);
    const [, errors] = Schema.Errors(whole, JSON.parse(body));
    assert.deepEqual(errors, [], body);
    for (const name of ['link', 'x-total-count', 'ratelimit', 'ratelimit-policy', 'x-request-id']) {
      const described = Object.keys(response.headers).map((header) => header.toLowerCase());
      assert.ok(!headers.has(name) || described.includes(name), `${method} ${path}: ${name}`);
    }
  }
});
