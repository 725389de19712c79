/** Signing: what a provider does with its key. Keys are copied in and never come out again. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import { ethereumAddress } from './ethereum-address.js';
import { didKeyProviderId, ethereumProviderId, type ProviderId } from './provider-id.js';
import { formatSignatureHeader } from './signature-header.js';
import { composeSignedText, sha256Hex, type SignedMethod } from './signed-text.js';
import { ethereumMessageHash } from './verifying.js';

export { didKeyProviderId, ethereumProviderId } from './provider-id.js';
export type { ProviderId } from './provider-id.js';

/** Whoever can sign for one provider: a key in memory, a wallet, a remote signer. */
export interface Signer {
  readonly providerId: ProviderId;
  /** Resolves with `v1`: `0x` and 130 hex digits, or 86 characters of base64url. */
  sign(signedText: string): Promise<string>;
}

/** A signer with a secp256k1 private key of 32 bytes. Throws for what is no private key. */
export function createEthereumSigner(privateKey: Uint8Array): Signer {
  const key = Uint8Array.from(privateKey);
  const address = ethereumAddress(secp256k1.getPublicKey(key, false));
  return {
    providerId: ethereumProviderId(address),
    sign: async (signedText) => signEthereum(key, signedText),
  };
}

function signEthereum(key: Uint8Array, signedText: string): string {
  const hash = ethereumMessageHash(signedText);
  const [recovery = 0, ...rs] = secp256k1.sign(hash, key, { prehash: false, format: 'recovered' });
  return `0x${bytesToHex(Uint8Array.from(rs))}${recovery === 0 ? '1b' : '1c'}`;
}

/** A signer with an Ed25519 private key, the seed of 32 bytes. Throws for other lengths. */
export function createEd25519Signer(seed: Uint8Array): Signer {
  const key = Uint8Array.from(seed);
  return {
    providerId: didKeyProviderId(ed25519.getPublicKey(key)),
    sign: async (signedText) => base64urlnopad.encode(ed25519.sign(utf8ToBytes(signedText), key)),
  };
}

/** The request that `signRequest` signs. */
export interface RequestToSign {
  readonly network: string;
  readonly method: SignedMethod;
  readonly path: string;
  /** Unix milliseconds; must rise from request to request. */
  readonly t: number;
  /** The exact bytes that will be sent; empty for a DELETE. */
  readonly body: Uint8Array;
}

/** The two headers that make a request a signed one. */
export interface SignedHeaders {
  readonly 'X-Provider-ID': string;
  readonly 'X-Provider-Signature': string;
}

/** Signs a request: the headers to send with it. Rejects when the signer does. */
export async function signRequest(signer: Signer, request: RequestToSign): Promise<SignedHeaders> {
  const { network, method, path, t, body } = request;
  const { providerId } = signer;
  const bodySha256Hex = sha256Hex(body);
  const text = composeSignedText({ network, method, path, providerId, t, bodySha256Hex });
  const v1 = await signer.sign(text);
  return { 'X-Provider-ID': providerId, 'X-Provider-Signature': formatSignatureHeader(t, v1) };
}
