/**
 * Waits for a database that may be about to come: hubs and databases are started together, and fail over.
 * What does not mend itself, as a wrong password, is refused at once.
 */
import { setTimeout as pass } from 'node:timers/promises';
import { refuse, type Result } from 'golem-vm-discovery-protocol';
import { explainFailure, isPassing } from './failures.js';

/** Between two attempts. */
const PAUSE_MS = 500;

/** How patient to be. */
export interface Patience {
  /** How long to go on trying; 0: try once. */
  readonly patienceMs: number;
  readonly monotonicMs: () => number;
  /** Told why it did not succeed at first, and each time that the reason is another. */
  readonly notice: (message: string) => void;
  /** Ends the waiting: the process is asked to stop. */
  readonly stopping?: AbortSignal | undefined;
}

/** Tries until it succeeds, or can't. A refusal is the sentence of the last failure. */
export async function openPatiently<Value>(
  open: () => Promise<Result<Value, string>>,
  { patienceMs, monotonicMs, notice, stopping }: Patience,
): Promise<Result<Value, string>> {
  const latestMs = monotonicMs() + patienceMs;
  const isStopping = (): boolean => stopping?.aborted === true;
  let told = '';
  for (;;) {
    try {
      return await open();
    } catch (error) {
      const reason = explainFailure(error);
      const isOver = monotonicMs() + PAUSE_MS > latestMs || isStopping();
      if (isOver || !isPassing(error)) return refuse(reason);
      if (reason !== told) notice(`${reason}; trying again, for ${patienceMs / 1_000} s in all`);
      told = reason;
    }
    await pass(PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined);
    if (isStopping()) return refuse(told);
  }
}
