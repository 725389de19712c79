/**
 * Whether a signature speaks for a text, in pure JavaScript, so that anyone can check a proof.
 * Invariant: the verdict is the one of OpenSSL (Ed25519, over keys of prime order) and of
 * libsecp256k1 (recovery, low s) on every input; a hub that verifies natively and a client that
 * verifies here never disagree. Cost: one to a few milliseconds.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { ethereumAddress } from './ethereum-address.js';
import { ed25519PublicKey, isPrimeOrderKey, type ProviderId } from './provider-id.js';
import type { ParsedSignature } from './signature-header.js';

/** Whether this signature of this provider speaks for this text. Never throws for what a parser accepted. */
export function verifySignature(
  providerId: ProviderId,
  signature: ParsedSignature,
  signedText: string,
): boolean {
  return signature.scheme === 'ethereum'
    ? recoverAddress(signature.rs, signature.recovery, signedText) === providerId
    : providerId.startsWith('did:') && verifyEd25519(providerId, signature.bytes, signedText);
}

/** The hash that `personal_sign` signs (EIP-191, version 45): of a prefix, the length in bytes, the text. */
export function ethereumMessageHash(signedText: string): Uint8Array {
  const message = utf8ToBytes(signedText);
  return keccak_256(
    concatBytes(utf8ToBytes(`\u0019Ethereum Signed Message:\n${message.length}`), message),
  );
}

/** The address whose key made the signature; `undefined` where no key can have. About half of all random strings recover to some address. */
function recoverAddress(rs: Uint8Array, recovery: 0 | 1, signedText: string): string | undefined {
  try {
    const signature = secp256k1.Signature.fromBytes(rs, 'compact').addRecoveryBit(recovery);
    if (signature.hasHighS()) return undefined;
    const point = signature.recoverPublicKey(ethereumMessageHash(signedText));
    return ethereumAddress(point.toBytes(false));
  } catch {
    return undefined;
  }
}

/**
 * RFC 8032 without the cofactor, as OpenSSL does it: s < L, and the encoding of sB - kA is R, byte
 * for byte. The library's own `verify` multiplies by the cofactor and accepts more.
 */
function verifyEd25519(providerId: ProviderId, signature: Uint8Array, signedText: string): boolean {
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  const order = ed25519.Point.Fn.ORDER;
  if (s >= order || !isPrimeOrderKey(providerId)) return false;
  const key = ed25519PublicKey(providerId);
  const k = littleEndian(sha512(concatBytes(r, key, utf8ToBytes(signedText)))) % order;
  const expected = ed25519.Point.BASE.multiplyUnsafe(s).subtract(
    ed25519.Point.fromBytes(key).multiplyUnsafe(k),
  );
  return expected.toBytes().every((byte, at) => byte === r[at]);
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}
