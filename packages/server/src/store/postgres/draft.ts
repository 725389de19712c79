/**
 * A batch in the making: what is stored of the providers it is about, and what it changes. It asks
 * nobody and waits for nothing: it is filled while the lock is held.
 *
 * Invariant: nothing leaves it but by the one transaction that writes all of it.
 */
import { LIMITS, type ProviderId } from 'golem-vm-discovery-protocol';
import type { Change } from '../contract.js';
import { EPOCHS_MAX, type Position, type Revised } from '../history.js';
import { type Passage, Traffic } from '../traffic.js';
import { type FeedRow, leaseTimeOf, parseEarlier } from './feed-row.js';
import type { ListedRow, ProviderRow } from './provider-row.js';
import { type HistoryRow, shownText, termsOf, termsText } from './past-changes.js';

/** Who makes a batch, and what it is called. */
export interface Authorship {
  readonly node: string;
  readonly batchId: string;
  /** What a new epoch would be called. */
  readonly newEpoch: string;
  /** The last batch that this node has applied, and the epoch that it believes in. */
  readonly epoch: string;
  readonly knownBatch: number;
  readonly knownId: string;
}

/** How long a keeper may be silent before another node takes over. */
export const KEEPER_MS_MAX = 2_000;

export class Draft {
  readonly feed: FeedRow;
  leaseMs: number;
  readonly changes: Change[] = [];
  readonly history: HistoryRow[] = [];
  readonly traffic = new Traffic();
  highWaterMark: number;
  newestT: number;
  lastAliveMs: number | null;
  revivedMs: number;
  /** Forget all changes of the past up to here. */
  changesAfter: number;
  /** Whether there is anything to write, besides changes. */
  isSign = false;
  readonly #rows: Map<ProviderId, ProviderRow>;
  readonly #touched = new Set<ProviderId>();
  readonly #authorship: Authorship;
  #position: Position;
  #earlier: string;
  #takesOver = false;

  constructor(feed: FeedRow, rows: readonly ProviderRow[], authorship: Authorship) {
    this.feed = feed;
    this.leaseMs = leaseTimeOf(feed);
    this.#rows = new Map(rows.map((row) => [row.provider_id, row]));
    this.#authorship = authorship;
    this.highWaterMark = feed.high_water_mark;
    this.newestT = feed.newest_t;
    this.lastAliveMs = feed.last_alive_ms;
    this.revivedMs = feed.revived_ms;
    this.changesAfter = feed.changes_after;
    this.#position = { epoch: feed.epoch, revision: feed.revision };
    this.#earlier = feed.earlier;
    this.#beginEpochWhereRewound();
  }

  get position(): Position {
    return this.#position;
  }

  get earlier(): string {
    return this.#earlier;
  }

  get isNewEpoch(): boolean {
    return this.#position.epoch !== this.feed.epoch;
  }

  /** Whether others are to hear of it. */
  get isBatch(): boolean {
    return this.changes.length > 0 || this.isNewEpoch;
  }

  /** Sweep from now on, whoever did before. */
  takeOver(): void {
    this.#takesOver = true;
  }

  /** Whether this node sweeps from now on. */
  get isKeeper(): boolean {
    if (this.#takesOver) return true;
    const { keeper, keeper_ms, now_ms } = this.feed;
    return keeper === this.#authorship.node || Math.abs(now_ms - keeper_ms) > KEEPER_MS_MAX;
  }

  row(providerId: ProviderId): ProviderRow | undefined {
    return this.#rows.get(providerId);
  }

  put(row: ProviderRow): void {
    this.#rows.set(row.provider_id, row);
    this.#touched.add(row.provider_id);
    this.newestT = Math.max(this.newestT, row.t ?? 0);
  }

  delete(providerId: ProviderId): void {
    this.#rows.delete(providerId);
    this.#touched.add(providerId);
  }

  /** The rows to be written, and the ids of those to be deleted. */
  written(): { readonly put: readonly ProviderRow[]; readonly deleted: readonly ProviderId[] } {
    const touched = [...this.#touched];
    return {
      put: touched.flatMap((id) => this.#rows.get(id) ?? []),
      deleted: touched.filter((id) => !this.#rows.has(id)),
    };
  }

  /** Gives the next revision to a listing that begins or says something else. */
  revise(before: ListedRow | undefined, after: ListedRow, atMs: number): Revised {
    if (before === undefined) this.traffic.note(atMs, 'arrived');
    return this.#append(after.provider_id, atMs, {
      before: before && termsText(before),
      after: shownText(after),
    });
  }

  /** Gives the next revision to a listing that ends. */
  reviseEnd(before: ListedRow, ended: Exclude<Passage, 'arrived'>, atMs: number): Revised {
    this.traffic.note(atMs, ended);
    return this.#append(before.provider_id, atMs, { before: termsText(before), ended });
  }

  raiseMark(t: number): void {
    this.highWaterMark = Math.max(this.highWaterMark, t);
  }

  get leadMsMax(): number {
    return LIMITS.signatureLeadMsMax;
  }

  #append(
    providerId: ProviderId,
    atMs: number,
    { before, after, ended }: { before: string | undefined; after?: string; ended?: string },
  ): Revised {
    const revision = this.#position.revision + 1;
    this.#position = { ...this.#position, revision };
    const [before_, after_] = [before ?? null, after ?? null];
    this.history.push({
      revision,
      at_ms: atMs,
      provider_id: providerId,
      ended: ended ?? null,
      before: before_,
      after: after_,
    });
    return { revision, before: termsOf(before_) };
  }

  /**
   * Before any revision is taken: on another line of the database's history, or where what this node
   * applied last is not what stands there, no revision may be given out under the old name. On another
   * line everything up to here is what it was; where the database says that nothing happened, and yet it
   * lost what this node knows, nobody can say since when.
   */
  #beginEpochWhereRewound(): void {
    const { feed } = this;
    const isMoved = feed.line !== '' && feed.line !== feed.current_line;
    const isLost = feed.epoch === this.#authorship.epoch && isRewound(feed, this.#authorship);
    if (!isMoved && !isLost) return;
    const earlier = isLost ? [] : [...parseEarlier(feed.earlier), this.#position];
    this.#earlier = JSON.stringify(earlier.slice(-EPOCHS_MAX));
    this.#position = { epoch: this.#authorship.newEpoch, revision: feed.revision };
  }
}

/** Whether the last batch that a node knows is not the one that stands in its place. */
export function isRewound(
  { batch, known_id }: Pick<FeedRow, 'batch' | 'known_id'>,
  { knownBatch, knownId }: Pick<Authorship, 'knownBatch' | 'knownId'>,
): boolean {
  return batch < knownBatch || (known_id !== null && known_id !== knownId);
}
