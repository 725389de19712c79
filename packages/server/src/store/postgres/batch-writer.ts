/**
 * Makes a batch: takes the lock, reads what the work is about, lets it be decided, and writes it all in
 * one transaction.
 *
 * Invariant: revisions are taken under the lock, and the lock is held to the commit, so commit order is
 * revision order on all nodes together. A batch whose commit was not answered is looked for by its id,
 * under the lock, before it is made again: it is committed once or not at all. Cost: four round trips
 * and a sync for a batch, and some 20 µs of the database for each write in it.
 */
import type { Change } from '../contract.js';
import type { Position } from '../history.js';
import { type Authorship, Draft } from './draft.js';
import { writeDraft } from './draft-writing.js';
import { findBatch, lockFeed, type Queries, readFeed, readProviders } from './feed-queries.js';
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
  readonly highWaterMark: number;
  readonly leaseMs: number;
  /** As it was read, before this batch. */
  readonly feed: FeedRow;
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
    return this.#line.transact(msMax, 'BEGIN', (sql) => this.#make(sql));
  }

  async #make(sql: Queries): Promise<Written> {
    const { batchId, knownBatch } = this.#authorship;
    const providerIds = [...new Set(this.#works.flatMap((work) => work.providerIds))];
    const before = this.#attempted;
    const [, number, feed, rows] = await Promise.all([
      lockFeed(sql),
      before && findBatch(sql, batchId),
      readFeed(sql, knownBatch),
      readProviders(sql, providerIds),
    ]);
    // No wait between what was read and what is written: a connection that is lost here fails both.
    if (before !== undefined && number !== undefined) return before;
    const draft = new Draft(feed, rows, this.#authorship);
    for (const work of this.#works) work.carryOut(draft);
    const written = this.#writtenBy(draft);
    this.#attempted = written;
    if (draft.isBatch || draft.isSign) await writeDraft(sql, draft, this.#authorship);
    return written;
  }

  #writtenBy(draft: Draft): Written {
    const { feed, changes, position, highWaterMark, leaseMs, isBatch, isNewEpoch } = draft;
    return {
      number: feed.batch + (isBatch ? 1 : 0),
      id: isBatch ? this.#authorship.batchId : feed.batch_id,
      changes,
      isNewEpoch,
      position,
      highWaterMark,
      leaseMs,
      feed,
    };
  }
}
