import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  AdvertisementBodySchema,
  AdvertisementSchema,
  GrantedAdvertisementSchema,
  LIMITS,
  parseAdvertisementBody,
} from 'golem-vm-discovery-protocol';
import { accepted, refused, utf8 } from './expecting.js';

const RESOURCES = { cpu: 4, memory: 8, storage: 40 };
const BODY = { ip_address: '83.233.10.2', country: 'SE', resources: RESOURCES };

function parse(body: unknown) {
  return parseAdvertisementBody(utf8(JSON.stringify(body)));
}

describe('parseAdvertisementBody', () => {
  it('names every wrong field, and says what it must be', () => {
    const problem = refused(parse({ ...BODY, country: 'SWE', resources: { cpu: '4', memory: 8 } }));
    assert.equal(problem.code, 'ADV_001');
    assert.deepEqual(problem.details, [
      {
        field: 'country',
        message: 'must be an ISO 3166-1 alpha-2 country code in upper case, such as SE',
      },
      { field: 'resources.cpu', message: 'must be an integer from 1 to 1,024 (cores)' },
      {
        field: 'resources.storage',
        message: 'is missing: it must be an integer from 1 to 10,000,000 (GB of storage)',
      },
    ]);
    for (const { field } of problem.details ?? []) assert.ok(problem.message.includes(field));
  });

  it('takes each resource at its bound and refuses it one past', () => {
    const bounds = {
      cpu: LIMITS.cpuCoresMax,
      memory: LIMITS.memoryGbMax,
      storage: LIMITS.storageGbMax,
    };
    for (const [resource, max] of Object.entries(bounds)) {
      accepted(parse({ ...BODY, resources: { ...RESOURCES, [resource]: max } }));
      const over = refused(parse({ ...BODY, resources: { ...RESOURCES, [resource]: max + 1 } }));
      assert.deepEqual(
        over.details?.map(({ field }) => field),
        [`resources.${resource}`],
      );
    }
  });

  it('never throws, and never repeats what was sent', () => {
    const anything = fc.anything({ withObjectString: true });
    const bodies = fc.record(
      {
        ip_address: anything,
        country: anything,
        resources: fc.oneof(anything, fc.record({ cpu: anything, memory: anything })),
        platform: anything,
        pricing: anything,
        provider_name: anything,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(bodies, (body) => {
        const result = parse(body);
        if (result.ok) return;
        assert.ok(result.problem.message.length < 2_000);
        assert.ok((result.problem.details?.length ?? 1) >= 1);
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads what it wrote as the same', () => {
    const first = accepted(parse({ ...BODY, provider_name: 'n', platform: 'arm64', x: 1 }));
    const again = accepted(parse(first.advertisement));
    assert.deepEqual(again.advertisement, first.advertisement);
  });

  it('works where code may not be made from text, as on a page with a strict policy', () => {
    const entry = import.meta.resolve('golem-vm-discovery-protocol');
    const script = `
      import { parseAdvertisementBody as parse } from ${JSON.stringify(entry)};
      const bytes = (text) => new TextEncoder().encode(text);
      const good = parse(bytes(${JSON.stringify(JSON.stringify(BODY))}));
      const bad = parse(bytes('{"ip_address":"224.0.0.1","country":"ZZ","resources":{"cpu":0}}'));
      console.log(JSON.stringify([good.ok, bad.problem.details.length]));`;
    const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval'];
    const printed = execFileSync(process.execPath, [...flags, script], { encoding: 'utf8' });
    assert.deepEqual(JSON.parse(printed), [true, 5]);
  });
});

describe('the schemas', () => {
  it('are plain JSON Schema once written, for OpenAPI', () => {
    const text = JSON.stringify(AdvertisementBodySchema);
    assert.ok(!text.includes('~'));
    const { required, type } = AdvertisementBodySchema;
    assert.deepEqual([type, required], ['object', ['ip_address', 'country', 'resources']]);
  });

  it('give answers all that a body may have', () => {
    const inBody = Object.keys(AdvertisementBodySchema.properties);
    const inAnswer = new Set(Object.keys(AdvertisementSchema.properties));
    assert.ok(inBody.every((field) => inAnswer.has(field)));
    assert.ok('refresh_after_seconds' in GrantedAdvertisementSchema.properties);
  });
});
