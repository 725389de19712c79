import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  accept,
  checkSignatureTime,
  composeSignedText,
  parseAdvertisementBody,
  parseFindQuery,
  parseProviderId,
  parseSignatureHeader,
  problem,
  refuse,
  sha256Hex,
  verifySignature,
  type Result,
} from 'golem-vm-discovery-protocol';
import { accepted, refused, utf8 } from './expecting.js';
import {
  bodies,
  moreSignatures,
  providerIds,
  queries,
  signatures,
  type SignatureVector,
} from './vectors.js';

/** What a hub does with a signed request, cheapest first. */
function admit(vector: SignatureVector, nowMs: number): Result<{ readonly signedText: string }> {
  const parsed = parseProviderId(vector.provider_id);
  if (!parsed.ok) return parsed;
  const { scheme, id: providerId } = parsed.value;
  if (scheme === 'unsigned') return refuse(problem('AUTH_001', 'a label has no key'));
  const signature = parseSignatureHeader(vector.signature, scheme);
  if (!signature.ok) return signature;
  const { t } = signature.value;
  const inTime = checkSignatureTime(t, nowMs);
  if (!inTime.ok) return inTime;
  const { network, method, path } = vector;
  const bodySha256Hex = sha256Hex(utf8(vector.body));
  const signedText = composeSignedText({ network, method, path, providerId, t, bodySha256Hex });
  if (verifySignature(providerId, signature.value, signedText)) return accept({ signedText });
  return refuse(problem('AUTH_001', 'the signature does not verify'));
}

describe('signature vectors', () => {
  for (const file of [signatures, moreSignatures]) {
    for (const vector of file.valid) {
      it(`verifies ${vector.name}`, () => {
        const { signedText } = accepted(admit(vector, file.now_ms));
        assert.equal(signedText, vector.signed_text);
      });
    }
    for (const vector of file.invalid) {
      it(`refuses ${vector.name}`, () => {
        const expected = vector.name.endsWith('_the_window') ? 'AUTH_002' : 'AUTH_001';
        assert.equal(refused(admit(vector, file.now_ms)).code, expected);
        assert.equal(vector.problem ?? expected, expected);
      });
    }
  }
});

describe('provider id vectors', () => {
  for (const { name, provider_id, scheme, canonical } of providerIds.valid) {
    it(`reads ${name}`, () => {
      assert.deepEqual(accepted(parseProviderId(provider_id)), { scheme, id: canonical });
    });
  }
  for (const { name, provider_id } of providerIds.invalid) {
    it(`refuses ${name}`, () => {
      assert.equal(refused(parseProviderId(provider_id)).code, 'AUTH_001');
    });
  }
});

describe('body vectors', () => {
  for (const { name, body, advertisement } of bodies.valid) {
    it(`reads ${name}`, () => {
      const parsed = accepted(parseAdvertisementBody(utf8(body)));
      assert.equal(JSON.stringify(parsed.advertisement), JSON.stringify(advertisement));
      assert.equal(parsed.text, body);
    });
  }
  for (const vector of bodies.invalid) {
    it(`refuses ${vector.name}`, () => {
      const bytes = vector.body === undefined ? base64(vector.body_base64) : utf8(vector.body);
      const { code, details } = refused(parseAdvertisementBody(bytes));
      assert.equal(code, vector.problem);
      assert.deepEqual(
        details?.map(({ field }) => field),
        vector.fields,
      );
    });
  }
});

function base64(text = ''): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

describe('query vectors', () => {
  for (const { name, query, parsed } of queries.valid) {
    it(`reads ${name}`, () => {
      const found = accepted(parseFindQuery(query));
      assert.deepEqual(found, { after: undefined, ...parsed });
      assert.equal(JSON.stringify(found.requirements), JSON.stringify(parsed.requirements));
    });
  }
  for (const { name, query, parameters, suggests } of queries.invalid) {
    it(`refuses ${name}`, () => {
      const { code, message, details } = refused(parseFindQuery(query));
      assert.equal(code, 'ADV_002');
      assert.deepEqual(
        details?.map(({ field }) => field),
        parameters,
      );
      if (suggests !== undefined) assert.ok(message.includes(`did you mean ${suggests}?`), message);
    });
  }
});
