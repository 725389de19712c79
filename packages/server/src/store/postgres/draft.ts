/**
 * A batch in the making: what is stored of the providers it is about, and what it changes. It asks
 * nobody and waits for nothing.
 *
 * It is filled on a reading of the feed from before the lock, and stands on the one under the lock when it
 * is written. So it holds differences, and says where everything stands by adding them to the reading
 * on which it stands. Invariant: nothing leaves it but by the one transaction that writes all of it.
 */
import { LIMITS, type ProviderId } from 'golem-vm-discovery-protocol';
import type { Change } from '../contract.js';
import { EPOCHS_MAX, type Position, type Revised } from '../history.js';
import { type Passage, Traffic } from '../traffic.js';
import { type FeedRow, leaseTimeOf, parseEarlier } from './feed-row.js';
import { isListed, type ListedRow, type ProviderRow } from './provider-row.js';
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

/** The rows of a draft, by what has to be done with them. */
export interface WrittenRows {
  /** Of providers of whom nothing is stored. */
  readonly inserted: readonly ProviderRow[];
  readonly replaced: readonly ProviderRow[];
  /** Of providers who say what they said before: the words are there already. */
  readonly renewed: readonly ListedRow[];
  readonly deleted: readonly ProviderId[];
}

/** How long a keeper may be silent before another node takes over. */
export const KEEPER_MS_MAX = 2_000;

export class Draft {
  readonly changes: Change[] = [];
  readonly traffic = new Traffic();
  /** Whether there is anything to write, besides changes. */
  isSign = false;
  #feed: FeedRow;
  readonly #found: ReadonlyMap<ProviderId, ProviderRow>;
  readonly #rows: Map<ProviderId, ProviderRow>;
  readonly #touched = new Set<ProviderId>();
  readonly #authorship: Authorship;
  readonly #history: Omit<HistoryRow, 'revision'>[] = [];
  /** The same as in `changes`: what they say of revisions moves with the feed. */
  readonly #revised: { revision: number; readonly before: Revised['before'] }[] = [];
  #raisedTo = 0;
  #loweredTo = Infinity;
  #newestPut = 0;
  #newestLowered: { readonly from: number; readonly to: number } | undefined;
  #aliveMs: number | undefined;
  #forgottenUpTo = 0;
  #revival: { readonly leaseMsMore: number } | undefined;
  #takesOver = false;
  #reliesOnT = Infinity;
  #reliesOnLeaseMs = Infinity;

  constructor(feed: FeedRow, rows: readonly ProviderRow[], authorship: Authorship) {
    this.#feed = feed;
    this.#found = new Map(rows.map((row) => [row.provider_id, row]));
    this.#rows = new Map(this.#found);
    this.#authorship = authorship;
  }

  /** The reading on which it stands. */
  get feed(): FeedRow {
    return this.#feed;
  }

  get leadMsMax(): number {
    return LIMITS.signatureLeadMsMax;
  }

  get position(): Position {
    const { epoch, revision } = this.#feed;
    return {
      epoch: this.isNewEpoch ? this.#authorship.newEpoch : epoch,
      revision: revision + this.#history.length,
    };
  }

  /** Where earlier epochs ended, as JSON. */
  get earlier(): string {
    const { earlier, epoch, revision } = this.#feed;
    if (!this.isNewEpoch) return earlier;
    // Where the database lost what this node knows, nobody can say since when.
    const kept = this.#isLost ? [] : [...parseEarlier(earlier), { epoch, revision }];
    return JSON.stringify(kept.slice(-EPOCHS_MAX));
  }

  /**
   * On another line of the database's history, or where what this node applied last is not what
   * stands there, no revision may be given out under the old name.
   */
  get isNewEpoch(): boolean {
    const { line, current_line } = this.#feed;
    return (line !== '' && line !== current_line) || this.#isLost;
  }

