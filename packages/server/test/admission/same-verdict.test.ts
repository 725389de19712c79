import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recoverAddress, hashMessage } from 'ethers';
import * as fc from 'fast-check';
import { formatSignatureHeader, parseSignatureHeader } from 'golem-vm-discovery-protocol';
import { createVerify } from '#src/admission/implementation.js';
import type { Verification } from '#src/admission/verification.js';
import { createEd25519Stranger, createEthersStranger } from '../end-to-end/strangers.js';
import { NOW_MS, providerIdOf } from './desk.js';

const native = createVerify('native');
const portable = createVerify('portable');

/** The verdict of both, which must be one; `undefined` where it does not even parse. */
function verdictOn(id: string, v1: string, signedText: string): boolean | undefined {
  const scheme = id.startsWith('did:') ? 'ed25519' : 'ethereum';
  const signature = parseSignatureHeader(formatSignatureHeader(NOW_MS, v1), scheme);
  if (!signature.ok) return undefined;
  const verification: Verification = {
    providerId: providerIdOf(id),
    signature: signature.value,
    signedText,
    keyAccepted: false,
  };
  const verdict = portable(verification);
  assert.equal(native(verification), verdict, `native and portable disagree on ${v1} of ${id}`);
  return verdict;
}

const texts = fc.string({ unit: 'grapheme', maxLength: 300 });
const hexDigits = fc.stringMatching(/^[0-9a-f]{64}$/);

describe('native and portable verification', () => {
  it('agree on every random Ethereum signature, and on whom it speaks for', () => {
    let recovered = 0;
    fc.assert(
      fc.property(hexDigits, hexDigits, fc.constantFrom('1b', '1c'), texts, (r, s, v, text) => {
        const v1 = `0x${r}0${s.slice(1)}${v}`;
        const somebody = addressOf(v1, text);
        if (somebody === undefined) return;
        recovered += 1;
        assert.equal(verdictOn(somebody, v1, text), true);
        assert.equal(verdictOn(`0x${'11'.repeat(20)}`, v1, text), false);
      }),
      { numRuns: 60 },
    );
    assert.ok(recovered > 5, 'about half of them speak for somebody');
  });

  it('agree that no r that is on no curve point speaks for anybody', () => {
    const v1 = `0x${'0'.repeat(63)}5${'0'.repeat(63)}11b`;
    assert.equal(addressOf(v1, ''), undefined, 'there is no point with x = 5');
    assert.equal(verdictOn(`0x${'11'.repeat(20)}`, v1, ''), false);
  });

  for (const createStranger of [createEthersStranger, createEd25519Stranger]) {
    const stranger = createStranger();

    it(`agree on real signatures of ${stranger.id.slice(0, 3)}…, and on real ones for other texts`, async () => {
      const pairs = fc.asyncProperty(texts, texts, async (text, other) => {
        const v1 = await stranger.sign(text);
        assert.equal(verdictOn(stranger.canonicalId, v1, text), true);
        assert.equal(verdictOn(stranger.canonicalId, v1, other), text === other);
      });
      await fc.assert(pairs, { numRuns: 20 });
    });
  }

  it('agree on Ed25519 signatures with any bit flipped', async () => {
    const stranger = createEd25519Stranger();
    const signature = Buffer.from(await stranger.sign('text'), 'base64url');
    fc.assert(
      fc.property(fc.nat(511), (bit) => {
        const flipped = Buffer.from(signature);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        assert.equal(verdictOn(stranger.id, flipped.toString('base64url'), 'text'), false);
      }),
      { numRuns: 60 },
    );
  });
});

function addressOf(signature: string, text: string): string | undefined {
  try {
    return recoverAddress(hashMessage(text), signature).toLowerCase();
  } catch {
    return undefined;
  }
}

/** Signatures that were made with curve arithmetic, to be accepted by one implementation and refused by another. All over this text. */
const CRAFTED_TEXT = 'golem-discovery-v1\nmainnet\nPOST';
const ZERO_S = 'A'.repeat(43);
const CRAFTED = {
  'the identity as key, for which OpenSSL accepts any message': [
    'did:key:z6MkeXATEjyXENzBXBxgC5EHk2JE5aqd7qMGGtDpLUH1e2Sj',
    `AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA${ZERO_S}A`,
  ],
  'the identity in another encoding': [
    'did:key:z6MkvYDV6cfbwNp6jpaZGAcYpZgdfuK59wb3FKdA8t7sBVka',
    `AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA${ZERO_S}A`,
  ],
  'a key of order two': [
    'did:key:z6MksrRtMyx4CiuAvgkmwsiPXKj7ULY8yG49hjvu11gGFbhb',
    `7P_______________________________________38${ZERO_S}`,
  ],
  'a key of order eight': [
    'did:key:z6Mkh59EgPEuBMugWwYWVMbZFQmHm8V1tcgLejJJTx6d8KB2',
    `7P_______________________________________38${ZERO_S}`,
  ],
  'a key of mixed order, which OpenSSL accepts': [
    'did:key:z6Mkg5QKd6LpoAeoaGyNkWjWdHLXdp5JNKaTPr9zLsRfc815',
    '7_6R6PAxFZbGaZo0_ocPOd8zGMp7YB8jf1hWITYwYUCM0Wy-stOrfnoQhC4ip4pREi_08sSPJpbaIMnAuIZXAg',
  ],
  'a key of mixed order, which only verifiers with a cofactor accept': [
    'did:key:z6Mkg5QKd6LpoAeoaGyNkWjWdHLXdp5JNKaTPr9zLsRfc815',
    'yIgvsweadNpoeEo1YEMdLcO1i-VAF2yxPrI37pYg6W5c0ABFUhOKZ9wloKmtHbfgoUIIV-wkGRcgNVLkqY-UCg',
  ],
  'an R of mixed order, which only verifiers with a cofactor accept': [
    'did:key:z6MktPowLRRMR6hdWNsPSeFhp4qGx827u7KXUKEtRc9V84bw',
    'QKTPXGEdc3ovHG_MqE2cq_7YCYfxhqWmxX5im_8a8n_CcLp8Gelay51LROZ6tic-KbbEFe-bdoFjFQtEEoqCAg',
  ],
  's + L, the same signature once more': [
    'did:key:z6MktPowLRRMR6hdWNsPSeFhp4qGx827u7KXUKEtRc9V84bw',
    '709i-EeXM62HnPrO08ianDndT8eV7y76HD6v5NcpoIFu-eGPtA5VrkIFheHIyY9YA8wmHiFU9KTIw-lbIBEdHA',
  ],
} as const;

describe('a crafted Ed25519 signature', () => {
  for (const [what, [id, v1]] of Object.entries(CRAFTED)) {
    it(`is refused by both implementations: ${what}`, () => {
      assert.equal(verdictOn(id, v1, CRAFTED_TEXT), false);
      assert.equal(verdictOn(id, v1, CRAFTED_TEXT), false, 'a second time, from the cache');
    });
  }

  it('is refused because it was crafted: the honest one of the same key verifies', () => {
    const id = 'did:key:z6MktPowLRRMR6hdWNsPSeFhp4qGx827u7KXUKEtRc9V84bw';
    const v1 =
      '709i-EeXM62HnPrO08ianDndT8eV7y76HD6v5NcpoIGBJewymqtCVmxojT7qz7BDA8wmHiFU9KTIw-lbIBEdDA';
    assert.equal(verdictOn(id, v1, CRAFTED_TEXT), true);
  });
});
