/**
 * When a provider should renew: after a third of its lease, so that two renewals may be lost and the
 * third still comes in time.
 */

/** Whole seconds, at least 1. */
export function refreshAfterSeconds(ttlMs: number): number {
  return Math.max(1, Math.floor(ttlMs / 3_000));
}
