/** The proof of an advertisement: the exact bytes that a provider signed, handed on so that anyone can verify them. */

import { asciiJson } from '../matching/ascii-json.js';

/** Adds a proof to the wire text of an advertisement; an unsigned one has none to add. */
export function withProof(
  text: string,
  proof: { readonly signature: string; readonly body: string } | undefined,
): string {
  if (!proof) return text;
  const { signature, body } = proof;
  return `${text.slice(0, -1)},"proof":${asciiJson({ signature, body })}}`;
}
