/** How long to wait before a question that came to nothing is asked again. */
import { DiscoveryError } from 'golem-vm-discovery-client';

const RETRY_MS_MIN = 5_000;

/** In milliseconds: as long as the hub asked for, and never so short that it adds to what is wrong. */
export function retryWaitMs(error: unknown): number {
  const asked = error instanceof DiscoveryError ? error.retryAfterMs : undefined;
  return Math.max(RETRY_MS_MIN, asked ?? 0);
}
