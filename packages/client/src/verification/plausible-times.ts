/**
 * Whether the times around a signature can be true. No key signs the hub's times, but `t` bounds
 * them: a hub takes nothing that was signed long before or after.
 */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { LIMITS } from 'golem-vm-discovery-protocol/vocabulary';

/**
 * How old a proof may be by default: a hub takes what was signed up to 300 s before, lists it for
 * a lease of 300 s, and two clocks may differ by 60 s. What is older can only be listed by a hub with
 * longer leases, or by one that shows what has ended.
 */
export const PROOF_AGE_MS_MAX = 660_000;

/** A commit may wait a while for its disk before the hub notes the time. */
const COMMIT_MS_MAX = 60_000;

/** What is wrong with the time of signing, or `undefined`. Both times are Unix milliseconds. */
export function staleness(t: number, nowMs: number, maxAgeMs: number): string | undefined {
  const ageMs = nowMs - t;
  if (ageMs > maxAgeMs) {
    return `it was signed ${seconds(ageMs)} ago, and may be ${seconds(maxAgeMs)} old: it may have ended, or maxProofAgeMs is too small for the leases of this hub`;
  }
  if (-ageMs > LIMITS.signatureLeadMsMax) {
    return `it was signed ${seconds(-ageMs)} ahead of the clock of this machine: is that clock right?`;
  }
  return undefined;
}

function seconds(ms: number): string {
  return `${Math.floor(ms / 1_000)} s`;
}

/** What is wrong with the hub's times, or `undefined`. */
export function contradiction(answered: Advertisement, t: number): string | undefined {
  const createdMs = Date.parse(answered.created_at);
  const updatedMs = Date.parse(answered.updated_at);
  if (!(createdMs <= updatedMs && updatedMs < Date.parse(answered.expires_at))) {
    return 'its created_at, updated_at and expires_at are not in that order';
  }
  const takenAfterMs = updatedMs - t;
  const inTime =
    takenAfterMs >= -LIMITS.signatureLeadMsMax &&
    takenAfterMs <= LIMITS.signatureAgeMsMax + COMMIT_MS_MAX;
  return inTime
    ? undefined
    : 'no hub would have taken this signature at the updated_at that is answered';
}
