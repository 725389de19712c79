/** A world whose clock a test turns: it stands still until nothing but time can help, and then jumps to the next timer. */
import type { Fetch, Surroundings } from '#src/transport/surroundings.js';

interface Timer {
  readonly atMs: number;
  readonly ring: () => void;
}

/** A world in the hands of a test. */
export interface TurnedWorld extends Surroundings {
  /** Milliseconds since it was made. */
  elapsedMs(): number;
  /** Turns the clock until the promise is settled. */
  settle<Value>(promise: Promise<Value>): Promise<Value>;
  /** How many timers are set. */
  readonly timersSet: number;
}

const START_MS = 1_790_000_000_000;

/** Made at a fixed moment; `random` is always the same. */
export function createTurnedWorld(fetch: Fetch, random = 0): TurnedWorld {
  const timers = new Set<Timer>();
  let elapsedMs = 0;
  function turn(): void {
    const [next] = [...timers].toSorted((a, b) => a.atMs - b.atMs);
    if (next === undefined) return;
    timers.delete(next);
    elapsedMs = Math.max(elapsedMs, next.atMs);
    next.ring();
  }
  return {
    fetch,
    wallMs: () => START_MS + elapsedMs,
    monotonicMs: () => elapsedMs,
    random: () => random,
    after(delayMs, ring) {
      const timer = { atMs: elapsedMs + delayMs, ring };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    elapsedMs: () => elapsedMs,
    get timersSet() {
      return timers.size;
    },
    async settle(promise) {
      const settled = promise.then(
        () => true,
        () => true,
      );
      while (!(await Promise.race([settled, quiet()]))) turn();
      return promise;
    },
  };
}

/** Resolves `false` when whatever needs no time has happened. */
async function quiet(): Promise<false> {
  for (let rest = 0; rest < 20; rest += 1) await new Promise(setImmediate);
  return false;
}
