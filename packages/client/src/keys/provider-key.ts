/** A private key of a provider, of either kind. */
import { randomBytes } from 'node:crypto';
import {
  createEd25519Signer,
  createEthereumSigner,
  type ProviderId,
  type Signer,
} from 'golem-vm-discovery-protocol/signing';

/** Which kind of key: Ed25519 is a `did:key`, Ethereum an address. */
export type KeyScheme = 'ed25519' | 'ethereum';

/** A private key. It is a `Signer`, so an advertiser takes it as it is. */
export interface ProviderKey extends Signer {
  readonly scheme: KeyScheme;
  /** The 32 bytes that must stay secret. */
  readonly secret: Uint8Array;
}

export const SECRET_BYTES = 32;

/** Makes a new key from the randomness of the operating system. Ed25519 unless told otherwise. */
export function generateKey(scheme: KeyScheme = 'ed25519'): ProviderKey {
  return providerKey(scheme, randomBytes(SECRET_BYTES));
}

/**
 * Makes a key of its 32 secret bytes: an Ed25519 seed, or a secp256k1 private key. Throws for
 * other lengths, and for the few numbers that are no secp256k1 key.
 */
export function providerKey(scheme: KeyScheme, secret: Uint8Array): ProviderKey {
  const signer = scheme === 'ed25519' ? createEd25519Signer(secret) : createEthereumSigner(secret);
  const { providerId }: { providerId: ProviderId } = signer;
  const key = { scheme, providerId, sign: (text: string) => signer.sign(text) };
  // Not enumerable: whoever logs a key must not log its secret.
  return Object.defineProperty({ ...key, secret: Uint8Array.from(secret) }, 'secret', {
    enumerable: false,
  });
}
