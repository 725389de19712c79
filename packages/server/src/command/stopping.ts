/**
 * How a process is asked to end: the first signal asks it to finish, a second one ends it at once,
 * and whoever does not finish in time is ended all the same.
 */

/** Supervisors kill after 30 s at the earliest, and a stop takes at most 25 s: this leaves a second to report. */
export const STOP_MS_MAX = 24_000;

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** What a stop needs of its process. */
export interface StoppableProcess {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  exit(code: number): void;
}

/** A stop that may come. */
export interface Stop {
  /** Resolves with the first signal. */
  readonly requested: Promise<NodeJS.Signals>;
  /** Aborted at that moment, for what would wait long. */
  readonly signal: AbortSignal;
  /** Stops listening for signals. Safe to call twice. */
  close(): void;
}

/**
 * Listens for the signals that mean stop. `overdue` is called when `msMax` have gone by since the
 * first one, just before the process is ended with code 1. The timer holds nothing open.
 */
export function listenForStop(
  target: StoppableProcess,
  overdue: () => void,
  msMax: number = STOP_MS_MAX,
): Stop {
  let timer: NodeJS.Timeout | undefined;
  const asked = new AbortController();
  let resolveRequested: (signal: NodeJS.Signals) => void;
  const requested = new Promise<NodeJS.Signals>((resolve) => {
    resolveRequested = resolve;
  });
  function onSignal(signal: NodeJS.Signals): void {
    // Whoever asks twice does not want to wait; what is not committed was not acknowledged.
    if (timer !== undefined) return target.exit(1);
    timer = setTimeout(() => {
      overdue();
      target.exit(1);
    }, msMax).unref();
    asked.abort();
    resolveRequested(signal);
  }
  for (const signal of SIGNALS) target.on(signal, onSignal);
  return {
    requested,
    signal: asked.signal,
    close() {
      clearTimeout(timer);
      for (const signal of SIGNALS) target.off(signal, onSignal);
    },
  };
}
