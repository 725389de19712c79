import assert from 'node:assert/strict';
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import { Wallet, verifyMessage } from 'ethers';
import * as fc from 'fast-check';
import { bytesToHex, hashMessage, recoverMessageAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import {
  createEd25519Signer,
  createEthereumSigner,
  ed25519PublicKey,
  ethereumMessageHash,
  formatSignatureHeader,
  isPrimeOrderKey,
  parseProviderId,
  parseSignatureHeader,
  verifySignature,
  type ProviderId,
} from 'golem-vm-discovery-protocol';
import { accepted, utf8 } from './expecting.js';
import { moreSignatures } from './vectors.js';

const T = 1_790_000_000_123;
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
/** Any number below the order of secp256k1, other than 0, is a private key. */
const privateKeys = bytes32.map((bytes) => Uint8Array.of(1, ...bytes.subarray(1)));

function verifies(providerId: ProviderId, v1: string, text: string): boolean {
  const scheme = providerId.startsWith('did:') ? 'ed25519' : 'ethereum';
  const signature = parseSignatureHeader(formatSignatureHeader(T, v1), scheme);
  return signature.ok && verifySignature(providerId, signature.value, text);
}

function opensslKey(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

describe('Ethereum signatures', () => {
  it('of a viem account verify', async () => {
    await fc.assert(
      fc.asyncProperty(privateKeys, fc.string({ unit: 'binary' }), async (key, text) => {
        const account = privateKeyToAccount(bytesToHex(key));
        const { id } = accepted(parseProviderId(account.address));
        assert.ok(verifies(id, await account.signMessage({ message: text }), text));
      }),
      { numRuns: 20 },
    );
  });

  it('of an ethers wallet verify', async () => {
    await fc.assert(
      fc.asyncProperty(privateKeys, fc.string({ unit: 'grapheme' }), async (key, text) => {
        const wallet = new Wallet(bytesToHex(key));
        const { id } = accepted(parseProviderId(wallet.address));
        assert.ok(verifies(id, await wallet.signMessage(text), text));
      }),
      { numRuns: 10 },
    );
  });

  it('of our signer are what viem and ethers recover', async () => {
    await fc.assert(
      fc.asyncProperty(privateKeys, fc.string({ unit: 'grapheme' }), async (key, message) => {
        const signer = createEthereumSigner(key);
        const v1 = await signer.sign(message);
        const signature: `0x${string}` = `0x${v1.slice(2)}`;
        const byViem = await recoverMessageAddress({ message, signature });
        assert.equal(byViem.toLowerCase(), signer.providerId);
        assert.equal(verifyMessage(message, v1).toLowerCase(), signer.providerId);
      }),
      { numRuns: 10 },
    );
  });

  it('are made over the hash that wallets sign, counted in bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        assert.equal(bytesToHex(ethereumMessageHash(text)), hashMessage(text));
      }),
    );
  });

  it('do not verify after any change of a digit', async () => {
    const signer = createEthereumSigner(new Uint8Array(32).fill(7));
    const v1 = await signer.sign('text');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 131 }),
        fc.integer({ min: 1, max: 15 }),
        async (at, by) => {
          const digit = ((parseInt(v1.charAt(at), 16) + by) % 16).toString(16);
          const changed = v1.slice(0, at) + digit + v1.slice(at + 1);
          assert.equal(verifies(signer.providerId, changed, 'text'), false);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('Ed25519 signatures', () => {
  it('of our signer are what OpenSSL makes and verifies', async () => {
    await fc.assert(
      fc.asyncProperty(bytes32, fc.string({ unit: 'binary' }), async (seed, text) => {
        const signer = createEd25519Signer(seed);
        const v1 = await signer.sign(text);
        const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
        const byOpenssl = sign(null, utf8(text), { key: der, format: 'der', type: 'pkcs8' });
        assert.equal(v1, byOpenssl.toString('base64url'));
        assert.ok(verifies(signer.providerId, v1, text));
      }),
      { numRuns: 20 },
    );
  });

  it('get the verdict of OpenSSL after any mutation', async () => {
    const signer = createEd25519Signer(new Uint8Array(32).fill(9));
    const key = opensslKey(ed25519PublicKey(signer.providerId));
    const original = Buffer.from(await signer.sign('text'), 'base64url');
    const mutation = fc.record({
      at: fc.integer({ min: 0, max: 63 }),
      bit: fc.integer({ min: 0, max: 7 }),
      text: fc.constantFrom('text', 'other text'),
      times: fc.integer({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(mutation, ({ at, bit, text, times }) => {
        const bytes = Buffer.from(original);
        bytes.writeUInt8(bytes.readUInt8(at) ^ (times << bit), at);
        const expected = verify(null, utf8(text), key, bytes);
        assert.equal(verifies(signer.providerId, bytes.toString('base64url'), text), expected);
      }),
      { numRuns: 60 },
    );
  });

  it('that OpenSSL accepts verify, unless the key is not of prime order', () => {
    const vectors = [...moreSignatures.valid, ...moreSignatures.invalid].filter(
      ({ provider_id, signature }) =>
        provider_id.startsWith('did:') && /^t=\d{13},v1=[\w-]{86}$/.test(signature),
    );
    const acceptedByOpensslAlone = vectors.filter((vector) => {
      const { id } = accepted(parseProviderId(vector.provider_id));
      const v1 = vector.signature.slice(-86);
      const bytes = Buffer.from(v1, 'base64url');
      if (bytes.toString('base64url') !== v1) return false;
      const byOpenssl = verify(
        null,
        utf8(vector.signed_text),
        opensslKey(ed25519PublicKey(id)),
        bytes,
      );
      const expected = byOpenssl && isPrimeOrderKey(id);
      assert.equal(verifies(id, v1, vector.signed_text), expected, vector.name);
      return byOpenssl && !expected;
    });
    assert.ok(acceptedByOpensslAlone.length >= 8, 'the forged vectors fool OpenSSL');
  });

  it('of one scheme never speak for an id of the other', async () => {
    const ethereum = createEthereumSigner(new Uint8Array(32).fill(7));
    const ed25519 = createEd25519Signer(new Uint8Array(32).fill(7));
    const header = formatSignatureHeader(T, await ed25519.sign('text'));
    const signature = accepted(parseSignatureHeader(header, 'ed25519'));
    assert.equal(verifySignature(ethereum.providerId, signature, 'text'), false);
    assert.ok(verifySignature(ed25519.providerId, signature, 'text'));
  });
});

describe('a prime-order key', () => {
  it('is what a seed gives', () => {
    fc.assert(
      fc.property(bytes32, (seed) => isPrimeOrderKey(createEd25519Signer(seed).providerId)),
      { numRuns: 10 },
    );
  });

  it('is not a key of small or mixed order, nor one that is no point', () => {
    const forged = moreSignatures.invalid.filter(({ name }) => name.startsWith('ed25519_key_'));
    assert.ok(forged.length >= 15);
    for (const { name, provider_id } of forged) {
      assert.equal(isPrimeOrderKey(accepted(parseProviderId(provider_id)).id), false, name);
    }
  });

  it('cannot be asked of an id that is no did:key', () => {
    const { id } = accepted(parseProviderId('provider-1'));
    assert.throws(() => ed25519PublicKey(id), RangeError);
    assert.throws(() => isPrimeOrderKey(id), RangeError);
  });
});
