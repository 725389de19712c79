/** Ed25519 private keys as JSON Web Keys (RFC 8037). */
import { decodeBase64 } from './base64.js';
import { UnusableSignerError } from './unusable-signer-error.js';

/** A private Ed25519 key; `x` is not needed, the public key follows from `d`. */
export interface Ed25519Jwk {
  readonly kty?: string;
  readonly crv?: string;
  /** The seed of 32 bytes, as unpadded base64url. */
  readonly d?: string;
}

/** Whether this has the look of a JSON Web Key. */
export function isJwk(given: object): given is Ed25519Jwk {
  return 'kty' in given;
}

/** The seed of 32 bytes. Throws `UnusableSignerError` for another kind of key, or a public one. */
export function seedFromJwk({ kty, crv, d }: Ed25519Jwk): Uint8Array {
  if (kty !== 'OKP' || crv !== 'Ed25519') {
    throw new UnusableSignerError(
      `the JWK is of kind ${kty} ${crv ?? ''}: kty OKP with crv Ed25519 is needed`,
    );
  }
  const seed = decodeBase64(d ?? '');
  if (d === undefined || seed === undefined) {
    throw new UnusableSignerError(
      'the JWK has no private part: that is its member d, in base64url',
    );
  }
  return seed;
}
