/**
 * What a client needs of the world: a network, two clocks, chance and a timer. Everything else here
 * is a function of these, so that a test can turn them by hand.
 */

/** As the platform's own `fetch`, as far as it is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The world around a client. */
export interface Surroundings {
  readonly fetch: Fetch;
  /** Unix milliseconds; may jump. */
  wallMs(): number;
  /** Milliseconds since some moment; never goes back. */
  monotonicMs(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Calls `ring` once after `delayMs`; the function that it returns calls it off. */
  after(delayMs: number, ring: () => void): () => void;
}

/** The world as it is. `fetch` is looked up at each call, so that a page may replace it. */
export const SYSTEM: Surroundings = {
  fetch: (url, init) => fetch(url, init),
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  random: () => Math.random(),
  after(delayMs, ring) {
    const timer = setTimeout(ring, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Waits; resolves `false` at once when the signal is, or is being, aborted. */
export function pause(
  surroundings: Surroundings,
  delayMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (signal?.aborted === true) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (whole: boolean): void => {
      callOff();
      signal?.removeEventListener('abort', giveUp);
      resolve(whole);
    };
    const giveUp = (): void => end(false);
    const callOff = surroundings.after(delayMs, () => end(true));
    signal?.addEventListener('abort', giveUp);
  });
}
