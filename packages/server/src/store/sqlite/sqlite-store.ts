/**
 * The SQLite store: one file, one writer, in a thread of its own. This is the main thread's side;
 * it never touches the file and never waits for a disk.
 *
 * Should the worker be lost (out of memory, or a bug), the store refuses for good and says so:
 * whether its last commit was done can't be known any more, so no view of the store can be trusted
 * to go on. Whoever supervises the hub starts it again; nothing acknowledged is lost.
 */
import { accept, LIMITS, type ProviderId, refuse, type Result } from 'golem-vm-discovery-protocol';
import type { Clock } from '../../telemetry/clock.js';
import type {
  AdvertiseOutcome,
  AdvertiseWrite,
  Change,
  Expiration,
  Inheritance,
  Memory,
  Store,
  StoreListener,
  StoreLoader,
  WithdrawOutcome,
  WithdrawWrite,
} from '../contract.js';
import { randomEpoch } from '../random-epoch.js';
import { UnreadableStore } from '../unreadable-store.js';
import { type QueueBounds, WriteQueue } from '../write-queue.js';
import type { FlatMessage, FlatReader, FlatWriter } from './flat-message.js';
import { inSlices } from '../in-slices.js';
import type { Chunk, Legacy } from './inheritance.js';
import {
  commitOf,
  PendingAdvertise,
  PendingUpkeep,
  PendingWithdraw,
  type PendingOperation,
  pushExpired,
  writeRequests,
} from './pending-operation.js';
import { readPastChanges } from './past-changes.js';
import { ProofReads, type Proofs } from './proof-reads.js';
import { readLowerReply, readProviderIds } from './replies.js';
import { writeExpire, writeForget, writeHeartbeat, writeLower } from './requests.js';
import { asProviderId, handOver } from './stored-rows.js';
import type { Report } from './thread-messages.js';
import { WorkerLink } from './worker-link.js';

/** How to open a store. */
export interface SqliteStoreOptions extends Partial<QueueBounds> {
  /** The file, made where it does not exist (its folder is not), or `:memory:`. */
  readonly path: string;
  /** Refuses what is no hub's file yet, instead of making it, or moving the Python hub's aside. Default `false`. */
  readonly onlyExisting?: boolean;
  readonly listener: StoreListener;
  readonly clock: Pick<Clock, 'wallMs'>;
  /** What a new epoch is called, `[0-9a-z]{1,32}`, never the same twice. Default: 64 random bits. */
  readonly newEpoch?: () => string;
  /** Called once if the store is lost for good: the hub has to be started again. `listener` has been told before. */
  readonly lost?: (message: string) => void;
  /** How long to wait at start for another process to let go of the file. Default 2 s: a hub that restarts may still be closing. */
  readonly busyTimeoutMs?: number;
  /** How long `close` waits for the disk. Default 10 s. */
  readonly closeTimeoutMs?: number;
}

/** The defaults: four commits may wait behind one, and an answer, good or bad, comes within some seconds. */
export const SQLITE_DEFAULTS = {
  maxQueuedWrites: 8_000,
  maxBatchWrites: 2_000,
  writeTimeoutMs: 3_000,
  busyTimeoutMs: 2_000,
  closeTimeoutMs: 10_000,
} as const;

/** Opens the file and takes it for this process alone; a refusal is one sentence that says what to do. The caller loads, and closes. */
export function openSqliteStore(options: SqliteStoreOptions): Promise<Result<Store, string>> {
  const { path, onlyExisting = false, busyTimeoutMs = SQLITE_DEFAULTS.busyTimeoutMs } = options;
  const leadMsMax = LIMITS.signatureLeadMsMax;
  const newEpoch = (options.newEpoch ?? randomEpoch)();
  return new Promise((resolve) => {
    const link = new WorkerLink({ path, onlyExisting, busyTimeoutMs, leadMsMax, newEpoch });
    link.attach({
      receive(report) {
        if (report.kind === 'refused') resolve(refuse(report.message));
        if (report.kind === 'opened')
          resolve(accept(new SqliteStore(link, options, report.notices)));
      },
      lost: (message) => resolve(refuse(`the store can't be started: ${message}`)),
    });
  });
}

class SqliteStore implements Store {
  readonly shared = undefined;
  readonly #link: WorkerLink;
  readonly #options: SqliteStoreOptions;
  readonly #queue: WriteQueue<PendingOperation>;
  readonly #proofs: ProofReads;
  readonly #notices: readonly string[];
  /** As they came: who resumes reads them, which may be nobody. */
  readonly #history: FlatMessage[] = [];
  #loading:
    | { loader: StoreLoader; done: (legacy: Legacy) => void; fail: (error: Error) => void }
    | undefined;
  #loaded = false;
  #beating: Promise<boolean> | undefined;
  #closing: Promise<void> | undefined;

