/** The first TTL after a restart, in which some providers may not have come back yet. */
import type { LeaseClock, LeaseMs } from './lease-clock.js';

/** See the head of this file. */
export interface Warmth {
  begin(): void;
  /** Whether it still lasts. */
  lasts(): boolean;
}

/** Made cold; `begin` makes it warm up for `ttlMs` of the lease clock. */
export function createWarmth(clock: LeaseClock, ttlMs: number): Warmth {
  let until: LeaseMs | undefined;
  return {
    begin() {
      until = clock.after(ttlMs);
    },
    lasts() {
      if (until !== undefined && clock.now() >= until) until = undefined;
      return until !== undefined;
    },
  };
}
