import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { verifyAdvertisement } from '#src/verification/verify-advertisement.js';
import { createNumberedSigner } from '../listed-providers.js';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\uD800', '{}', 'null'));
const id = fc.oneof(
  text,
  fc.nat(3).map((number) => createNumberedSigner(number).providerId),
);
const signature = fc.oneof(
  text,
  fc.stringMatching(/^t=1790000000\d{3},v1=0x[0-9a-f]{128}1[bc]$/),
  fc.stringMatching(/^t=1790000000\d{3},v1=[A-Za-z0-9_-]{85}[AQgw]$/),
);
const amount = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const body = fc.oneof(
  text,
  fc.json(),
  fc.constant('{"ip_address":"::1","country":"SE","resources":{"cpu":1,"memory":1,"storage":1}}'),
);

describe('whatever a hub may answer', () => {
  it('is rejected without an exception, unless a key has signed it', () => {
    const answer = fc.record({
      provider_id: id,
      ip_address: fc.constant('::1'),
      country: fc.constant('SE'),
      resources: fc.record({ cpu: amount, memory: amount, storage: amount }),
      created_at: fc.constant('2026-09-21T14:13:20.000Z'),
      updated_at: fc.constant('2026-09-21T14:13:20.000Z'),
      expires_at: fc.constant('2026-09-21T14:18:20.000Z'),
      verified: fc.boolean(),
      proof: fc.record({ signature, body }),
    });
    const expected = { network: 'mainnet', maxAgeMs: 1e9, nowMs: 1_790_000_000_000, asked: {} };
    fc.assert(
      fc.property(answer, (answered) => {
        const verdict = verifyAdvertisement(answered, expected);
        assert.ok(!verdict.ok && verdict.rejection.reason.length > 0);
        assert.match(verdict.rejection.reason, /^[ -~…]+$/u);
      }),
      { numRuns: 500 },
    );
  });
});
