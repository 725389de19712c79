/**
 * Turns a message of requests into one commit and a message of answers.
 *
 * Invariant: all of a message is committed, or none of it and the `Book` is as before. When
 * `commit` returns, a power cut can't take anything back: `synchronous=FULL` syncs each commit.
 * Cost: one sync for the message, and about 20 µs for each write in it.
 */
import type { Database, Statement } from 'better-sqlite3';
import type { Book } from './book.js';
import { type FlatMessage, FlatReader, FlatWriter } from './flat-message.js';
import { advertise, expire, forget, lower, withdraw } from './operations.js';
import {
  writeAdvertiseReply,
  writeEnded,
  writeLowered,
  writeLowerReply,
  writeProviderIds,
  writeWithdrawReply,
} from './replies.js';
import { readRequest, type Request } from './requests.js';

/** Rows after which the log is folded into the file: it stays under some 100 MB, and each fold rewrites pages that many rows share. */
const CHECKPOINT_EVERY_ROWS = 8_000;

/** What the probe wants to see free: as much as a usual commit needs. */
const PROBE_BYTES = 256 * 1_024;

/** Commits messages. */
export class Committer {
  readonly #db: Database;
  readonly #book: Book;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #fill: Statement;
  readonly #empty: Statement;

  constructor(db: Database, book: Book) {
    this.#db = db;
    this.#book = book;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#fill = db.prepare('REPLACE INTO room VALUES (1, zeroblob(?))');
    this.#empty = db.prepare('DELETE FROM room');
  }

  /** Commits and answers. Throws what SQLite throws; nothing was changed then. */
  commit(message: FlatMessage): FlatMessage {
    const answers = new FlatWriter();
    this.transact(() => {
      const requests = new FlatReader(message);
      while (!requests.finished) this.#carryOut(readRequest(requests), answers);
    });
    return answers.finish();
  }

  /** Runs changes of the `Book` as one commit, its meta row included. */
  transact(changes: () => void): void {
    const bookmark = this.#book.bookmark();
    try {
      this.#begin.run();
      changes();
      this.#book.writeMeta();
      this.#commit.run();
    } catch (error) {
      this.#book.returnTo(bookmark);
      // SQLite has ended the transaction by itself after some failures, such as a full disk.
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Throws unless there is room to write again. A heartbeat alone would fit into the log long
   * after a commit has stopped fitting, and the store would flap between the two.
   */
  probe(): void {
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    this.#fill.run(PROBE_BYTES);
    this.#empty.run();
  }

  /** Folds the log into the file when enough has gathered. Called between commits, so that no answer waits for it. */
  tidy(): void {
    if (this.#book.tables.rowsTouched < CHECKPOINT_EVERY_ROWS) return;
    this.#book.tables.rowsTouched = 0;
    this.#db.pragma('wal_checkpoint(PASSIVE)');
  }

  #carryOut(request: Request, answers: FlatWriter): void {
    switch (request.kind) {
      case 'advertise': {
        const { reply, loweredT } = advertise(this.#book, request);
        writeLowered(answers, loweredT);
        return writeAdvertiseReply(answers, reply);
      }
      case 'withdraw': {
        const { reply, loweredT } = withdraw(this.#book, request);
        writeLowered(answers, loweredT);
        return writeWithdrawReply(answers, reply);
      }
      case 'expire':
        return writeEnded(answers, expire(this.#book, request));
      case 'forget':
        return writeProviderIds(answers, forget(this.#book, request));
      case 'lower':
        return writeLowerReply(answers, lower(this.#book, request));
      case 'heartbeat':
        this.#book.marks = { ...this.#book.marks, lastAliveMs: request.nowMs };
        return this.#book.history.forgetAged(request.nowMs);
    }
  }
}
