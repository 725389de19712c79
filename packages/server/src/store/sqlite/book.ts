/**
 * What one commit works on: the rows, and the few values that stand beside them in `meta`.
 * Invariant: after a commit that failed, everything in here is as it was before it.
 */
import type { Database, Statement } from 'better-sqlite3';
import { HistoryBook, type HistoryMarks } from './history-book.js';
import { seal } from './rows.js';
import { type Tables, type Totals } from './tables.js';
import { TrafficBook } from './traffic-book.js';

/** The values of `meta` that are not about the rows. */
export interface Marks {
  /** The largest `t` ever purged. */
  readonly highWaterMark: number;
  readonly lastAliveMs: number | null;
}

/** A point to return to. */
export interface Bookmark {
  readonly marks: Marks;
  readonly totals: Totals;
  readonly newestT: number;
  readonly history: HistoryMarks;
}

/** The rows and the marks. */
export class Book {
  marks: Marks = { highWaterMark: 0, lastAliveMs: null };
  /** No stored `t` is greater: while it is not ahead of the clock, nothing needs lowering. */
  newestT = 0;
  readonly tables: Tables;
  readonly history: HistoryBook;
  readonly traffic: TrafficBook;
  /** How far ahead of now a signature may lie. */
  readonly leadMsMax: number;
  readonly #putMeta: Statement;

  constructor(db: Database, tables: Tables, leadMsMax: number) {
    this.tables = tables;
    this.history = new HistoryBook(db);
    this.traffic = new TrafficBook(db);
    this.leadMsMax = leadMsMax;
    this.#putMeta = db.prepare('REPLACE INTO meta VALUES (1,?,?,?,?,?)');
  }

  bookmark(): Bookmark {
    const { marks, newestT } = this;
    return { marks, totals: this.tables.totals, newestT, history: this.history.marks };
  }

  returnTo(bookmark: Bookmark): void {
    this.marks = bookmark.marks;
    this.tables.totals = bookmark.totals;
    this.newestT = bookmark.newestT;
    this.history.returnTo(bookmark.history);
    this.traffic.abandon();
  }

  raiseMark(t: number): void {
    if (t > this.marks.highWaterMark) this.marks = { ...this.marks, highWaterMark: t };
  }

  /** Writes the marks and totals: the last step of every commit. */
  writeMeta(): void {
    const { highWaterMark, lastAliveMs } = this.marks;
    const { rowCount, rowDigest } = this.tables.totals;
    this.#putMeta.run(seal([highWaterMark, lastAliveMs, rowCount, rowDigest]));
    this.history.writeMarks();
    this.traffic.write();
  }
}
