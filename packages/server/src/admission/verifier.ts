/**
 * The pool of workers that verifies signatures, so that the event loop never does.
 *
 * Invariants: what waits is bounded in number (three lanes) and, since little is in flight, a
 * job of the priority lane waits for a few milliseconds at most; nothing waits when no worker
 * lives; every call is answered. Cost on the main thread: a few microseconds a job. Jobs gather
 * for one turn of the event loop, because a message costs more than the jobs in it.
 */
import type { Worker } from 'node:worker_threads';
import type { Result } from 'golem-vm-discovery-protocol';
import { refuse } from 'golem-vm-discovery-protocol';
import type { Lane } from './lanes.js';
import { Lanes } from './lanes.js';
import type { Implementation, Verification } from './verification.js';
import type { VerifyJob } from './verify-thread.js';
import { startVerifyWorker, unavailable, VerifyThread } from './verify-thread.js';

/** Jobs in one message: about a millisecond of native work, three of the portable kind. */
const BATCH_JOBS_MAX: Readonly<Record<Implementation, number>> = { native: 16, portable: 2 };

/** A worker that ended by itself is replaced after this long: one that always dies must not burn a core. */
const RESTART_DELAY_MS = 1_000;

/** What a verifier is made with. */
export interface VerifierOptions {
  readonly implementation: Implementation;
  /** Worker threads, at least 1. */
  readonly workers: number;
  /** Jobs that may wait in each lane. */
  readonly queueMax: number;
  readonly restartDelayMs?: number;
  readonly startWorker?: (implementation: Implementation) => Worker;
  /** Told when a worker ended by itself. */
  readonly onCrash?: (cause: unknown) => void;
}

/** The pool. Closed by whoever made it. */
export class Verifier {
  readonly #options: VerifierOptions;
  readonly #lanes: Lanes<VerifyJob>;
  readonly #threads = new Set<VerifyThread>();
  readonly #restarts = new Set<NodeJS.Timeout>();
  #gathering: NodeJS.Immediate | undefined;
  #closing = false;

  constructor(options: VerifierOptions) {
    this.#options = options;
    this.#lanes = new Lanes(options.queueMax);
    for (let started = 0; started < options.workers; started += 1) this.#start();
  }

  /** Whether a signature verifies. SYS_002 where the lane is full, no worker lives, or the pool closes; SYS_001 for a bug. */
  verify(verification: Verification, lane: Lane): Promise<Result<boolean>> {
    return new Promise((settle) => {
      if (this.#closing) return settle(refuse(unavailable('the hub is stopping')));
      if (this.#threads.size === 0) return settle(refuse(unavailable('no verifier is running')));
      if (!this.#lanes.push(lane, { verification, settle })) {
        return settle(refuse(unavailable('too many signatures wait to be verified')));
      }
      this.#gathering ??= setImmediate(() => this.#dispatch());
    });
  }

  /** Ends the workers; whatever is still unanswered is refused with SYS_002. Safe to call twice. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const restart of this.#restarts) clearTimeout(restart);
    this.#restarts.clear();
    this.#refuseWaiting('the hub is stopping');
    await Promise.all([...this.#threads].map((thread) => thread.close()));
  }

  #start(): void {
    const { implementation, startWorker = startVerifyWorker } = this.#options;
    const thread = new VerifyThread(startWorker(implementation), {
      answered: () => this.#dispatch(),
      ended: (ended, cause) => this.#replace(ended, cause),
    });
    this.#threads.add(thread);
  }

  #dispatch(): void {
    clearImmediate(this.#gathering);
    this.#gathering = undefined;
    while (this.#lanes.size > 0) {
      const thread = this.#leastBusy();
      if (thread === undefined) return;
      thread.send(this.#lanes.take(BATCH_JOBS_MAX[this.#options.implementation]));
    }
  }

  #leastBusy(): VerifyThread | undefined {
    let best: VerifyThread | undefined;
    for (const thread of this.#threads) {
      if (!thread.hasRoom) continue;
      if (best === undefined || thread.batchesInFlight < best.batchesInFlight) best = thread;
    }
    return best;
  }

  #replace(ended: VerifyThread, cause: unknown): void {
    this.#threads.delete(ended);
    if (this.#closing) return;
    if (this.#threads.size === 0) this.#refuseWaiting('no verifier is running');
    const restart = setTimeout(() => {
      this.#restarts.delete(restart);
      this.#start();
    }, this.#options.restartDelayMs ?? RESTART_DELAY_MS);
    this.#restarts.add(restart);
    this.#options.onCrash?.(cause);
  }

  #refuseWaiting(reason: string): void {
    clearImmediate(this.#gathering);
    this.#gathering = undefined;
    for (const job of this.#lanes.take(this.#lanes.size)) job.settle(refuse(unavailable(reason)));
  }
}
