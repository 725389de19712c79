/**
 * The clock that leases are counted on: monotonic, and able to stand still. It stands still
 * while renewals can't be taken (the store refuses writes) and over every gap in which this
 * process did not run (a stalled event loop, SIGSTOP, a suspended machine), so that the hub
 * never punishes providers for its own absence. Setting the wall clock changes nothing here.
 *
 * Invariant: its time never goes back, and never runs faster than the monotonic clock.
 * A gap can only be told from rest by being observed often: whoever owns this clock reads it
 * at least every `STALL_MS_MAX / 2`.
 */
import type { MonotonicMs } from '../telemetry/clock.js';

declare const leaseBrand: unique symbol;

/** Milliseconds on the lease clock since the hub started. */
export type LeaseMs = number & { readonly [leaseBrand]: true };

/** A longer silence between two readings means that this process did not run. */
export const STALL_MS_MAX = 3_000;

/** See the head of this file. */
export interface LeaseClock {
  /** The present lease time. */
  now(): LeaseMs;
  /** The lease time `ms` from now. */
  after(ms: number): LeaseMs;
  /** Whether it stands still. */
  readonly isPaused: boolean;
  /** Stands still until `resume`. Pausing twice is pausing once. */
  pause(): void;
  resume(): void;
}

function isLeaseMs(ms: number): ms is LeaseMs {
  return Number.isFinite(ms);
}

/** Throws a `RangeError` for what is no instant of this clock. */
export function asLeaseMs(ms: number): LeaseMs {
  if (!isLeaseMs(ms)) throw new RangeError(`not a lease instant: ${ms}`);
  return ms;
}

/** Makes a running lease clock that starts at 0. `monotonicMs` is the clock underneath. */
export function createLeaseClock(monotonicMs: () => MonotonicMs): LeaseClock {
  let elapsedMs = 0;
  let lastReadMs: number = monotonicMs();
  let paused = false;

  function observe(): void {
    const readMs = monotonicMs();
    const gapMs = readMs - lastReadMs;
    lastReadMs = readMs;
    if (!paused && gapMs > 0 && gapMs <= STALL_MS_MAX) elapsedMs += gapMs;
  }

  return {
    get isPaused() {
      return paused;
    },
    now() {
      observe();
      return asLeaseMs(elapsedMs);
    },
    after(ms) {
      observe();
      return asLeaseMs(elapsedMs + ms);
    },
    pause() {
      observe();
      paused = true;
    },
    resume() {
      observe();
      paused = false;
    },
  };
}
