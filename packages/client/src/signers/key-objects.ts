/**
 * Ed25519 keys of node:crypto and of WebCrypto, recognised by their shape: this file imports
 * neither, so that it runs where only one of the two is.
 * Invariant: a WebCrypto key that can't be exported is used where it is, and never exported.
 */
import {
  createEd25519Signer,
  didKeyProviderId,
  type Signer,
} from 'golem-vm-discovery-protocol/signing';
import { encodeBase64url } from './base64.js';
import { seedFromJwk } from './jwk.js';
import { UnusableSignerError } from './unusable-signer-error.js';

/** A private key of `node:crypto`. */
export interface NodeKey {
  readonly type: string;
  readonly asymmetricKeyType?: string | undefined;
  export(options: { format: 'jwk' }): object;
}

/** A `CryptoKey`, named so that the type is found without the library of the DOM, too. */
export type WebKey = Parameters<typeof crypto.subtle.exportKey>[1];

/** What `crypto.subtle.generateKey('Ed25519', …)` gives. */
export interface KeyPair {
  readonly privateKey: WebKey;
  readonly publicKey: WebKey;
}

/** Whether this is a key of `node:crypto`, of whatever kind. */
export function isNodeKey(given: object): given is NodeKey {
  return 'export' in given && typeof given.export === 'function';
}

/** Whether this is a key of WebCrypto, of whatever kind. */
export function isCryptoKey(given: object): given is WebKey {
  return 'algorithm' in given && 'usages' in given;
}

/** What `generateKeyPairSync('ed25519')` gives. */
export interface NodeKeyPair {
  readonly privateKey: NodeKey;
  readonly publicKey: NodeKey;
}

/** Whether this is a pair of keys, of `node:crypto` or of WebCrypto. */
export function isKeyPair(given: object): given is KeyPair | NodeKeyPair {
  return 'privateKey' in given && 'publicKey' in given;
}

/** Makes a signer of a private key of `node:crypto`. */
export function nodeKeySigner(key: NodeKey): Signer {
  if (key.type === 'private' && key.asymmetricKeyType === 'ed25519') {
    return createEd25519Signer(seedFromJwk(key.export({ format: 'jwk' })));
  }
  throw new UnusableSignerError(
    `a private Ed25519 key is needed, and this is a ${key.type} key (${key.asymmetricKeyType ?? 'symmetric'})`,
  );
}

/** Makes a signer of a private key of WebCrypto alone: it must be extractable, or nobody could tell its public key. */
export async function cryptoKeySigner(key: WebKey): Promise<Signer> {
  requirePrivate(key);
  if (key.extractable) {
    return createEd25519Signer(seedFromJwk(await crypto.subtle.exportKey('jwk', key)));
  }
  throw new UnusableSignerError(
    'this CryptoKey is not extractable, so its public key is unknown: pass the whole key pair',
  );
}

/** Makes a signer of a pair; a private key of WebCrypto may be one that can't be exported. */
export async function keyPairSigner(pair: KeyPair | NodeKeyPair): Promise<Signer> {
  return isNodePair(pair) ? nodeKeySigner(pair.privateKey) : cryptoPairSigner(pair);
}

function isNodePair(pair: KeyPair | NodeKeyPair): pair is NodeKeyPair {
  return isNodeKey(pair.privateKey);
}

async function cryptoPairSigner({ privateKey, publicKey }: KeyPair): Promise<Signer> {
  requirePrivate(privateKey);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  return {
    providerId: didKeyProviderId(raw),
    async sign(signedText) {
      const bytes = new TextEncoder().encode(signedText);
      const signature = await crypto.subtle.sign('Ed25519', privateKey, bytes);
      return encodeBase64url(new Uint8Array(signature));
    },
  };
}

function requirePrivate(key: WebKey): void {
  if (key.type === 'private' && key.algorithm.name === 'Ed25519') return;
  throw new UnusableSignerError(
    `a private Ed25519 CryptoKey is needed, and this is a ${key.type} key of ${key.algorithm.name}`,
  );
}
