/**
 * Checks a proof, and reads what it proves: this key said this, at that time. The entry for those
 * who check what hubs answer; like `verification`, it brings no schemas along.
 * Cost: two to four milliseconds, nearly all of it curve arithmetic.
 */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { AdvertisementBody } from './advertisement.js';
import { ADVERTISEMENTS_PATH, LIMITS } from './limits.js';
import { problem } from './problems.js';
import { parseProviderId, type ProviderId } from './provider-id.js';
import { accept, refuse, type Result } from './result.js';
import { parseSignatureHeader, type ParsedSignature } from './signature-header.js';
import { readSignedBody } from './signed-body.js';
import { composeSignedText, sha256Hex } from './signed-text.js';
import { verifySignature } from './verifying.js';

export { estimatePrice, monthlyUsd } from './pricing.js';
export { parseProviderId } from './provider-id.js';
export { quote } from './quoting.js';

/** An advertisement as a provider signed it. Nothing in it is a hub's word. */
export interface SignedAdvertisement {
  readonly providerId: ProviderId;
  /** When it was signed, by the clock of the provider, Unix milliseconds. */
  readonly t: number;
  /** The known fields that were given, from the signed body alone. */
  readonly advertisement: AdvertisementBody;
}

/** What is to be checked: who is said to have signed, and what was signed. */
export interface ClaimedProof {
  readonly providerId: string;
  /** The whole value of `X-Provider-Signature`. */
  readonly signature: string;
  /** The exact body. */
  readonly body: string;
}

/**
 * Whether this provider signed this body, as an advertisement for this network; the signed text
 * is rebuilt here, so nothing else can pass for it. AUTH_001 for a malformed or unsigned id, a malformed
 * signature or one that does not verify, ADV_001 for a body that no hub would have accepted.
 * How old `t` may be is for the caller to decide. `network` is one that `isNetworkName` accepts.
 */
export function readProof(network: string, proof: ClaimedProof): Result<SignedAdvertisement> {
  const provider = parseProviderId(proof.providerId);
  if (!provider.ok) return provider;
  const { scheme, id } = provider.value;
  if (scheme === 'unsigned') return refuse(problem('AUTH_001', 'no key speaks for this id'));
  const signature = parseSignatureHeader(proof.signature, scheme);
  if (!signature.ok) return signature;
  const bytes = utf8ToBytes(proof.body);
  const advertisement = bytes.length > LIMITS.bodyBytesMax ? undefined : readSignedBody(bytes);
  if (advertisement === undefined) {
    return refuse(problem('ADV_001', 'what was signed is not an acceptable advertisement'));
  }
  if (!verifySignature(id, signature.value, signedText(network, id, signature.value, bytes))) {
    const advice = 'another key, another body, or made for another network';
    return refuse(problem('AUTH_001', `the signature does not verify: ${advice}`));
  }
  return accept({ providerId: id, t: signature.value.t, advertisement });
}

function signedText(
  network: string,
  providerId: ProviderId,
  { t }: ParsedSignature,
  body: Uint8Array,
): string {
  return composeSignedText({
    network,
    method: 'POST',
    path: ADVERTISEMENTS_PATH,
    providerId,
    t,
    bodySha256Hex: sha256Hex(body),
  });
}