  constructor(link: WorkerLink, options: SqliteStoreOptions, notices: readonly string[]) {
    this.#link = link;
    this.#options = options;
    this.#notices = notices;
    const bounds = { ...SQLITE_DEFAULTS, ...options };
    this.#queue = new WriteQueue(bounds, options.listener, (operations, probe) => {
      link.send({ kind: 'commit', requests: writeRequests(operations), probe });
    });
    this.#proofs = new ProofReads(bounds.writeTimeoutMs, (number, providerIds) => {
      link.send({ kind: 'prove', number, providerIds });
    });
    link.attach({
      receive: (report) => this.#receive(report),
      lost: (message) => this.#lose(message),
    });
  }

  async load(loader: StoreLoader): Promise<Inheritance> {
    if (this.#loading || this.#loaded) throw new Error('a store is loaded once');
    const legacy = await new Promise<Legacy>((done, fail) => {
      this.#loading = { loader, done, fail };
      this.#readOn();
    });
    this.#loading = undefined;
    this.#loaded = true;
    const chunks = this.#history.splice(0);
    const { history, notices } = legacy;
    const isKept = history.changesAfter < history.position.revision;
    return {
      ...legacy,
      history: { ...history, changes: isKept ? readPastChanges(chunks) : [] },
      notices: [...this.#notices, ...notices],
    };
  }

  proofs(providerIds: readonly ProviderId[]): Promise<Proofs> {
    return this.#proofs.read(providerIds);
  }

  advertise(write: AdvertiseWrite): Promise<AdvertiseOutcome> {
    return this.#afterLoad((resolve) => {
      this.#endLapsed(write);
      this.#queue.addWrite(new PendingAdvertise(write, resolve));
    });
  }

  withdraw(write: WithdrawWrite): Promise<WithdrawOutcome> {
    return this.#afterLoad((resolve) => {
      this.#queue.addWrite(new PendingWithdraw(write, resolve));
    });
  }

  expire(expirations: readonly Expiration[], endedAtMs: number): Promise<boolean> {
    return inSlices(expirations, (slice) =>
      this.#upkeep(
        (out) => writeExpire(out, slice, endedAtMs),
        (input, changes) => {
          pushExpired(input, changes, endedAtMs);
          return true;
        },
      ),
    );
  }

  forget(memories: readonly Pick<Memory, 'providerId' | 't'>[]): Promise<boolean> {
    return inSlices(memories, (slice) =>
      this.#upkeep(
        (out) => writeForget(out, slice),
        (input, changes) => {
          for (const providerId of readProviderIds(input)) {
            changes.push({ kind: 'forgotten', providerId: asProviderId(providerId) });
          }
          return true;
        },
      ),
    );
  }

  async lowerFutureTimes(nowMs: number): Promise<number | undefined> {
    for (let after: string | null = ''; ;) {
      const slice: string = after;
      const reply = await this.#upkeep(
        (out) => writeLower(out, nowMs, slice),
        (input, changes) => {
          const answer = readLowerReply(input);
          for (const providerId of answer.lowered) {
            changes.push({ kind: 'lowered', providerId: asProviderId(providerId), t: nowMs });
          }
          return answer;
        },
      );
      if (reply === undefined) return undefined;
      after = reply.next;
      if (after === null) return reply.highWaterMark;
    }
  }

  heartbeat(nowMs: number): Promise<boolean> {
    this.#beating ??= this.#afterLoad<boolean>((resolve) => {
      const tell = (alive: true | undefined): void => {
        this.#beating = undefined;
        resolve(alive === true);
      };
      const beat = new PendingUpkeep<true>(
        (out) => writeHeartbeat(out, nowMs),
        () => true,
        tell,
      );
      this.#queue.addSignOfLife(beat);
    });
    return this.#beating;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { closeTimeoutMs = SQLITE_DEFAULTS.closeTimeoutMs } = this.#options;
    await this.#link.end(this.#queue.drain(), closeTimeoutMs);
    this.#proofs.end();
    this.#loading?.fail(new Error('the store was closed while it was loading'));
  }

  #receive(report: Report): void {
    switch (report.kind) {
      case 'committed':
        return this.#queue.committed((operations) => commitOf(operations, report));
      case 'failed':
        return this.#queue.failed(report.message);
      case 'proven':
        return this.#proofs.proven(report.number, report.proofs);
      case 'chunk':
        // Ordered first, so that the worker reads on while this thread takes the rows in; and taken in
        // later, since Node goes on with messages, a thousand in a row, for as long as there are any.
        this.#readOn();
        return void setImmediate(() => this.#take(report.chunk));
      case 'read':
        return void setImmediate(() => this.#loading?.done(report.legacy));
      case 'unreadable':
        return this.#loading?.fail(new UnreadableStore(report.message));
      case 'opened':
      case 'refused':
        throw new Error(`the file was open already: ${report.kind}`);
    }
  }

  /** The history is read later, if at all. */
  #take({ kind, rows }: Chunk): void {
    if (kind === 'history') this.#history.push(rows);
    else if (this.#loading) handOver(kind, rows, this.#loading.loader);
  }

  #readOn(): void {
    this.#link.send({ kind: 'read', nowMs: this.#options.clock.wallMs() });
  }

  #lose(message: string): void {
    const sentence = `the thread of the store was lost (${message}): start the hub again`;
    this.#queue.broken(sentence);
    this.#proofs.end();
    this.#loading?.fail(new UnreadableStore(sentence));
    if (!this.#closing) this.#options.lost?.(sentence);
  }

  /** A write before everything stored was read would be decided against less than that: a bug. */
  async #afterLoad<Outcome>(add: (resolve: (outcome: Outcome) => void) => void): Promise<Outcome> {
    if (!this.#loaded) throw new Error('a store is loaded before it is written to');
    return new Promise(add);
  }

  #upkeep<Answer>(
    ask: (out: FlatWriter) => void,
    read: (input: FlatReader, changes: Change[]) => Answer,
  ): Promise<Answer | undefined> {
    return this.#afterLoad((resolve) => {
      this.#queue.addUpkeep(new PendingUpkeep(ask, read, resolve));
    });
  }

  /** Goes the way of the writes, right before the one that it belongs to. */
  #endLapsed({ providerId, lapsedGrant, receivedAtMs }: AdvertiseWrite): void {
    if (lapsedGrant === undefined) return;
    this.#queue.addWrite(
      new PendingUpkeep(
        (out) => writeExpire(out, [{ providerId, grant: lapsedGrant }], receivedAtMs),
        (input, changes) => pushExpired(input, changes, receivedAtMs),
        () => undefined,
      ),
    );
  }
}
