/**
 * Where time is read, and nowhere else. Wall-clock instants (what calendars say, may jump)
 * and monotonic instants (what leases and budgets are counted in, never go back) are
 * different types, so that one cannot stand in for the other.
 */
declare const wallBrand: unique symbol;
declare const monotonicBrand: unique symbol;

/** Milliseconds since 1970, whole, from a clock that can be set. */
export type WallMs = number & { readonly [wallBrand]: true };

/** Milliseconds since some unknown start, possibly fractional, from a clock that never goes back. */
export type MonotonicMs = number & { readonly [monotonicBrand]: true };

/** Both clocks. A test passes one that it turns by hand. */
export interface Clock {
  wallMs(): WallMs;
  monotonicMs(): MonotonicMs;
}

function isWallMs(ms: number): ms is WallMs {
  return Number.isSafeInteger(ms) && ms >= 0;
}

function isMonotonicMs(ms: number): ms is MonotonicMs {
  return Number.isFinite(ms);
}

/** Marks a number as a wall-clock instant. Throws for what no clock could say: that is a bug. */
export function asWallMs(ms: number): WallMs {
  if (!isWallMs(ms)) throw new RangeError(`not a wall-clock instant: ${ms}`);
  return ms;
}

/** Marks a number as a monotonic instant. Throws for what no clock could say: that is a bug. */
export function asMonotonicMs(ms: number): MonotonicMs {
  if (!isMonotonicMs(ms)) throw new RangeError(`not a monotonic instant: ${ms}`);
  return ms;
}

/** The clocks of this machine. */
export const systemClock: Clock = {
  wallMs: () => asWallMs(Date.now()),
  monotonicMs: () => asMonotonicMs(performance.now()),
};
