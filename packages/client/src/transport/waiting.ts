/** How long to wait before another attempt. Pure arithmetic, so that a table can test it. */

/** Doubled from attempt to attempt. */
const BACKOFF_FIRST_MS = 250;
export const BACKOFF_MAX_MS = 8_000;

/**
 * Milliseconds before the next attempt at the same hub, after `failures` in a row: doubling, and
 * between half and the whole of it, so that those who were cut off together don't come back
 * together. `random` is from 0 up to 1.
 */
export function backoffMs(failures: number, random: number): number {
  const wholeMs = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.max(0, failures - 1));
  return wholeMs * (0.5 + random / 2);
}

/** Never sooner than was asked, and up to a tenth later. */
export function jitteredRetryAfterMs(retryAfterMs: number, random: number): number {
  return retryAfterMs * (1 + random / 10);
}

/**
 * The value of `Retry-After` in milliseconds from now: whole seconds, or an HTTP date, as some
 * proxies send it. `undefined` for anything else.
 */
export function parseRetryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  if (/^[0-9]{1,9}$/.test(value)) return Number(value) * 1_000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
