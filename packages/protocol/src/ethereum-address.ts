/** Ethereum addresses: from a public key, and their EIP-55 checksum. Cost: one keccak-256 each. */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * The address of an uncompressed public key (65 bytes, the first of them 04): `0x` and 40
 * lower-case hex digits. Throws for other lengths: that is a bug.
 */
export function ethereumAddress(publicKey65: Uint8Array): string {
  if (publicKey65.length !== 65) throw new RangeError('an uncompressed public key has 65 bytes');
  return `0x${bytesToHex(keccak_256(publicKey65.subarray(1)).subarray(12))}`;
}

/** Whether an address (`0x` and 40 hex digits) is written with its EIP-55 checksum. */
export function hasEip55Checksum(address: string): boolean {
  return address === withEip55Checksum(address.toLowerCase());
}

/** EIP-55: a letter is upper case where the hash of the lower-case digits has 8 or more. */
function withEip55Checksum(lowerCaseAddress: string): string {
  const digits = lowerCaseAddress.slice(2);
  const hash = bytesToHex(keccak_256(utf8ToBytes(digits)));
  const checked = Array.from(digits, (digit, at) =>
    hash.charAt(at) >= '8' ? digit.toUpperCase() : digit,
  );
  return `0x${checked.join('')}`;
}
