import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LIMITS, parseAdvertisementBody, readProof } from 'golem-vm-discovery-protocol';
import * as narrow from 'golem-vm-discovery-protocol/proof';
import { readSignedBody } from '#src/signed-body.js';
import { accepted, refused, utf8 } from './expecting.js';
import { bodies, moreSignatures, signatures } from './vectors.js';

describe('the reader of signed bodies', () => {
  it('reads every vector as the schemas do', () => {
    for (const { name, body } of bodies.valid) assertSame(utf8(body), name);
    for (const { name, body, body_base64: base64 = '' } of bodies.invalid) {
      assertSame(body === undefined ? Buffer.from(base64, 'base64') : utf8(body), name);
    }
  });

  it('reads any body as the schemas do', () => {
    fc.assert(
      fc.property(anyBody(), (body) => assertSame(utf8(JSON.stringify(body)), '')),
      { numRuns: 2_000 },
    );
  });
});

function assertSame(bytes: Uint8Array, name: string): void {
  const bySchema = parseAdvertisementBody(bytes);
  const expected = bySchema.ok ? JSON.stringify(bySchema.value.advertisement) : undefined;
  assert.equal(JSON.stringify(readSignedBody(bytes)), expected, name);
}

/** Mostly acceptable, so that what is not is met one field at a time. */
function anyBody() {
  const odd = fc.oneof(fc.constant(null), fc.constant(undefined), fc.jsonValue());
  const often = <Value>(usual: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd });
  const amount = often(fc.constantFrom(1, 4, 1_024, 1_025, 0, -1, 2.5, 65_536, 1e7, 1e7 + 1, '4'));
  const price = often(fc.constantFrom(0, 0.5, 1e6, 1_000_000.1, -0.1, undefined));
  return fc.record({
    ip_address: often(fc.constantFrom('83.233.10.2', '::1', '0.0.0.0', '1.2.3', '2001:db8::7')),
    country: often(fc.constantFrom('SE', 'DE', 'se', 'XX', 'SWE')),
    resources: often(fc.record({ cpu: amount, memory: amount, storage: amount })),
    platform: often(fc.constantFrom('arm64', 'x86_64', 'ARM', '', undefined)),
    pricing: often(
      fc.record({ usd_per_core_month: price, glm_per_core_month: price, other: fc.jsonValue() }),
    ),
    provider_name: often(fc.constantFrom('Rack 4', ' ', 'a'.repeat(64), 'a'.repeat(65), undefined)),
    more: fc.jsonValue(),
  });
}

describe('a proof', () => {
  const posts = [...signatures.valid, ...moreSignatures.valid].filter(
    ({ method, path, body }) =>
      method === 'POST' && path === '/api/v1/advertisements' && body.startsWith('{"ip'),
  );

  it('shows who said what, and when', () => {
    assert.ok(posts.length > 2);
    for (const { network, provider_id, signature, body } of posts) {
      const read = accepted(readProof(network, { providerId: provider_id, signature, body }));
      assert.equal(read.t, Number(/t=(\d+)/u.exec(signature)?.[1]));
      assert.ok(body.includes(JSON.stringify(read.advertisement.ip_address)));
    }
  });

  it('holds for one network, one provider and one body', () => {
    const [post, other] = posts;
    assert.ok(post && other);
    const claim = { providerId: post.provider_id, signature: post.signature, body: post.body };
    const wrong = [
      readProof(`${post.network}x`, claim),
      readProof(post.network, { ...claim, body: `${post.body} ` }),
      readProof(post.network, { ...claim, signature: other.signature }),
      readProof(post.network, { ...claim, providerId: 'provider-1' }),
      readProof(post.network, { ...claim, providerId: '' }),
      readProof(post.network, { ...claim, signature: '' }),
    ];
    for (const result of wrong) assert.equal(refused(result).code, 'AUTH_001');
  });

  it('holds for no withdrawal', () => {
    for (const { network, method, provider_id, signature, body } of signatures.valid) {
      if (method === 'POST') continue;
      const claim = { providerId: provider_id, signature, body: body || '{}' };
      assert.equal(readProof(network, claim).ok, false);
    }
  });

  it('is of no body longer than a hub takes', () => {
    const [post] = posts;
    assert.ok(post);
    const body = post.body.padEnd(LIMITS.bodyBytesMax + 1, ' ');
    const claim = { providerId: post.provider_id, signature: post.signature, body };
    assert.equal(refused(readProof(post.network, claim)).code, 'ADV_001');
  });

  it('is read by the narrow entry as by the whole one', () => {
    assert.equal(narrow.readProof, readProof);
  });
});
