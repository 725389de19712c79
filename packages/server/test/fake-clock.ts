/** Clocks and timers that a test turns by hand. */
import type { Schedule } from '#src/registry/schedule.js';
import { asMonotonicMs, asWallMs, type Clock } from '#src/telemetry/clock.js';

/** Both clocks, standing until they are turned. */
export interface FakeClock extends Clock {
  /** Lets time pass on both clocks, in one go. */
  pass(ms: number): void;
  /** Sets the wall clock alone. */
  setWall(ms: number): void;
}

/** Made at a fixed instant. */
export function createFakeClock(startMs = 1_790_000_000_000): FakeClock {
  let wallMs = startMs;
  let monotonicMs = 5_000;
  return {
    wallMs: () => asWallMs(wallMs),
    monotonicMs: () => asMonotonicMs(monotonicMs),
    pass(ms) {
      wallMs += ms;
      monotonicMs += ms;
    },
    setWall(ms) {
      wallMs = ms;
    },
  };
}

/** Timers that ring when told to. */
export interface FakeSchedule extends Schedule {
  /** Runs each task once, in the order they were made, and waits for all. */
  ring(): Promise<void>;
  /** How many are set. */
  readonly set: number;
}

/** Made with nothing set. */
export function createFakeSchedule(): FakeSchedule {
  const tasks = new Set<() => void | Promise<void>>();
  return {
    get set() {
      return tasks.size;
    },
    every(_intervalMs, task) {
      tasks.add(task);
      return () => {
        tasks.delete(task);
      };
    },
    async ring() {
      for (const task of tasks) await task();
    },
  };
}
