/**
 * Timers, as an argument: a test turns them by hand. A timer here never keeps the process
 * alive, and a task that rejects is a bug, which ends the process through its owner.
 */

/** Repeats tasks. */
export interface Schedule {
  /** Runs `task` every `intervalMs` until the returned function is called. */
  every(intervalMs: number, task: () => void | Promise<void>): () => void;
}

/** The timers of this machine. `onBug` is given what a task threw or rejected with. */
export function createSystemSchedule(onBug: (error: unknown) => void): Schedule {
  return {
    every(intervalMs, task) {
      const run = async (): Promise<void> => {
        try {
          await task();
        } catch (error) {
          onBug(error);
        }
      };
      const timer = setInterval(() => void run(), intervalMs);
      timer.unref();
      return () => {
        clearInterval(timer);
      };
    },
  };
}
