/**
 * How fast the page asks, whatever its visitor does. Invariant: in no minute more than `burst` and
 * 60,000 / `eachMs` turns. Costs one number, and a timer for each who waits.
 */
import type { Surroundings } from 'golem-vm-discovery-client';

/** Gives turns. Nothing in it needs to be closed. */
export interface Pace {
  /** Resolves when it is one's turn; rejects with the reason of `signal` when that is aborted before, and takes none. */
  readonly turn: (signal: AbortSignal) => Promise<void>;
}

/** How many may ask at once after a rest, and how long each of them keeps a later one waiting. */
export interface PaceLimits {
  readonly burst: number;
  readonly eachMs: number;
}

/** Makes a pace that has rested. */
export function createPace({ burst, eachMs }: PaceLimits, clock: PaceClock): Pace {
  /** When all turns that were taken are worn off. */
  let restedMs = -Infinity;
  const waitMs = (): number => restedMs - (burst - 1) * eachMs - clock.monotonicMs();
  return {
    async turn(signal) {
      signal.throwIfAborted();
      // Whoever gives up while waiting has taken nothing, so a turn is taken by who is there when it comes.
      for (let ms = waitMs(); ms > 0; ms = waitMs()) await pause(ms, clock, signal);
      restedMs = Math.max(restedMs, clock.monotonicMs()) + eachMs;
    },
  };
}

/** What a pace needs of the world. */
export type PaceClock = Pick<Surroundings, 'monotonicMs' | 'after'>;

function pause(ms: number, { after }: PaceClock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      callOff();
      reject(signal.reason);
    };
    const callOff = after(ms, () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    });
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
