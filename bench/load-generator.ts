/** Load against one server at a time, from a thread of its own; the main thread only waits, so that the process's CPU time is the generator's. */
import { Worker } from 'node:worker_threads';
import type { RequestBatch } from './request-batch.js';

/** One run. */
export interface LoadPlan {
  readonly port: number;
  readonly batch: RequestBatch;
  /** The part of the batch to use: `from` to before `to`. */
  readonly from: number;
  readonly to: number;
  /** Whether to begin again at 0 when the batch is used up, or else to end. */
  readonly repeats: boolean;
  readonly connections: number;
  readonly ms: number;
  /** Sends so many a second, and counts waiting from when each was due; without it, as many as are answered. */
  readonly perSecond?: number;
}

/** What a run measured. */
export interface LoadResult {
  readonly answered: number;
  readonly elapsedMs: number;
  /** Body bytes of each answer, in the order of arrival. */
  readonly bodySizes: readonly number[];
  /** Why the run does not count, if it does not. */
  readonly failure: string | undefined;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** How much of the time the generator's event loop was busy: near 1 it would have measured itself. */
  readonly loopUtilization: number;
  /** CPU time of the generator's process by elapsed time; 1 is one core. */
  readonly cpuShare: number;
}

/** Runs plans one after the other. */
export interface LoadGenerator {
  /** Rejects when an answer was not 2xx, or when answers could not be read. */
  run(plan: LoadPlan): Promise<LoadResult>;
  close(): Promise<void>;
}

/** Answers per second of a run. */
export function perSecond({ answered, elapsedMs }: LoadResult): number {
  return (answered / elapsedMs) * 1_000;
}

/** Starts the thread. */
export function createLoadGenerator(): LoadGenerator {
  const worker = new Worker(new URL('./load-worker.js', import.meta.url));
  return {
    async run(plan) {
      const result = await nextResult(worker, plan);
      if (result.failure !== undefined) throw new Error(`a run failed: ${result.failure}`);
      return result;
    },
    async close() {
      await worker.terminate();
    },
  };
}

function nextResult(worker: Worker, plan: LoadPlan): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (result: LoadResult) => {
      worker.off('error', reject);
      resolve(result);
    });
    worker.postMessage(plan);
  });
}
