/**
 * The main thread's side of one worker: the batches that are on their way, and what becomes
 * of them when the worker answers or dies.
 *
 * Invariant: every job that was sent is settled exactly once; a worker answers its batches in
 * the order in which they were sent.
 */
import { Worker } from 'node:worker_threads';
import type { Problem, Result } from 'golem-vm-discovery-protocol';
import { accept, problem, refuse } from 'golem-vm-discovery-protocol';
import type { Implementation, Verification } from './verification.js';
import { VERDICTS } from './verification.js';

/** A verification that somebody waits for: whether it verifies, or SYS_001, SYS_002. */
export interface VerifyJob {
  readonly verification: Verification;
  settle(result: Result<boolean>): void;
}

/** What a thread tells its pool. */
export interface VerifyThreadEvents {
  /** A batch was answered: there is room for another. */
  answered(): void;
  /** The worker ended, by `close` or by itself; `cause` where it said why. Its jobs are settled. */
  ended(thread: VerifyThread, cause: unknown): void;
}

/** Two, so that a worker has the next batch at hand while its last answer travels. */
const BATCHES_IN_FLIGHT_MAX = 2;

/** Starts the worker that verifies. */
export function startVerifyWorker(implementation: Implementation): Worker {
  return new Worker(new URL('./verify-worker.js', import.meta.url), {
    name: 'verify',
    workerData: implementation,
  });
}

/** One worker and what it was sent. Closed by whoever made it. */
export class VerifyThread {
  readonly #worker: Worker;
  readonly #events: VerifyThreadEvents;
  readonly #batches: (readonly VerifyJob[])[] = [];
  #cause: unknown = undefined;

  constructor(worker: Worker, events: VerifyThreadEvents) {
    this.#worker = worker;
    this.#events = events;
    worker.on('message', (verdicts: Uint8Array) => this.#answer(verdicts));
    worker.once('error', (cause) => (this.#cause = cause));
    worker.once('exit', () => this.#end());
  }

  get batchesInFlight(): number {
    return this.#batches.length;
  }

  get hasRoom(): boolean {
    return this.#batches.length < BATCHES_IN_FLIGHT_MAX;
  }

  send(batch: readonly VerifyJob[]): void {
    this.#batches.push(batch);
    this.#worker.postMessage(batch.map((job) => job.verification));
  }

  /** Ends the worker; resolves when it is gone. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #answer(verdicts: Uint8Array): void {
    const batch = this.#batches.shift() ?? [];
    batch.forEach((job, at) => job.settle(readVerdict(verdicts[at])));
    this.#events.answered();
  }

  #end(): void {
    for (const batch of this.#batches.splice(0)) {
      for (const job of batch) job.settle(refuse(unavailable('the verification was cut short')));
    }
    this.#events.ended(this, this.#cause);
  }
}

function readVerdict(verdict: number | undefined): Result<boolean> {
  if (verdict === VERDICTS.verified) return accept(true);
  if (verdict === VERDICTS.refused) return accept(false);
  return refuse(problem('SYS_001', 'the signature could not be checked'));
}

/** Not now, but soon: SYS_002. */
export function unavailable(reason: string): Problem<'SYS_002'> {
  return problem('SYS_002', `${reason}: try again in a second`, { retryAfterSeconds: 1 });
}
