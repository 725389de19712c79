/**
 * The main thread's end of the worker: starts it, sends orders, hands its reports on, and knows
 * when it is gone. Closed by `end`.
 */
import { Worker } from 'node:worker_threads';
import type { Order, Report, WorkerStart } from './thread-messages.js';

/** Whom the link tells. */
export interface LinkEars {
  receive(report: Report): void;
  /** The thread ended otherwise than by closing the file. */
  lost(message: string): void;
}

/** The running worker. */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #gone: Promise<void>;
  #ears: LinkEars | undefined;

  constructor(start: WorkerStart) {
    this.#worker = new Worker(new URL('./sqlite-worker.js', import.meta.url), {
      workerData: start,
    });
    this.#worker.on('message', (report: Report) => this.#ears?.receive(report));
    let cause = 'it was ended';
    this.#worker.once('error', (error) => {
      cause = error instanceof Error ? error.message : String(error);
    });
    this.#gone = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        if (code !== 0) this.#ears?.lost(cause);
        resolve();
      });
    });
  }

  /** Tells somebody else from now on. */
  attach(ears: LinkEars): void {
    this.#ears = ears;
  }

  send(order: Order): void {
    this.#worker.postMessage(order);
  }

  /**
   * Lets the worker close the file once `drained`. After `timeoutMs` it is ended in the middle of
   * whatever it does: what was acknowledged is durable either way.
   */
  async end(drained: Promise<void>, timeoutMs: number): Promise<void> {
    const timer = setTimeout(() => void this.#worker.terminate(), timeoutMs);
    await Promise.race([drained, this.#gone]);
    this.send({ kind: 'close' });
    await this.#gone;
    clearTimeout(timer);
  }
}
