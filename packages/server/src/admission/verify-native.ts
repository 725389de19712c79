/**
 * Verification by libsecp256k1 and OpenSSL.
 *
 * Invariant: the verdict is that of the protocol's own `verifySignature`, on every input that
 * a parser let through; the tests hold the two against each other. OpenSSL alone accepts more
 * (keys of small order, for which any message verifies), so the key itself is checked too.
 * Cost: about 65 µs, most of it the curve; a key never seen before costs a millisecond, and
 * only once its signature has verified, so that garbage cannot ask for it.
 */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { ProviderId } from 'golem-vm-discovery-protocol/verification';
import {
  ed25519PublicKey,
  ethereumAddress,
  ethereumMessageHash,
  isPrimeOrderKey,
} from 'golem-vm-discovery-protocol/verification';
import type { NativeRecovery } from './native-recovery.js';
import { RecentMap } from './recent-map.js';
import type { Verify } from './verification.js';

/** Ed25519 keys kept in each worker, about a kilobyte each. */
const KEYS_MAX = 10_000;

interface CachedKey {
  readonly key: KeyObject;
  primeOrder: boolean | undefined;
}

/** Makes the native verification of one thread. */
export function createNativeVerify(recovery: NativeRecovery): Verify {
  const keys = new RecentMap<ProviderId, CachedKey>(KEYS_MAX);
  return ({ providerId, signature, signedText, keyAccepted }) => {
    if (signature.scheme === 'ethereum') {
      const { rs, recovery: bit } = signature;
      return recoverAddress(recovery, rs, bit, signedText) === providerId;
    }
    const cached = keys.getOrMake(providerId, makeKey);
    if (!verify(null, Buffer.from(signedText), cached.key, signature.bytes)) return false;
    if (keyAccepted) return true;
    cached.primeOrder ??= isPrimeOrderKey(providerId);
    return cached.primeOrder;
  };
}

/** Half of all random signatures recover to some key, so it is the comparison that verifies. */
function recoverAddress(
  recovery: NativeRecovery,
  rs: Uint8Array,
  bit: 0 | 1,
  signedText: string,
): string | undefined {
  const hash = ethereumMessageHash(signedText);
  try {
    return ethereumAddress(recovery.ecdsaRecover(rs, bit, hash, false, new Uint8Array(65)));
  } catch {
    return undefined;
  }
}

/** By JWK: measured at 5 µs, where the same key as DER takes OpenSSL 67 µs. */
function makeKey(providerId: ProviderId): CachedKey {
  const x = Buffer.from(ed25519PublicKey(providerId)).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return { key, primeOrder: undefined };
}
