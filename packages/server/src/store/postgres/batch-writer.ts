/**
 * Makes a batch, in one transaction and three round trips: locks the rows that the work is about and lets
 * it be decided; writes the rows, and takes the lock of the feed; writes all that has an order, and commits.
 *
 * Invariants: revisions are taken under the lock of the feed, which is held to the commit, so commit order
 * is revision order on all nodes together. What was decided before the lock holds under it: the rows are
 * locked, and where anything else moved that the decision was built on, it is made again. Everybody locks
 * rows in the order of ids and the feed after them, so nobody can wait for each other. A batch whose commit
 * was not answered is looked for by its id, under the lock, before it is made again: it is committed once
 * or not at all. Cost: a sync for a batch, some 20 µs of the database for each write in it, of which those
 * under the lock, for which all nodes wait, are a quarter.
 */
import type { Change } from '../contract.js';
import type { Position } from '../history.js';
import { Draft } from './draft.js';
import { writeOrder, writeProviders } from './draft-writing.js';
import { findBatch, lockFeed, lockProviders, type Queries, readFeed } from './feed-queries.js';
import type { Authorship } from './feed-draft.js';
import type { FeedRow } from './feed-row.js';
import type { Line } from './line.js';
import type { PendingWork } from './pending-work.js';

/** What became of a batch. */
export interface Written {
  /** The number of the last batch: this one or, where it changed nothing, the one before. */
  readonly number: number;
  readonly id: string;
  readonly changes: readonly Change[];
  readonly isNewEpoch: boolean;
  readonly position: Position;
  readonly leaseMs: number;
}

/** What a decision was built on moved before it could be written; it is made again. */
class Moved extends Error {
  /** As PostgreSQL calls it: could not serialize. */
  readonly code = '40001';
}

/** Makes one batch out of some works, as often as it takes. */
export class BatchWriter {
  readonly #line: Line;
  readonly #works: readonly PendingWork[];
  readonly #authorship: Authorship;
  /** What the last attempt would have written; it may have been. */
  #attempted: Written | undefined;

  constructor(line: Line, works: readonly PendingWork[], authorship: Authorship) {
    this.#line = line;
    this.#works = works;
    this.#authorship = authorship;
  }

  /** Tries once. Rejects where it can't be known to be done. */
  async attempt(msMax: number): Promise<Written> {
    if (this.#attempted !== undefined) {
      const number = await this.#line.transact(msMax, 'BEGIN', (sql) => this.#find(sql));
      if (number !== undefined) return this.#attempted;
    }
    return this.#line.transact(msMax, 'BEGIN', (sql, commit) => this.#make(sql, commit));
  }

  /** A commit that is under way holds the lock: who has it knows what became of it. */
  async #find(sql: Queries): Promise<number | undefined> {
    const [, number] = await Promise.all([lockFeed(sql), findBatch(sql, this.#authorship.batchId)]);
    return number;
  }

  async #make(sql: Queries, commit: () => Promise<unknown>): Promise<Written> {
    const draft = await this.#decide(sql);
    if (!draft.isBatch && !draft.feed.isSign) return this.#writtenBy(draft);
    const [, feed] = await Promise.all([Promise.all(writeProviders(sql, draft)), this.#lock(sql)]);
    if (!draft.holdsOn(feed)) throw new Moved('what a batch was decided on has moved');
    draft.standOn(feed);
    // No wait from here to what is sent: a connection that is lost before it fails this attempt as a whole.
    this.#attempted = this.#writtenBy(draft);
    await Promise.all([...writeOrder(sql, draft, this.#authorship), commit()]);
    return this.#attempted;
  }

  /** The feed is read after the rows: whoever changed a row before it was locked has told the feed. */
  async #decide(sql: Queries): Promise<Draft> {
    const providerIds = [...new Set(this.#works.flatMap((work) => work.providerIds))];
    const [rows, feed] = await Promise.all([
      lockProviders(sql, providerIds),
      readFeed(sql, this.#authorship.knownBatch),
    ]);
    const draft = new Draft(feed, rows, this.#authorship);
    for (const work of this.#works) work.carryOut(draft);
    return draft;
  }

  async #lock(sql: Queries): Promise<FeedRow> {
    const [, feed] = await Promise.all([lockFeed(sql), readFeed(sql, this.#authorship.knownBatch)]);
    return feed;
  }

  #writtenBy(draft: Draft): Written {
    const { changes, position, isBatch } = draft;
    const { row, isNewEpoch, leaseMs } = draft.feed;
    return {
      number: row.batch + (isBatch ? 1 : 0),
      id: isBatch ? this.#authorship.batchId : row.batch_id,
      changes,
      isNewEpoch,
      position,
      leaseMs,
    };
  }
}
