/**
 * Follows the feed: reads the batches of all nodes in order and hands them to the listener. Hints say
 * when to look, and looking finds the truth whether or not one came.
 *
 * Invariants: batches are applied in order, each once, with none left out; what can't be followed (a
 * node that was away for too long, a database that was set back) is read anew, and what was missed is told
 * as the difference. At most one look is under way, and one waits for it. Cost: one short question each time nothing happened.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { Change, Commit, SharedListener } from '../contract.js';
import { parseChanges } from './batch-changes.js';
import type { Written } from './batch-writer.js';
import { isRewound } from './feed-draft.js';
import { type BatchRow, type Queries, readBatches, readFeed } from './feed-queries.js';
import type { InheritedHistory, Position } from '../history.js';
import { type FeedRow, leaseTimeOf, positionOf } from './feed-row.js';
import type { Line } from './line.js';
import { changeTo, gone, isHeld } from './difference.js';
import { type Beside, readHistory, readSnapshot } from './snapshot.js';

/** Batches that are read at once. */
const BATCHES_AT_ONCE = 32;

/** How long a look may take. */
const LOOK_MS_MAX = 3_000;

/** Changes that are applied at once where everything is read anew. */
const CHANGES_AT_ONCE = 1_000;

/** What a follower is given. */
export interface FollowerParts {
  readonly line: Line;
  /** For reading everything anew, which may take long. */
  readonly snapshotLine: Line;
  readonly listener: SharedListener;
  /** Told of each reading of the row of the feed. */
  readonly observe: (feed: FeedRow) => void;
  /** Asked to write a sign of life, with which a new epoch begins. */
  readonly rewound: () => void;
}

/** Somebody who waits for a batch of an epoch. */
interface Waiting {
  readonly number: number;
  readonly epoch: string;
  readonly tell: () => void;
}

