/**
 * The exact bytes that a provider signs: seven lines joined by LF, none at the end.
 * Invariant: every part has one spelling, so that one request has one signed text.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ADVERTISEMENTS_PATH } from './limits.js';
import type { ProviderId } from './provider-id.js';

/** The methods that change something, and are signed. */
export type SignedMethod = 'POST' | 'DELETE';

/** What a signature speaks for. */
export interface SignedRequest {
  /** The network of the hub that is meant, see `isNetworkName`; never the Host header. */
  readonly network: string;
  readonly method: SignedMethod;
  /** `ADVERTISEMENTS_PATH`, or `advertisementPath(…)`, whatever a proxy adds in front. */
  readonly path: string;
  readonly providerId: ProviderId;
  /** Unix milliseconds, 13 digits. */
  readonly t: number;
  /** `sha256Hex` of the raw body; of nothing, where there is no body. */
  readonly bodySha256Hex: string;
}

/** Composes the text to be signed. */
export function composeSignedText(request: SignedRequest): string {
  const { network, method, path, providerId, t, bodySha256Hex } = request;
  return `golem-discovery-v1\n${network}\n${method}\n${path}\n${providerId}\n${t}\n${bodySha256Hex}`;
}

/** The path of one advertisement, as it is signed: the id is canonical and not percent-encoded. */
export function advertisementPath(providerId: ProviderId): string {
  return `${ADVERTISEMENTS_PATH}/${providerId}`;
}

/** The SHA-256 of bytes, in lower-case hex. Pure JavaScript, for where no native one is at hand. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
