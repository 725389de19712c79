/**
 * How simulated providers come: a few at a time, and no faster than the hub takes new ones from one
 * address. A hub that says "too many" is asked for nobody new until the time that it named.
 */
import type { AdvertiserEvent } from '../../advertising/advertiser-event.js';
import { pause, SYSTEM } from '../../transport/surroundings.js';
import type { Fleet } from './fleet.js';

/** More at once would only queue up in the hub's way to its disk. */
const AT_ONCE = 8;

/**
 * Brings the fleet to a size; resolves when it has it, or was stopped. `onHeldBack` is told once,
 * with the milliseconds that the hub wants to be left alone for.
 */
export async function arrive(
  fleet: Fleet,
  size: number,
  onHeldBack: (waitMs: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let held = false;
  while (fleet.size < size && !signal.aborted) {
    const count = Math.min(AT_ONCE, size - fleet.size);
    const welcomes = await Promise.all(Array.from({ length: count }, () => fleet.welcome()));
    const waitMs = Math.max(...welcomes.map(({ heard }) => heldBackMs(heard)));
    if (waitMs > 0 && !held) onHeldBack(waitMs);
    held ||= waitMs > 0;
    if (waitMs > 0) await pause(SYSTEM, waitMs, signal);
  }
}

/** For how long the hub wants nobody new. */
function heldBackMs(event: AdvertiserEvent): number {
  const held = event.kind === 'refused' && event.failure.code === 'RATE_001';
  return held ? (event.retryInMs ?? 0) : 0;
}