  get #isLost(): boolean {
    const { epoch } = this.#authorship;
    return this.#feed.epoch === epoch && isRewound(this.#feed, this.#authorship);
  }

  /** Whether others are to hear of it. */
  get isBatch(): boolean {
    return this.changes.length > 0 || this.isNewEpoch;
  }

  get highWaterMark(): number {
    return Math.max(this.#raisedTo, Math.min(this.#loweredTo, this.#feed.high_water_mark));
  }

  get newestT(): number {
    const { newest_t } = this.#feed;
    const lowered = this.#newestLowered;
    return Math.max(this.#newestPut, lowered?.from === newest_t ? lowered.to : newest_t);
  }

  get lastAliveMs(): number | null {
    const { last_alive_ms } = this.#feed;
    return this.#aliveMs === undefined
      ? last_alive_ms
      : Math.max(this.#aliveMs, last_alive_ms ?? 0);
  }

  get leaseMs(): number {
    return leaseTimeOf(this.#feed) + (this.#revival?.leaseMsMore ?? 0);
  }

  get revivedMs(): number {
    return this.#revival ? leaseTimeOf(this.#feed) : this.#feed.revived_ms;
  }

  /** All changes of the past up to here are to be forgotten. */
  get changesAfter(): number {
    return Math.max(this.#feed.changes_after, this.#forgottenUpTo);
  }

  /** Whether this node sweeps from now on. */
  get isKeeper(): boolean {
    if (this.#takesOver) return true;
    const { keeper, keeper_ms, now_ms } = this.#feed;
    return keeper === this.#authorship.node || Math.abs(now_ms - keeper_ms) > KEEPER_MS_MAX;
  }

  /** The rows of history, with their revisions. */
  get history(): readonly HistoryRow[] {
    const { revision } = this.#feed;
    return this.#history.map((row, index) => ({ revision: revision + 1 + index, ...row }));
  }

  /** The rows to be written. */
  get rows(): WrittenRows {
    const rows = { inserted: [], replaced: [], renewed: [], deleted: [] } as {
      -readonly [Kind in keyof WrittenRows]: WrittenRows[Kind][number][];
    };
    for (const providerId of this.#touched) {
      const before = this.#found.get(providerId);
      const after = this.#rows.get(providerId);
      if (after === undefined) rows.deleted.push(providerId);
      else if (before === undefined) rows.inserted.push(after);
      else if (isListed(after) && saysTheSame(before, after)) rows.renewed.push(after);
      else rows.replaced.push(after);
    }
    return rows;
  }

  /**
   * Whether what was decided holds on a reading from under the lock: rows can't have changed, whoever
   * decides on them has locked them; what stands beside them can.
   */
  holdsOn(feed: FeedRow): boolean {
    const isMarkPassed = feed.high_water_mark > this.#feed.high_water_mark;
    return (
      feed.revived_ms === this.#feed.revived_ms &&
      !(isMarkPassed && feed.high_water_mark >= this.#reliesOnT) &&
      leaseTimeOf(feed) <= this.#reliesOnLeaseMs
    );
  }

  /** Stands on another reading: revisions go on from there. */
  standOn(feed: FeedRow): void {
    const moved = feed.revision - this.#feed.revision;
    for (const revised of this.#revised) revised.revision += moved;
    this.#feed = feed;
  }

  /** Something was accepted for being later than the mark, and as long as the clock of leases shows no more than this. */
  relyOn(t: number | undefined, leaseMs = Infinity): void {
    this.#reliesOnT = Math.min(this.#reliesOnT, t ?? Infinity);
    this.#reliesOnLeaseMs = Math.min(this.#reliesOnLeaseMs, leaseMs);
  }

  row(providerId: ProviderId): ProviderRow | undefined {
    return this.#rows.get(providerId);
  }

  put(row: ProviderRow): void {
    this.#rows.set(row.provider_id, row);
    this.#touched.add(row.provider_id);
    this.#newestPut = Math.max(this.#newestPut, row.t ?? 0);
  }

  delete(providerId: ProviderId): void {
    this.#rows.delete(providerId);
    this.#touched.add(providerId);
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
    this.#raisedTo = Math.max(this.#raisedTo, t);
  }

  lowerMark(t: number): void {
    this.#loweredTo = Math.min(this.#loweredTo, t);
    this.isSign = true;
  }

  /** Nothing that is stored is later any more, unless something was stored since `from` was the latest. */
  lowerNewest(from: number, to: number): void {
    this.#newestLowered = { from, to };
  }

  beAliveAt(ms: number): void {
    this.#aliveMs = ms;
    this.isSign = true;
  }

  forgetUpTo(revision: number): void {
    this.#forgottenUpTo = Math.max(this.#forgottenUpTo, revision);
  }

  /** Sweep from now on, whoever did before. */
  takeOver(): void {
    this.#takesOver = true;
  }

  /** Counts all leases anew from now, and then lets the clock of leases leap. */
  revive(leaseMsMore: number): void {
    this.#revival = { leaseMsMore };
    this.isSign = true;
  }

  #append(
    providerId: ProviderId,
    atMs: number,
    { before, after, ended }: { before: string | undefined; after?: string; ended?: string },
  ): Revised {
    const texts = { before: before ?? null, after: after ?? null };
    this.#history.push({ at_ms: atMs, provider_id: providerId, ended: ended ?? null, ...texts });
    const revision = this.#feed.revision + this.#history.length;
    const revised = { revision, before: termsOf(texts.before) };
    this.#revised.push(revised);
    return revised;
  }
}

function saysTheSame(before: ProviderRow, after: ListedRow): boolean {
  return (
    isListed(before) && before.body === after.body && before.advertisement === after.advertisement
  );
}

/** Whether the last batch that a node knows is not the one that stands in its place. */
export function isRewound(
  { batch, known_id }: Pick<FeedRow, 'batch' | 'known_id'>,
  { knownBatch, knownId }: Pick<Authorship, 'knownBatch' | 'knownId'>,
): boolean {
  return batch < knownBatch || (known_id !== null && known_id !== knownId);
}
