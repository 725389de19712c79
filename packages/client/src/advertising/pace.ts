/**
 * How often a hub is asked. Pure arithmetic over the hub's own pace, which is a third of a lease.
 *
 * Invariant: whoever was cut off is listed again within two thirds of a lease after the hub can be
 * reached: the longest time-out and the longest pause together stay below that, at every pace that
 * a hub can have.
 */

/** What a hub can ask for: leases last from a second to a day, and a third of one is at least a second. */
const REFRESH_MS_MIN = 1_000;
const REFRESH_MS_MAX = 28_800_000;

/** Until a hub has said its pace: brisk enough for leases from 90 s up. */
export const REFRESH_UNKNOWN_MS = 30_000;

const TIMEOUT_MS_MAX = 10_000;
const PAUSE_FIRST_MS = 500;
const PAUSE_MS_MAX = 30_000;
const GAP_MS_MAX = 1_200;

/** The pace of a hub in milliseconds, from `refresh_after_seconds`. A hub can't drive us faster than a second, nor let us sleep for more than eight hours. */
export function refreshMsOf(refreshAfterSeconds: number): number {
  return within(REFRESH_MS_MIN, refreshAfterSeconds * 1_000, REFRESH_MS_MAX);
}

/** Milliseconds from one renewal to the next: within a tenth of the hub's pace, so that those who were listed together drift apart. */
export function renewalMs(refreshMs: number, random: number): number {
  return refreshMs * (0.9 + random / 5);
}

/** Milliseconds that one request may take. */
export function timeoutMs(refreshMs: number): number {
  return within(1_000, refreshMs / 2, TIMEOUT_MS_MAX);
}

/** Milliseconds to wait after so many failures in a row: doubling up to a third of the pace, between half and the whole of it. */
export function pauseMs(failures: number, refreshMs: number, random: number): number {
  const firstMs = Math.min(PAUSE_FIRST_MS, refreshMs / 8);
  const longestMs = Math.min(PAUSE_MS_MAX, refreshMs / 3);
  const wholeMs = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return wholeMs * (0.5 + random / 2);
}

/** Milliseconds to wait where the hub said how long: never sooner, a little later, but not for longer than its own pace, or the lease would run out. */
export function retryAfterMs(askedMs: number, refreshMs: number, random: number): number {
  return Math.min(askedMs, refreshMs) * (1 + random / 10);
}

/** The least number of milliseconds between two requests, however often resources change: a hub takes 60 renewals a minute. */
export function gapMs(refreshMs: number): number {
  return Math.min(GAP_MS_MAX, refreshMs / 2);
}

/** How long the same signed text is sent again: the listing would count from when it was first sent. */
export function freshMs(refreshMs: number): number {
  return Math.min(60_000, refreshMs);
}

function within(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
