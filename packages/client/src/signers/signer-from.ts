/**
 * One way in for everything that can sign. Owns the table from what was given to how it signs.
 * Cost: a few property look-ups; a private key in JavaScript costs one multiplication.
 */
import { createEd25519Signer, type Signer } from 'golem-vm-discovery-protocol/signing';
import { isJwk, seedFromJwk, type Ed25519Jwk } from './jwk.js';
import {
  cryptoKeySigner,
  isCryptoKey,
  isKeyPair,
  isNodeKey,
  keyPairSigner,
  nodeKeySigner,
  type KeyPair,
  type NodeKey,
  type NodeKeyPair,
  type WebKey,
} from './key-objects.js';
import { seedFromPem } from './pem.js';
import { UnusableSignerError } from './unusable-signer-error.js';
import { isWallet, walletSigner, type Wallet } from './wallets.js';

/** Everything that `signerFrom` takes. */
export type SignerSource =
  | Signer
  | Wallet
  | KeyPair
  | NodeKeyPair
  | WebKey
  | NodeKey
  | Ed25519Jwk
  | Uint8Array
  | string;

/**
 * Makes a signer of whatever can sign, without changing it:
 * - a wallet: an account or wallet client of viem, a wallet or signer of ethers, a browser wallet
 *   (EIP-1193), or any object with an `address` and a `signMessage(text)`;
 * - an Ed25519 private key: PEM text (PKCS #8), JWK, the raw seed of 32 bytes, a `KeyObject` of
 *   `node:crypto`, an extractable `CryptoKey`, or a pair of either, of WebCrypto one whose private half
 *   can't be exported too;
 * - a `Signer`, which is returned as it is.
 *
 * Rejects with `UnusableSignerError` for anything else, with a message that says what to give
 * instead, and with the wallet's own error where a wallet refuses.
 */
export async function signerFrom(source: SignerSource): Promise<Signer> {
  if (typeof source === 'string') return createEd25519Signer(seedFromPem(source));
  if (source instanceof Uint8Array) return seedSigner(source);
  if (!isObject(source)) throw unusable();
  if ('sign' in source && 'providerId' in source) return source;
  if (isWallet(source)) return walletSigner(source);
  if (isKeyPair(source)) return keyPairSigner(source);
  if (isCryptoKey(source)) return cryptoKeySigner(source);
  if (isNodeKey(source)) return nodeKeySigner(source);
  if (isJwk(source)) return seedSigner(seedFromJwk(source));
  throw unusable();
}

/** JavaScript does not look at types, and a variable that was not set is easily passed. */
function isObject(source: unknown): boolean {
  return typeof source === 'object' && source !== null;
}

function unusable(): UnusableSignerError {
  return new UnusableSignerError(
    "this can't sign: give a wallet (an address and signMessage, or EIP-1193), or an Ed25519 key (PEM, JWK, 32 bytes, KeyObject, CryptoKey)",
  );
}

function seedSigner(seed: Uint8Array): Signer {
  if (seed.length === 32) return createEd25519Signer(seed);
  throw new UnusableSignerError(
    `an Ed25519 seed has 32 bytes, this has ${seed.length}: of a key of 64 bytes, give the first 32`,
  );
}