/** See the head of this file. */
export class FeedFollower {
  readonly #parts: FollowerParts;
  #number = 0;
  #id = '';
  #position: Position = { epoch: '', revision: 0 };
  #leaseMs = 0;
  #isCatchingUp = false;
  #looking: Promise<void> | undefined;
  #lookingNext: Promise<void> | undefined;
  readonly #waiting: Waiting[] = [];

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** What this node has applied, for whoever makes a batch. */
  get known(): { readonly epoch: string; readonly knownBatch: number; readonly knownId: string } {
    return { epoch: this.#position.epoch, knownBatch: this.#number, knownId: this.#id };
  }

  /** Where the history stands that has been applied. */
  get position(): Position {
    return this.#position;
  }

  /** The clock of leases, as it was read last. */
  get leaseMs(): number {
    return this.#leaseMs;
  }

  get isCatchingUp(): boolean {
    return this.#isCatchingUp;
  }

  /** Begins where a snapshot was taken. */
  beginAt(feed: FeedRow): void {
    this.#number = feed.batch;
    this.#id = feed.batch_id;
    this.#position = positionOf(feed);
    this.#observe(feed);
  }

  /** Reads what is new as of now. Rejects where the database can't be read; nothing is lost then. */
  look(): Promise<void> {
    if (this.#looking === undefined) return this.#lookNow();
    // The look that is under way may have been before what this one is for.
    const lookNow = (): Promise<void> => this.#lookNow();
    this.#lookingNext ??= this.#looking.then(lookNow, lookNow);
    return this.#lookingNext;
  }

  /** Resolves when the batch with this number has been applied, or its epoch is over. */
  async reach(number: number, epoch = this.#position.epoch): Promise<void> {
    if (this.#number >= number && this.#position.epoch === epoch) return;
    const reached = new Promise<void>((tell) => this.#waiting.push({ number, epoch, tell }));
    // Where this look fails, a later one will find it.
    this.look().catch(() => undefined);
    await reached;
  }

  /** What a batch of this node changed, unless it was read meanwhile like those of others. */
  take({ number, id, leaseMs, changes, position }: Written): Commit | undefined {
    if (number !== this.#number + 1 || position.epoch !== this.#position.epoch) return undefined;
    this.#stand(number, id, leaseMs, position);
    return { changes, position };
  }

  /** Nobody waits any longer. */
  close(): void {
    for (const { tell } of this.#waiting.splice(0)) tell();
  }

  #lookNow(): Promise<void> {
    this.#lookingNext = undefined;
    this.#looking = this.#lookOnce().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const { line } = this.#parts;
    const feed = await line.run(LOOK_MS_MAX, (sql) => readFeed(sql, this.#number));
    if (isRewound(feed, this.known)) {
      // First of all a new epoch: until there is one, two things could be called the same.
      if (feed.epoch === this.#position.epoch) return this.#parts.rewound();
      return this.#readAnew();
    }
    while (this.#number < feed.batch) {
      const after = this.#number;
      const batches = await line.run(LOOK_MS_MAX, (sql) =>
        readBatches(sql, after, BATCHES_AT_ONCE),
      );
      if (!(await this.#applyAll(batches))) return this.#readAnew();
      this.#isCatchingUp = feed.batch - this.#number > BATCHES_AT_ONCE;
    }
    this.#isCatchingUp = false;
    this.#observe(feed);
  }

  /** `false` where there is a gap. */
  async #applyAll(batches: readonly BatchRow[]): Promise<boolean> {
    if (batches.length === 0) return false;
    for (const batch of batches) {
      // A batch of this node may have been taken while these were read.
      if (batch.number <= this.#number) continue;
      if (batch.number !== this.#number + 1) return false;
      await this.#apply(batch);
    }
    return true;
  }

  async #apply(batch: BatchRow): Promise<void> {
    const changes = parseChanges(batch.changes);
    const position = positionOf(batch);
    if (batch.epoch === this.#position.epoch) {
      this.#stand(batch.number, batch.id, batch.lease_ms, position);
      if (changes.length > 0) this.#parts.listener.applied({ changes, position });
      return;
    }
    const history = await this.#parts.line.run(LOOK_MS_MAX, (sql) => historyOf(sql, batch));
    this.#stand(batch.number, batch.id, batch.lease_ms, position);
    this.#parts.listener.applied({ changes: changes.map(withoutRevision), position, history });
  }

  #stand(number: number, id: string, leaseMs: number, position: Position): void {
    const isOther = position.epoch !== this.#position.epoch;
    this.#position = position;
    this.#number = number;
    this.#id = id;
    this.#leaseMs = Math.max(this.#leaseMs, leaseMs);
    const waiting = this.#waiting.splice(0);
    for (const each of waiting) {
      const isReached = each.epoch === position.epoch ? each.number <= number : isOther;
      if (isReached) each.tell();
      else this.#waiting.push(each);
    }
  }

  #observe(feed: FeedRow): void {
    this.#leaseMs = Math.max(this.#leaseMs, leaseTimeOf(feed));
    this.#parts.observe(feed);
  }

  /** Tells what is other than what is held, provider by provider. */
  async #readAnew(): Promise<void> {
    this.#isCatchingUp = true;
    const { listener, snapshotLine } = this.#parts;
    const seen = new Set<ProviderId>();
    const changes: Change[] = [];
    let isRewoundHere = false;
    const beside = await readSnapshot(snapshotLine, this.#number, {
      begin: (feed) => {
        // What has the same number of grants in another history may be another lease.
        isRewoundHere = feed.epoch !== this.#position.epoch || isRewound(feed, this.known);
      },
      rows: (chunk) => {
        for (const row of chunk) {
          seen.add(row.provider_id);
          if (isRewoundHere || !isHeld(listener.held(row.provider_id), row))
            changes.push(changeTo(row));
        }
      },
    });
    for (const providerId of listener.heldIds()) {
      if (!seen.has(providerId)) changes.push(gone(providerId));
    }
    await this.#tell(changes, beside);
    this.#isCatchingUp = false;
  }

  /** In parts, so that reads go on in between. */
  async #tell(changes: readonly Change[], { feed, history }: Beside): Promise<void> {
    const { position } = history;
    this.#leaseMs = leaseTimeOf(feed);
    this.#parts.listener.applied({ changes: changes.slice(0, CHANGES_AT_ONCE), position, history });
    for (let start = CHANGES_AT_ONCE; start < changes.length; start += CHANGES_AT_ONCE) {
      await new Promise((resolve) => setImmediate(resolve));
      const part = changes.slice(start, start + CHANGES_AT_ONCE);
      this.#parts.listener.applied({ changes: part, position });
    }
    this.#stand(feed.batch, feed.batch_id, leaseTimeOf(feed), position);
    this.#observe(feed);
  }
}

async function historyOf(sql: Queries, batch: BatchRow): Promise<InheritedHistory> {
  const { earlier, changes_after } = await readFeed(sql, batch.number);
  return readHistory(sql, { ...positionOf(batch), earlier, changes_after });
}

/** In a commit that brings the history, which tells it already. */
function withoutRevision(change: Change): Change {
  return 'revised' in change ? { ...change, revised: undefined } : change;
}
