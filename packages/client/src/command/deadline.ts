/**
 * A time that ends what an interruption ends too. Invariant: its timer is held until it is closed. Node 20 lets
 * `AbortSignal.any` forget a time-out that nobody else holds at the next collection of garbage, and then it never
 * comes: a command with a time ran for ever.
 */

/** A running time. Whoever made it closes it. */
export interface Deadline {
  /** Aborted when the time is over, or with the signal that was given. */
  readonly signal: AbortSignal;
  /** Lets go of timer and signal. Safe to call twice. */
  close(): void;
}

/** Begins `ms` milliseconds; without them only `stop` ends it. */
export function createDeadline(ms: number | undefined, stop: AbortSignal): Deadline {
  const over = new AbortController();
  const end = (): void => over.abort();
  const timer = ms === undefined ? undefined : setTimeout(end, ms);
  if (stop.aborted) end();
  stop.addEventListener('abort', end, { once: true });
  return {
    signal: over.signal,
    close() {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
    },
  };
}
