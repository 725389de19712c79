/**
 * A batch in the making: what is stored of the providers it is about, and what it changes. It asks
 * nobody and waits for nothing. It is decided on a reading of the feed from before the lock, and
 * written on the one from under it, if what was decided holds there.
 *
 * Invariant: nothing leaves it but by the one transaction that writes all of it.
 */
import type { ProviderId, Terms } from 'golem-vm-discovery-protocol';
import type { Change } from '../contract.js';
import type { Position, Revised } from '../history.js';
import { type Passage, Traffic } from '../traffic.js';
import { type Authorship, FeedDraft } from './feed-draft.js';
import { type FeedRow, leaseTimeOf } from './feed-row.js';
import { isListed, type ListedRow, type ProviderRow } from './provider-row.js';
import { type HistoryRow, shownText, termsOf } from './past-changes.js';

/** The rows of a draft, by what has to be done with them. */
export interface WrittenRows {
  /** Of providers of whom nothing is stored. */
  readonly inserted: readonly ProviderRow[];
  readonly replaced: readonly ProviderRow[];
  /** Of providers who say what they said before: the words are there already. */
  readonly renewed: readonly ListedRow[];
  readonly deleted: readonly ProviderId[];
}

export class Draft {
  readonly feed: FeedDraft;
  readonly changes: Change[] = [];
  readonly traffic = new Traffic();
  readonly #found: ReadonlyMap<ProviderId, ProviderRow>;
  readonly #rows: Map<ProviderId, ProviderRow>;
  readonly #touched = new Set<ProviderId>();
  readonly #history: Omit<HistoryRow, 'revision'>[] = [];
  /** The same as in `changes`: what they say of revisions moves with the feed. */
  readonly #revised: { revision: number; readonly before: Revised['before'] }[] = [];
  #reliesOnT = Infinity;
  #reliesOnLeaseMs = Infinity;

  constructor(feed: FeedRow, rows: readonly ProviderRow[], authorship: Authorship) {
    this.feed = new FeedDraft(feed, authorship);
    this.#found = new Map(rows.map((row) => [row.provider_id, row]));
    this.#rows = new Map(this.#found);
  }

  /** Where the history stands after it. */
  get position(): Position {
    return { epoch: this.feed.epoch, revision: this.#revision };
  }

  /** Whether others are to hear of it. */
  get isBatch(): boolean {
    return this.changes.length > 0 || this.feed.isNewEpoch;
  }

  /** The rows of history, with their revisions. */
  get history(): readonly HistoryRow[] {
    const { revision } = this.feed.row;
    return this.#history.map((row, index) => ({ revision: revision + 1 + index, ...row }));
  }

  /** The rows to be written. */
  get rows(): WrittenRows {
    const inserted: ProviderRow[] = [];
    const replaced: ProviderRow[] = [];
    const renewed: ListedRow[] = [];
    const deleted: ProviderId[] = [];
    for (const providerId of this.#touched) {
      const before = this.#found.get(providerId);
      const after = this.#rows.get(providerId);
      if (after === undefined) deleted.push(providerId);
      else if (before === undefined) inserted.push(after);
      else if (isListed(after) && saysTheSame(before, after)) renewed.push(after);
      else replaced.push(after);
    }
    return { inserted, replaced, renewed, deleted };
  }

  /**
   * Whether what was decided holds on a reading from under the lock: rows can't have changed, whoever
   * decides on them has locked them; what stands beside them can.
   */
  holdsOn(feed: FeedRow): boolean {
    const { high_water_mark: mark, revived_ms } = this.feed.row;
    const isPassed = feed.high_water_mark > mark && feed.high_water_mark >= this.#reliesOnT;
    const isLate = leaseTimeOf(feed) > this.#reliesOnLeaseMs;
    return !isPassed && !isLate && feed.revived_ms === revived_ms;
  }

  /** Stands on another reading: revisions go on from there. */
  standOn(feed: FeedRow): void {
    const moved = feed.revision - this.feed.row.revision;
    for (const revised of this.#revised) revised.revision += moved;
    this.feed.standOn(feed);
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
    this.feed.noteStored(row.t ?? 0);
  }

  delete(providerId: ProviderId): void {
    this.#rows.delete(providerId);
    this.#touched.add(providerId);
  }

  /** Gives the next revision to a listing that begins or says something else. */
  revise(before: ListedRow | undefined, after: ListedRow, atMs: number): Revised {
    if (before === undefined) this.traffic.note(atMs, 'arrived');
    const what = { provider_id: after.provider_id, ended: null, after: shownText(after) };
    return this.#append({ at_ms: atMs, ...what }, before && termsOf(before));
  }

  /** Gives the next revision to a listing that ends. */
  reviseEnd(before: ListedRow, ended: Exclude<Passage, 'arrived'>, atMs: number): Revised {
    this.traffic.note(atMs, ended);
    const what = { provider_id: before.provider_id, ended, after: null };
    return this.#append({ at_ms: atMs, ...what }, termsOf(before));
  }

  get #revision(): number {
    return this.feed.row.revision + this.#history.length;
  }

  #append(row: Omit<HistoryRow, 'revision' | 'before'>, before: Terms | undefined): Revised {
    this.#history.push({ ...row, before: before ? JSON.stringify(before) : null });
    const revised = { revision: this.#revision, before };
    this.#revised.push(revised);
    return revised;
  }
}

function saysTheSame(before: ProviderRow, after: ListedRow): boolean {
  return (
    isListed(before) && before.body === after.body && before.advertisement === after.advertisement
  );
}
