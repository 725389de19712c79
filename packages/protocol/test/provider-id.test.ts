import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { base58 } from '@scure/base';
import * as fc from 'fast-check';
import { getAddress } from 'viem';
import { ed25519PublicKey, parseProviderId } from 'golem-vm-discovery-protocol';
import { accepted, refused } from './expecting.js';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

describe('parseProviderId', () => {
  it('reads a did:key exactly when decoding it gives the multicodec and 32 bytes', () => {
    const tail = fc.string({
      unit: fc.constantFrom(...BASE58.split('')),
      minLength: 44,
      maxLength: 44,
    });
    fc.assert(
      fc.property(fc.constantFrom('6Mk', '6Mj', '6Mm'), tail, (head, rest) => {
        const decoded = base58.decode(head + rest);
        const isKey = decoded.length === 34 && decoded[0] === 0xed && decoded[1] === 0x01;
        const parsed = parseProviderId(`did:key:z${head}${rest}`);
        assert.equal(parsed.ok, isKey);
        if (parsed.ok) assert.deepEqual(ed25519PublicKey(parsed.value.id), decoded.subarray(2));
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads back every key that can be written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        const text = `did:key:z${base58.encode(Uint8Array.of(0xed, 0x01, ...key))}`;
        assert.deepEqual(ed25519PublicKey(accepted(parseProviderId(text)).id), key);
      }),
    );
  });

  it('takes the EIP-55 checksum that viem computes, and no other mix of cases', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...'0123456789abcdef'.split('')),
      minLength: 40,
      maxLength: 40,
    });
    fc.assert(
      fc.property(digits, fc.integer({ min: 2, max: 41 }), (hex, at) => {
        const checked = getAddress(`0x${hex}`);
        assert.equal(accepted(parseProviderId(checked)).id, `0x${hex}`);
        const letter = checked.charAt(at);
        const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
        const changed = checked.slice(0, at) + other + checked.slice(at + 1);
        const readable = changed === checked || changed === changed.toLowerCase();
        assert.equal(parseProviderId(changed).ok, readable);
      }),
    );
  });

  it('is canonical: what it gives it reads as the same', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const first = parseProviderId(text);
        if (first.ok) assert.deepEqual(accepted(parseProviderId(first.value.id)), first.value);
      }),
    );
  });

  it('says what to use instead, and repeats little of what was sent', () => {
    const { message } = refused(parseProviderId(`\u001b[31m${'x'.repeat(10_000)}`));
    assert.match(message, /did:key:z6Mk… .*provider_name|provider_name/);
    assert.ok(message.length < 350);
    assert.ok(!message.includes('\u001b'));
  });
});
