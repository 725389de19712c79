/**
 * A signer that is somebody else's code, held to its word: what it signs is verified before it
 * is sent, so that the wrong account shows here, by name, and not as a refusal of a hub.
 * Cost: one verification per signed text, two to five milliseconds.
 */
import {
  formatSignatureHeader,
  parseSignatureHeader,
  verifySignature,
  type ProviderId,
} from 'golem-vm-discovery-protocol/verification';

/** A time of the right length: a header is parsed for its signature here, the time does not matter. */
const ANY_TIME = 1_000_000_000_000;

/** Whether `v1` is a signature of this provider over this text, in the spelling of the wire. */
export function isSignedBy(providerId: ProviderId, signedText: string, v1: string): boolean {
  const scheme = providerId.startsWith('did:') ? 'ed25519' : 'ethereum';
  const parsed = parseSignatureHeader(formatSignatureHeader(ANY_TIME, v1), scheme);
  return parsed.ok && verifySignature(providerId, parsed.value, signedText);
}
