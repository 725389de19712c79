/** How far what a hub holds may be behind what others have committed. */
import type { Store } from '../store/contract.js';

/** A hub that shares its store with nobody is never behind. */
export interface Freshness {
  /** For how long nothing has been heard of the others. */
  readonly silentMs: number;
  /** Whether it is still reading what it missed. */
  readonly isCatchingUp: boolean;
}

/** As of now. */
export function freshnessOf({ shared }: Store): Freshness {
  return {
    silentMs: shared?.silentMs() ?? 0,
    isCatchingUp: shared?.isCatchingUp() ?? false,
  };
}
