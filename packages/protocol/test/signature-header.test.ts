import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  checkSignatureTime,
  createEd25519Signer,
  createEthereumSigner,
  formatSignatureHeader,
  LIMITS,
  parseSignatureHeader,
  signRequest,
  ADVERTISEMENTS_PATH,
} from 'golem-vm-discovery-protocol';
import { accepted, refused, utf8 } from './expecting.js';

const NOW = 1_790_000_000_123;
const SIGNERS = [
  ['ethereum', createEthereumSigner(new Uint8Array(32).fill(3))],
  ['ed25519', createEd25519Signer(new Uint8Array(32).fill(3))],
] as const;

describe('parseSignatureHeader', () => {
  for (const [scheme, signer] of SIGNERS) {
    it(`has one spelling: no other text of an ${scheme} signature parses to the same`, async () => {
      const header = formatSignatureHeader(NOW, await signer.sign('text'));
      const { header: _, ...meaning } = accepted(parseSignatureHeader(header, scheme));
      const edit = fc.tuple(fc.nat(header.length), fc.nat(2), fc.string({ maxLength: 2 }));
      fc.assert(
        fc.property(edit, ([at, dropped, added]) => {
          const edited = header.slice(0, at) + added + header.slice(at + dropped);
          const parsed = parseSignatureHeader(edited, scheme);
          if (!parsed.ok || edited === header) return;
          const { header: __, ...other } = parsed.value;
          assert.notDeepEqual(other, meaning);
        }),
        { numRuns: 2_000 },
      );
    });
  }

  it('refuses a header over 256 characters before it looks at it', () => {
    const { code, message } = refused(parseSignatureHeader('t='.repeat(5_000), 'ethereum'));
    assert.equal(code, 'AUTH_001');
    assert.match(message, /longer than 256/);
  });

  it('repeats nothing of what was sent', () => {
    const { message } = refused(parseSignatureHeader('t=1790000000123,v1=<script>', 'ed25519'));
    assert.ok(!message.includes('script'));
  });
});

describe('checkSignatureTime', () => {
  it('takes both bounds of the window, and refuses one millisecond past either', () => {
    accepted(checkSignatureTime(NOW - LIMITS.signatureAgeMsMax, NOW));
    accepted(checkSignatureTime(NOW + LIMITS.signatureLeadMsMax, NOW));
    const old = refused(checkSignatureTime(NOW - LIMITS.signatureAgeMsMax - 1, NOW));
    assert.equal(old.code, 'AUTH_002');
    assert.match(old.message, /301 s old/);
    const ahead = refused(checkSignatureTime(NOW + LIMITS.signatureLeadMsMax + 1, NOW));
    assert.match(ahead.message, /61 s ahead/);
  });
});

describe('signRequest', () => {
  it('gives the two headers, and rejects when the signer does', async () => {
    const [, [, signer]] = SIGNERS;
    const request = {
      network: 'mainnet',
      method: 'POST',
      path: ADVERTISEMENTS_PATH,
      t: NOW,
    } as const;
    const headers = await signRequest(signer, { ...request, body: utf8('{}') });
    assert.deepEqual(Object.keys(headers), ['X-Provider-ID', 'X-Provider-Signature']);
    accepted(parseSignatureHeader(headers['X-Provider-Signature'], 'ed25519'));
    const locked = { ...signer, sign: () => Promise.reject(new Error('the wallet is locked')) };
    await assert.rejects(signRequest(locked, { ...request, body: utf8('{}') }), /locked/);
  });

  it('signs with a copy of the key', async () => {
    const seed = new Uint8Array(32).fill(5);
    const signer = createEd25519Signer(seed);
    const before = await signer.sign('text');
    seed.fill(0);
    assert.equal(await signer.sign('text'), before);
  });

  it('cannot be asked with what is no key', () => {
    assert.throws(() => createEthereumSigner(new Uint8Array(32)));
    assert.throws(() => createEthereumSigner(new Uint8Array(31).fill(1)));
    assert.throws(() => createEd25519Signer(new Uint8Array(31)));
  });
});
