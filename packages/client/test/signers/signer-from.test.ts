import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ethereumProviderId } from 'golem-vm-discovery-protocol/signing';
import { privateKeyToAccount } from 'viem/accounts';
import { signerFrom, UnusableSignerError, type SignerSource } from '#src/index.js';
import { normaliseEthereumSignature } from '#src/signers/ethereum-signature.js';
import { isSignedBy } from '#src/signers/is-signed-by.js';

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const account = privateKeyToAccount(`0x${'7e'.repeat(32)}`);
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** The same signature, with the other s and the other v. */
function highS(signature: string): string {
  const s = (ORDER - BigInt(`0x${signature.slice(66, 130)}`)).toString(16).padStart(64, '0');
  return signature.slice(0, 66) + s + (signature.endsWith('1b') ? '1c' : '1b');
}

function withSmallV(signature: string): string {
  return signature.slice(0, 130) + (signature.endsWith('1b') ? '00' : '01');
}

const SPELLINGS: Readonly<Record<string, (signature: string) => string>> = {
  'as it is': (signature) => signature,
  'in upper case': (signature) => signature.toUpperCase().replace('0X', '0x'),
  'without 0x': (signature) => signature.slice(2),
  'with v of 0 or 1': withSmallV,
  'with a high s': highS,
  'with a high s and v of 0 or 1': (signature) => withSmallV(highS(signature)),
};

describe('a signature of a wallet', () => {
  for (const [how, spell] of Object.entries(SPELLINGS)) {
    it(`comes out in the one spelling of the wire when it comes in ${how}`, async () => {
      for (const message of ['', 'a', 'golem-discovery-v1\nmainnet', 'räksmörgås 🦐', 'e', 'f']) {
        const right = await account.signMessage({ message });
        assert.equal(normaliseEthereumSignature(spell(right)), right);
        assert.ok(isSignedBy(ethereumProviderId(account.address), message, right));
      }
    });
  }

  it('is refused when it is anything else, and never throws another error', () => {
    const hostile = fc.oneof(
      fc.anything(),
      fc.string({ unit: fc.constantFrom('0', '1', 'b', 'c', 'f', 'x'), maxLength: 140 }),
    );
    fc.assert(
      fc.property(hostile, (given) => {
        assert.throws(() => normaliseEthereumSignature(given), UnusableSignerError);
      }),
    );
  });
});

describe('a wallet', () => {
  const wallet = (signMessage: (text: string) => Promise<string>) => ({
    address: account.address,
    signMessage,
  });

  it('is caught when it signs with another account', async () => {
    const other = privateKeyToAccount(`0x${'11'.repeat(32)}`);
    const signer = await signerFrom(wallet((message) => other.signMessage({ message })));
    await assert.rejects(signer.sign('text'), /not as 0x[0-9a-f]{40}: choose that account/);
  });

  it('is caught when it signs another text', async () => {
    const signer = await signerFrom(wallet(() => account.signMessage({ message: 'other' })));
    await assert.rejects(signer.sign('text'), UnusableSignerError);
  });

  it('is caught when it returns what no hub could take', async () => {
    for (const given of [
      '',
      '0x',
      `0x${'ff'.repeat(65)}`,
      `0x${'00'.repeat(64)}1b`,
      `0x${'ff'.repeat(64)}1b`,
      '0x1234',
    ]) {
      const signer = await signerFrom(wallet(async () => given));
      await assert.rejects(signer.sign('text'), UnusableSignerError, given);
    }
  });

  it('has its own error passed on when its owner refuses', async () => {
    const refusal = new Error('User rejected the request.');
    const signer = await signerFrom(wallet(() => Promise.reject(refusal)));
    await assert.rejects(signer.sign('text'), refusal);
    await assert.rejects(signerFrom({ request: () => Promise.reject(refusal) }), refusal);
  });

  it('is refused at once where it has no address', async () => {
    await assert.rejects(signerFrom({ request: async () => [] }), UnusableSignerError);
    await assert.rejects(
      signerFrom({ address: 'provider-1', signMessage: async () => '' }),
      UnusableSignerError,
    );
  });
});

describe('an Ed25519 key', () => {
  it('is the same provider in every form', async () => {
    const { d = '' } = privateKey.export({ format: 'jwk' });
    const forms: SignerSource[] = [
      privateKey,
      privateKey.export({ format: 'jwk' }),
      privateKey.export({ format: 'pem', type: 'pkcs8' }),
      new Uint8Array(Buffer.from(d, 'base64url')),
    ];
    const ids = await Promise.all(forms.map(async (form) => (await signerFrom(form)).providerId));
    assert.equal(new Set(ids).size, 1);
    assert.match(ids[0] ?? '', /^did:key:z6Mk/);
  });

  it('is read from PEM that carries its public key too (RFC 8410, section 10.3)', async () => {
    const seed = 'd4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842';
    const der = `3051020101300506032b657004220420${seed}81210019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1`;
    const pem = `-----BEGIN PRIVATE KEY-----\r\n${Buffer.from(der, 'hex').toString('base64')}\r\n-----END PRIVATE KEY-----`;
    const [read, expected] = [
      await signerFrom(pem),
      await signerFrom(new Uint8Array(Buffer.from(seed, 'hex'))),
    ];
    assert.equal(read.providerId, expected.providerId);
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const sealed = { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' } as const;

  for (const [what, source, advice] of [
    ['a public KeyObject', publicKey, /private Ed25519 key is needed.*public/],
    ['a KeyObject of another kind', rsa, /rsa/],
    ['a public JWK', publicKey.export({ format: 'jwk' }), /no private part/],
    ['a JWK of another kind', p256.export({ format: 'jwk' }), /EC P-256/],
    ['a PEM of another kind', p256.export({ format: 'pem', type: 'pkcs8' }), /not an Ed25519 key/],
    [
      'a public PEM',
      createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }),
      /PUBLIC KEY/,
    ],
    ['an encrypted PEM', privateKey.export(sealed), /encrypted: decrypt it/],
    ['text that is no PEM', 'my secret', /no PEM key/],
    ['a private key in hex', `0x${'5e'.repeat(32)}`, /privateKeyToAccount of viem/],
    ['63 bytes', new Uint8Array(63), /has 32 bytes, this has 63/],
    [
      'a seed of 31 bytes in a JWK',
      { kty: 'OKP', crv: 'Ed25519', d: 'A'.repeat(41) + 'A' },
      /32 bytes/,
    ],
  ] as const) {
    it(`is not taken from ${what}, and the message says why`, async () => {
      await assert.rejects(signerFrom(source), (error) => {
        assert.ok(error instanceof UnusableSignerError);
        assert.match(error.message, advice);
        assert.doesNotMatch(error.message, /my secret|5e5e/);
        return true;
      });
    });
  }

  it('is not taken from what JavaScript lets through', async () => {
    for (const given of [undefined, null, 7, {}, [], () => '']) {
      // @ts-expect-error -- JavaScript does not look at types
      await assert.rejects(signerFrom(given), UnusableSignerError);
    }
  });

  it('of WebCrypto alone is refused where its public key can’t be known', async () => {
    const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    assert.ok('privateKey' in pair);
    await assert.rejects(signerFrom(pair.privateKey), /pass the whole key pair/);
    await assert.rejects(signerFrom(pair.publicKey), /this is a public key of Ed25519/);
    await assert.rejects(
      signerFrom({ privateKey: pair.publicKey, publicKey: pair.publicKey }),
      /public key/,
    );
  });
});
