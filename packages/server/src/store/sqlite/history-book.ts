/**
 * The history in the file: gives each visible change its revision, keeps the last ones, and knows
 * which epoch this is. Invariants: the revisions that are kept have no gap and end with the last
 * one; after a commit that failed, everything in here is as it was before it.
 * Cost: one short row for each visible change, nothing for a renewal that changes nothing.
 */
import type { Database, Statement } from 'better-sqlite3';
import { EPOCHS_MAX, HISTORY_AGE_MS_MAX, HISTORY_CHANGES_MAX, type Position } from '../history.js';
import type { RevisedText } from './past-changes.js';
import { type HistoryColumns, seal } from './rows.js';

/** Rows over the bound before they are deleted: deleting many at once costs little more than one. */
const SURPLUS_ROWS = 1_024;

/** Rows whose age is looked at in one commit. */
const AGED_ROWS_MAX = 4_096;

/** Where the history stands. */
export interface HistoryMarks {
  readonly position: Position;
  /** The revision before the first that is kept. */
  readonly changesAfter: number;
  readonly earlier: readonly Position[];
  /** By the clock that stamps files; `null` while the file is in use. */
  readonly closedAtMs: number | null;
}

/** A change to be kept. */
export interface NewChange {
  readonly atMs: number;
  readonly providerId: string;
  readonly ended: HistoryColumns[3];
  readonly before: string | null;
  readonly after: string | null;
}

/** The tables `history` and `feed`. */
export class HistoryBook {
  #marks: HistoryMarks = {
    position: { epoch: '', revision: 0 },
    changesAfter: 0,
    earlier: [],
    closedAtMs: null,
  };
  #written = this.#marks;
  readonly #put: Statement;
  readonly #putFeed: Statement;
  readonly #deleteUpTo: Statement;
  readonly #oldest: Statement;

  constructor(db: Database) {
    this.#put = db.prepare('INSERT INTO history VALUES (?,?,?,?,?,?,?)');
    this.#putFeed = db.prepare('REPLACE INTO feed VALUES (1,?,?,?,?,?,?)');
    this.#deleteUpTo = db.prepare('DELETE FROM history WHERE revision <= ?');
    this.#oldest = db
      .prepare(
        `SELECT max(revision) FROM (SELECT revision, at_ms FROM history ORDER BY revision LIMIT ${AGED_ROWS_MAX})
         WHERE at_ms < ?`,
      )
      .pluck();
  }

  get marks(): HistoryMarks {
    return this.#marks;
  }

  /** Gives a change the next revision, and keeps it. */
  append({ atMs, providerId, ended, before, after }: NewChange): RevisedText {
    const { epoch, revision: last } = this.#marks.position;
    const revision = last + 1;
    this.#put.run(seal([revision, atMs, providerId, ended, before, after]));
    this.#marks = { ...this.#marks, position: { epoch, revision } };
    return { revision, before };
  }

  /** Goes on from where the file was closed, or from `marks` that were found in it. */
  resume(marks: HistoryMarks): void {
    this.#marks = { ...marks, closedAtMs: null };
  }

  /** Begins an epoch where the history stands; `trusted`: what was handed out before goes on to mean what it meant. */
  beginEpoch(epoch: string, trusted: boolean): void {
    const { position, earlier } = this.#marks;
    const known = position.epoch === '' ? earlier : [...earlier, position];
    this.#marks = {
      ...this.#marks,
      position: { epoch, revision: position.revision },
      earlier: trusted ? known.slice(-EPOCHS_MAX) : [],
    };
  }

  /** Forgets all changes, whatever their revisions; the revision stands. */
  clear(): void {
    this.#forgetUpTo(Number.MAX_SAFE_INTEGER);
    this.#marks = { ...this.#marks, changesAfter: this.#marks.position.revision };
  }

  /** Forgets what is older than the bound. */
  forgetAged(nowMs: number): void {
    const last: unknown = this.#oldest.get(nowMs - HISTORY_AGE_MS_MAX);
    if (typeof last === 'number') this.#forgetUpTo(last);
  }

  /** Notes that the file is being closed, with nothing left to write. */
  close(atMs: number): void {
    this.#marks = { ...this.#marks, closedAtMs: atMs };
  }

  /** Writes down where the history stands, if it moved: a last step of every commit. */
  writeMarks(): void {
    const { position, changesAfter } = this.#marks;
    const surplus = position.revision - changesAfter - HISTORY_CHANGES_MAX;
    if (surplus > SURPLUS_ROWS) this.#forgetUpTo(changesAfter + surplus);
    if (this.#marks === this.#written) return;
    const { earlier, closedAtMs } = this.#marks;
    const { epoch, revision } = position;
    const columns = [epoch, revision, this.#marks.changesAfter, JSON.stringify(earlier)] as const;
    this.#putFeed.run(seal([...columns, closedAtMs]));
    this.#written = this.#marks;
  }

  /** Returns to marks that were read before a commit, which failed. */
  returnTo(marks: HistoryMarks): void {
    this.#marks = marks;
    this.#written = marks;
  }

  #forgetUpTo(revision: number): void {
    this.#deleteUpTo.run(revision);
    this.#marks = { ...this.#marks, changesAfter: revision };
  }
}
