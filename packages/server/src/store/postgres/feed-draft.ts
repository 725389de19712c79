/**
 * What a batch in the making changes in the one row of the feed: the mark, the clock of leases, who sweeps.
 *
 * It holds differences, and says where everything stands by adding them to the reading of the row on which
 * it stands: the one from before the lock while a batch is decided, the one from under it when it is written.
 */
import { EPOCHS_MAX } from '../history.js';
import { type FeedRow, leaseTimeOf, parseEarlier } from './feed-row.js';

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

export class FeedDraft {
  readonly #authorship: Authorship;
  #row: FeedRow;
  #raisedTo = 0;
  #loweredTo = Infinity;
  #newestStored = 0;
  #newestLowered: { readonly from: number; readonly to: number } | undefined;
  #aliveMs: number | undefined;
  #forgottenUpTo = 0;
  #leap: number | undefined;
  #takesOver = false;
  #isSign = false;

  constructor(row: FeedRow, authorship: Authorship) {
    this.#row = row;
    this.#authorship = authorship;
  }

  /** The reading on which it stands. */
  get row(): FeedRow {
    return this.#row;
  }

  /** Whether there is anything to write, though nobody has to hear of it. */
  get isSign(): boolean {
    return this.#isSign;
  }

  get epoch(): string {
    return this.isNewEpoch ? this.#authorship.newEpoch : this.#row.epoch;
  }

  /** Where earlier epochs ended, as JSON. */
  get earlier(): string {
    const { earlier, epoch, revision } = this.#row;
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
    const { line, current_line } = this.#row;
    return (line !== '' && line !== current_line) || this.#isLost;
  }

  get highWaterMark(): number {
    return Math.max(this.#raisedTo, Math.min(this.#loweredTo, this.#row.high_water_mark));
  }

  get newestT(): number {
    const { newest_t } = this.#row;
    const lowered = this.#newestLowered;
    return Math.max(this.#newestStored, lowered?.from === newest_t ? lowered.to : newest_t);
  }

  get lastAliveMs(): number | null {
    const { last_alive_ms } = this.#row;
    return this.#aliveMs === undefined
      ? last_alive_ms
      : Math.max(this.#aliveMs, last_alive_ms ?? 0);
  }

  get leaseMs(): number {
    return leaseTimeOf(this.#row) + (this.#leap ?? 0);
  }

  get revivedMs(): number {
    return this.#leap === undefined ? this.#row.revived_ms : leaseTimeOf(this.#row);
  }

  /** All changes of the past up to here are to be forgotten. */
  get changesAfter(): number {
    return Math.max(this.#row.changes_after, this.#forgottenUpTo);
  }

  /** Whether this node sweeps from now on. */
  get isKeeper(): boolean {
    if (this.#takesOver) return true;
    const { keeper, keeper_ms, now_ms } = this.#row;
    return keeper === this.#authorship.node || Math.abs(now_ms - keeper_ms) > KEEPER_MS_MAX;
  }

  standOn(row: FeedRow): void {
    this.#row = row;
  }

  /** Writes even where nothing else changed: that the clock of leases goes on, and who sweeps. */
  giveSign(): void {
    this.#isSign = true;
  }

  raiseMark(t: number): void {
    this.#raisedTo = Math.max(this.#raisedTo, t);
  }

  lowerMark(t: number): void {
    this.#loweredTo = Math.min(this.#loweredTo, t);
    this.giveSign();
  }

  /** A time that is stored from now on. */
  noteStored(t: number): void {
    this.#newestStored = Math.max(this.#newestStored, t);
  }

  /** Nothing that is stored is later any more, unless something was stored since `from` was the latest. */
  lowerNewest(from: number, to: number): void {
    this.#newestLowered = { from, to };
  }

  beAliveAt(ms: number): void {
    this.#aliveMs = ms;
    this.giveSign();
  }

  forgetUpTo(revision: number): void {
    this.#forgottenUpTo = Math.max(this.#forgottenUpTo, revision);
  }

  /** Sweep from now on, whoever did before. */
  takeOver(): void {
    this.#takesOver = true;
  }

  /** Counts all leases anew from now, and then lets the clock of leases leap so far. */
  revive(leapMs: number): void {
    this.#leap = leapMs;
    this.giveSign();
  }

  get #isLost(): boolean {
    return this.#row.epoch === this.#authorship.epoch && isRewound(this.#row, this.#authorship);
  }
}

/** Whether the last batch that a node knows is not the one that stands in its place. */
export function isRewound(
  { batch, known_id }: Pick<FeedRow, 'batch' | 'known_id'>,
  { knownBatch, knownId }: Pick<Authorship, 'knownBatch' | 'knownId'>,
): boolean {
  return batch < knownBatch || (known_id !== null && known_id !== knownId);
}
