/**
 * A machine that can sleep as laptops do: the monotonic clock and every timer stand still, what was
 * under way on the network never ends, and the wall clock goes on.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Surroundings } from '#src/index.js';
import { SYSTEM } from '#src/transport/surroundings.js';

interface Timer {
  readonly ring: () => void;
  leftMs: number;
  startedMs: number;
  callOff: () => void;
}

/** Its surroundings, and how it is put to sleep. */
export interface SleepingMachine {
  readonly surroundings: Surroundings;
  /** Resolves when it wakes. */
  sleep(ms: number): Promise<void>;
}

/** Made awake. */
export function createSleepingMachine(): SleepingMachine {
  const timers = new Set<Timer>();
  let sleptMs = 0;
  let sleeps = 0;

  function run(timer: Timer): void {
    timer.startedMs = SYSTEM.monotonicMs();
    timer.callOff = SYSTEM.after(timer.leftMs, () => {
      timers.delete(timer);
      timer.ring();
    });
  }

  function halt(timer: Timer): void {
    timer.callOff();
    timer.leftMs = Math.max(0, timer.leftMs - (SYSTEM.monotonicMs() - timer.startedMs));
  }

  return {
    surroundings: {
      ...SYSTEM,
      monotonicMs: () => SYSTEM.monotonicMs() - sleptMs,
      after(delayMs, ring) {
        const timer: Timer = { ring, leftMs: delayMs, startedMs: 0, callOff: () => undefined };
        timers.add(timer);
        run(timer);
        return () => {
          timer.callOff();
          timers.delete(timer);
        };
      },
      async fetch(url, init) {
        const before = sleeps;
        const response = await SYSTEM.fetch(url, init);
        return before === sleeps ? response : deadUntilAborted(init.signal);
      },
    },
    async sleep(ms) {
      const fellAsleepMs = SYSTEM.monotonicMs();
      sleeps += 1;
      for (const timer of timers) halt(timer);
      await pause(ms);
      sleptMs += SYSTEM.monotonicMs() - fellAsleepMs;
      for (const timer of timers) run(timer);
    },
  };
}

function deadUntilAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('given up')));
  });
}
