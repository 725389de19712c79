/**
 * Gathers what waits and commits it together: while one commit runs others gather, and when it is
 * done all that gathered goes as one message. So the batch grows with the load, and nobody waits
 * for a timer.
 *
 * Invariants: one commit is out at a time; its changes are applied before its answers are told;
 * what waits is bounded in number, and in time by `writeTimeoutMs`. Cost: about 5 µs a write.
 */
import type { Commit, StoreHealth, StoreListener, Unavailable } from './contract.js';

/** One thing that waits for a commit. */
export interface Waiting {
  /** Tells the outcome, once its changes were applied. */
  settle(): void;
  /** Tells that it was not done, or that nobody knows yet. Whoever was told once is not told again. */
  refuse(why: Unavailable): void;
}

/** The bounds of a queue. */
export interface QueueBounds {
  /** Writes that may wait, not counting those in the commit that runs. More are refused. */
  readonly maxQueuedWrites: number;
  /** Writes in one commit. Raising it raises throughput little and the wait of everyone in it. */
  readonly maxBatchWrites: number;
  /** How long a commit may take before what waits for it is refused. */
  readonly writeTimeoutMs: number;
}

/** Commits some operations together, and says so by `committed` or `failed`; `probe`: only if there is room for more than these. */
export type SendCommit<Operation> = (operations: readonly Operation[], probe: boolean) => void;

/** A commit that is out. */
interface Flight<Operation> {
  readonly operations: readonly Operation[];
  readonly timer: NodeJS.Timeout;
}

const WRITABLE: StoreHealth = { kind: 'writable' };
const QUEUE_FULL: Unavailable = { kind: 'unavailable', reason: 'queue_full', retryAfterSeconds: 1 };
const REFUSED: Unavailable = { kind: 'unavailable', reason: 'storage', retryAfterSeconds: 5 };

/** The writes of a store that wait, and whether it takes any. */
export class WriteQueue<Operation extends Waiting> {
  readonly #bounds: QueueBounds;
  readonly #listener: StoreListener;
  readonly #send: SendCommit<Operation>;
  readonly #writes: Operation[] = [];
  /** Slices of bulk work: one in each commit, so that expiring many delays nobody's renewal. */
  readonly #upkeep: Operation[] = [];
  #flight: Flight<Operation> | undefined;
  #health: StoreHealth = WRITABLE;
  #departureSet = false;
  #stopped = false;
  #drained: (() => void) | undefined;

  constructor(bounds: QueueBounds, listener: StoreListener, send: SendCommit<Operation>) {
    this.#bounds = bounds;
    this.#listener = listener;
    this.#send = send;
  }

  /** Queues a write. It is refused at once where the queue is full or the storage refuses. */
  addWrite(operation: Operation): void {
    if (this.#refusing) return operation.refuse(REFUSED);
    if (this.#writes.length >= this.#bounds.maxQueuedWrites) return operation.refuse(QUEUE_FULL);
    this.#writes.push(operation);
    this.#setDeparture();
  }

  /** Queues a slice of bulk work. Its number is bounded by whoever cut the slices. */
  addUpkeep(operation: Operation): void {
    if (this.#refusing) return operation.refuse(REFUSED);
    this.#upkeep.push(operation);
    this.#setDeparture();
  }

  /** Sends a sign of life with the next commit; where the storage refuses, as a probe, to find out whether it still does. */
  addSignOfLife(operation: Operation): void {
    if (this.#refusing) return this.addProbe(operation);
    this.#writes.push(operation);
    this.#setDeparture();
  }

  /** Sends something alone, to be done only if there is room for more. Refused while a commit is out. */
  addProbe(operation: Operation): void {
    if (this.#stopped || this.#flight) operation.refuse(REFUSED);
    else this.#depart([operation], true);
  }

  /** The commit that was out is done; `read` says what it changed, as far as nobody has applied it yet. */
  committed(read: (operations: readonly Operation[]) => Commit | undefined): void {
    const { operations } = this.#land();
    // First of all the next one: it is committed while this thread applies the last one.
    this.#departNext();
    const commit = read(operations);
    if (commit !== undefined && commit.changes.length > 0) this.#listener.applied(commit);
    for (const operation of operations) operation.settle();
    if (this.#health.kind === 'refusing' && !this.#stopped) this.#setHealth(WRITABLE);
    this.#tellDrained();
  }

  /** The commit that was out was not done, nor will what waits be. */
  failed(message: string): void {
    const { operations } = this.#land();
    this.#refuseAll(operations, message);
    this.#tellDrained();
  }

  /** Nothing will ever be committed again. */
  broken(message: string): void {
    const operations = this.#flight ? this.#land().operations : [];
    this.#stopped = true;
    this.#refuseAll(operations, message);
    this.#tellDrained();
  }

  /** Takes nothing new, and resolves when everything that waits has been committed or refused. */
  drain(): Promise<void> {
    this.#stopped = true;
    return new Promise((resolve) => {
      this.#drained = resolve;
      this.#tellDrained();
    });
  }

  get #refusing(): boolean {
    return this.#stopped || this.#health.kind === 'refusing';
  }

  /** The first write waits for the others of the same turn of the event loop. */
  #setDeparture(): void {
    if (this.#departureSet || this.#flight) return;
    this.#departureSet = true;
    setImmediate(() => {
      this.#departureSet = false;
      this.#departNext();
    });
  }

  #departNext(): void {
    if (this.#flight) return;
    const operations = this.#takeBatch();
    if (operations.length > 0) this.#depart(operations, false);
  }

  #takeBatch(): Operation[] {
    const batch = this.#writes.splice(0, this.#bounds.maxBatchWrites);
    const slice = this.#upkeep.shift();
    if (slice) batch.push(slice);
    return batch;
  }

  #depart(operations: readonly Operation[], probe: boolean): void {
    const timer = setTimeout(() => this.#overdue(operations), this.#bounds.writeTimeoutMs);
    this.#flight = { operations, timer };
    this.#send(operations, probe);
  }

  #land(): Flight<Operation> {
    const flight = this.#flight;
    if (!flight) throw new Error('an answer came to a commit that was not asked for');
    clearTimeout(flight.timer);
    this.#flight = undefined;
    return flight;
  }

  /** The commit stays out: should it succeed after all, its changes are applied like any other's. */
  #overdue(operations: readonly Operation[]): void {
    const seconds = this.#bounds.writeTimeoutMs / 1_000;
    this.#refuseAll(operations, `a commit takes longer than ${seconds} s: the storage is too slow`);
  }

  #refuseAll(operations: readonly Operation[], message: string): void {
    this.#setHealth({ kind: 'refusing', message });
    const waiting = [...operations, ...this.#writes.splice(0), ...this.#upkeep.splice(0)];
    for (const operation of waiting) operation.refuse(REFUSED);
  }

  #setHealth(health: StoreHealth): void {
    const same = health.kind === this.#health.kind;
    this.#health = health;
    if (!same) this.#listener.healthChanged(health);
  }

  #tellDrained(): void {
    if (this.#flight || this.#writes.length > 0 || this.#upkeep.length > 0) return;
    this.#drained?.();
  }
}
