/**
 * The thread that owns the file: opens it, reads it, commits to it, closes it, one order after the
 * other. It is a thread of its own because a sync blocks whoever waits for it. It imports nothing of
 * the protocol but types: loading that takes most of a second, in every thread that does.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { Book } from './book.js';
import { Committer } from './committer.js';
import { type OpenedFile, openDatabaseFile, touchedAt } from './database-file.js';
import { explainFailure } from './failures.js';
import { type FlatMessage, FlatWriter } from './flat-message.js';
import { type Chunk, type Legacy, readInheritance, type Start } from './inheritance.js';
import { isIntact } from './rows.js';
import { writeProof } from './stored-rows.js';
import { Tables } from './tables.js';
import type { Order, Report, WorkerStart } from './thread-messages.js';

/** What answers orders while the file is open. */
class FileThread {
  readonly #db: Database;
  readonly #path: string;
  readonly #start: Omit<Start, 'nowMs'>;
  readonly #book: Book;
  readonly #committer: Committer;
  #reading: Generator<Chunk, Legacy> | undefined;
  #isRead = false;

  constructor(
    { db, rewound, touchedAtMs }: OpenedFile & { ok: true },
    { path, leadMsMax, newEpoch }: WorkerStart,
  ) {
    this.#db = db;
    this.#start = { rewound, touchedAtMs, newEpoch };
    this.#path = path;
    this.#book = new Book(db, new Tables(db), leadMsMax);
    this.#committer = new Committer(db, this.#book);
  }

  read(nowMs: number): Report {
    try {
      this.#reading ??= readInheritance(this.#db, this.#book, this.#committer, {
        nowMs,
        ...this.#start,
      });
      const step = this.#reading.next();
      if (step.done !== true) return { kind: 'chunk', chunk: step.value };
      this.#isRead = true;
      return { kind: 'read', legacy: step.value };
    } catch (error) {
      return { kind: 'unreadable', message: explainFailure(error, this.#path) };
    }
  }

  /** Every failure is an answer: the transaction was rolled back, and the file is as it was. */
  commit(requests: FlatMessage, probe: boolean): Report {
    try {
      if (probe) this.#committer.probe();
      const answers = this.#committer.commit(requests);
      return { kind: 'committed', answers, position: this.#book.history.marks.position };
    } catch (error) {
      return { kind: 'failed', message: explainFailure(error, this.#path) };
    }
  }

  /** A row that fails its checksum is left out: at the next start it will be too. */
  prove(number: number, providerIds: readonly string[]): Report {
    try {
      const out = new FlatWriter();
      for (const providerId of providerIds) {
        const row = this.#book.tables.listing(providerId);
        const signature = row?.[10] ?? null;
        if (row !== undefined && signature !== null && isIntact(row)) {
          writeProof(out, row, signature);
        }
      }
      return { kind: 'proven', number, proofs: out.finish() };
    } catch {
      return { kind: 'proven', number, proofs: undefined };
    }
  }

  tidy(): void {
    foldingMayFail(() => this.#committer.tidy());
  }

  close(): void {
    if (!this.#isRead) this.#stopReading();
    foldingMayFail(() => {
      this.#db.pragma('wal_checkpoint(TRUNCATE)');
      if (this.#isRead) this.#noteClosing();
    });
    this.#db.close();
  }

  #stopReading(): void {
    this.#reading?.return({
      lastAliveMs: undefined,
      highWaterMark: 0,
      damagedRows: 0,
      history: this.#book.history.marks,
      traffic: [],
      notices: [],
    });
  }

  /** By the clock that stamps files, which is the one that the next start can compare with. */
  #noteClosing(): void {
    const touchedAtMs = touchedAt(this.#path);
    if (touchedAtMs === undefined) return;
    this.#committer.transact(() => this.#book.history.close(touchedAtMs));
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }
}

/** A log that can't be folded into the file stays beside it and is read at the next start: nothing is lost. */
function foldingMayFail(fold: () => void): void {
  try {
    fold();
  } catch {
    return;
  }
}

function isStart(data: unknown): data is WorkerStart {
  return typeof data === 'object' && data !== null && 'path' in data && 'busyTimeoutMs' in data;
}

function main(): void {
  const port = parentPort;
  if (port === null || !isStart(workerData)) throw new Error('started without a file to open');
  const report = (message: Report): void => port.postMessage(message);
  const opened = openDatabaseFile(workerData);
  if (!opened.ok) return report({ kind: 'refused', message: opened.message });
  const thread = new FileThread(opened, workerData);
  report({ kind: 'opened', notices: opened.notices });
  port.on('message', (order: Order) => {
    if (order.kind === 'read') return report(thread.read(order.nowMs));
    if (order.kind === 'prove') return report(thread.prove(order.number, order.providerIds));
    if (order.kind === 'commit') {
      report(thread.commit(order.requests, order.probe));
      return thread.tidy();
    }
    port.close();
    return thread.close();
  });
}

main();
