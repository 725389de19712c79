/**
 * All watches of a hub: hears every change once, works out per group what it means, and tells it to
 * the members in slices, so that a thousand watchers hold up no request. While one batch is being
 * told to a group others gather, so the batches grow with the load and nothing waits for a timer.
 *
 * Invariant: what waits to be told to a group is bounded; past the bound its members read from the
 * feed by themselves. How many watches there may be is bounded by whoever opens them.
 */
import { accept, refuse, type Requirements, type Result } from 'golem-vm-discovery-protocol';
import type { AdvertisementIndex } from '../../matching/contract.js';
import type { Position } from '../../store/history.js';
import type { WatchDesk } from '../contract.js';
import type { SharedTruth } from '../../store/shared-truth.js';
import { behindOthers, stillLoading, stopping } from '../outcomes.js';
import type { Schedule } from '../schedule.js';
import type { ChangeFeed, FeedChange, FeedListener } from './change-feed.js';
import { Watch, type Watcher, type WatchEnd, type WatchParts } from './watch.js';
import { WATCH_BOUNDS, type WatchBounds } from './watch-bounds.js';
import { ToldChange } from './watch-event.js';
import type { EventBatch, Member, WatchGroup } from './watch-group.js';
import { WatchGroups } from './watch-groups.js';

/** How often every watcher is told how far it is. */
export const BOOKMARK_SECONDS = 15;

/** After a longer silence of those who share the store this hub may be behind them. */
const SILENT_MS_MAX = 2_000;

/** A batch on its way to the members of a group. */
interface Delivery {
  readonly group: WatchGroup;
  readonly batch: EventBatch;
  readonly members: Iterator<Member>;
}

/** See the head of this file. */
export class Watches implements FeedListener, WatchDesk {
  readonly #feed: ChangeFeed;
  readonly #bounds: WatchBounds;
  readonly #shared: SharedTruth | undefined;
  readonly #parts: Omit<WatchParts, 'group' | 'watcher' | 'closed'>;
  readonly #groups = new WatchGroups();
  readonly #concerned = new Set<WatchGroup>();
  /** All watches, by the second of the round in which they get their bookmark. */
  readonly #rounds = Array.from({ length: BOOKMARK_SECONDS }, () => new Set<Watch>());
  #delivery: Delivery | undefined;
  #isDelivering = false;
  #second = 0;
  #opened = 0;
  #state: 'loading' | 'open' | 'closed' = 'loading';
  #stopRounds: (() => void) | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(
    feed: ChangeFeed,
    index: AdvertisementIndex,
    bounds = WATCH_BOUNDS,
    shared?: SharedTruth,
  ) {
    this.#feed = feed;
    this.#shared = shared;
    this.#bounds = bounds;
    const isSettled = (group: WatchGroup): boolean =>
      group.pending === 0 && this.#delivery?.group !== group;
    this.#parts = { feed, index, bounds, isSettled };
    feed.listen(this);
  }

  /** How many there are. */
  get size(): number {
    return this.#rounds.reduce((sum, { size }) => sum + size, 0);
  }

  /** Everything is loaded: watches can be opened, and are told bookmarks. */
  start(schedule: Schedule): void {
    this.#state = 'open';
    this.#stopRounds = schedule.every(1_000, () => this.#tellRound());
    this.#tellWaiting();
  }

  whenOpen(from: Position | undefined, tell: () => void): () => void {
    let isOff = false;
    const tellOnce = (): void => {
      if (!isOff) tell();
      isOff = true;
    };
    const begin = (): void => {
      // Another hub may have told it a moment ago of what this one has not read.
      if (this.#shared && from && this.#feed.isAhead(from)) {
        void this.#shared.catchUp().then(tellOnce);
      } else tellOnce();
    };
    if (this.#state === 'loading') this.#waiting.add(begin);
    else begin();
    return () => {
      isOff = true;
      this.#waiting.delete(begin);
    };
  }

  /** Opens a watch; whoever opened it closes it. ADV_006 where the position can't be resumed. */
  open(requirements: Requirements, from: Position | undefined, watcher: Watcher): Result<Watch> {
    if (this.#state === 'loading') return refuse(stillLoading());
    if (this.#state === 'closed') return refuse(stopping());
    const revision = from && this.#feed.resume(from);
    if (revision?.ok === false) return this.#isBehind(from) ? refuse(behindOthers()) : revision;
    const group = this.#groups.take(requirements);
    const round = this.#rounds[this.#opened++ % BOOKMARK_SECONDS];
    const closed = (over: Watch): void => {
      round?.delete(over);
      this.#groups.release(group);
    };
    const parts = { ...this.#parts, group, watcher, closed };
    const watch = new Watch(parts, revision?.value);
    round?.add(watch);
    watch.start();
    return accept(watch);
  }

  changed(change: FeedChange): void {
    if (this.#groups.size === 0) return;
    const told = new ToldChange(change);
    for (const group of this.#groups.concernedBy(told)) {
      if (group.members.size === 0 || !group.note(told)) continue;
      if (group.pending > this.#bounds.pendingMax) this.#sendBack(group);
      else this.#concerned.add(group);
    }
    this.#deliverLater();
  }

  rewound(): void {
    this.#endAll('rewound');
  }

  /** Ends all watches. Safe to call twice. */
  close(): void {
    this.#state = 'closed';
    this.#stopRounds?.();
    this.#tellWaiting();
    this.#endAll('stopping');
  }

  /** Whether nobody can say here whether a position is one that others have reached. */
  #isBehind(from: Position | undefined): boolean {
    const shared = this.#shared;
    if (shared === undefined || from === undefined || !this.#feed.isAhead(from)) return false;
    return shared.isCatchingUp() || shared.silentMs() > SILENT_MS_MAX;
  }

  #tellWaiting(): void {
    for (const tell of this.#waiting) {
      this.#waiting.delete(tell);
      tell();
    }
  }

  /** Each reads on from the feed, from where it is. */
  #sendBack(group: WatchGroup): void {
    this.#concerned.delete(group);
    group.cut(this.#feed.position);
    for (const member of group.members) member.fallBack();
  }

  #deliverLater(): void {
    if (this.#isDelivering || this.#concerned.size === 0) return;
    this.#isDelivering = true;
    setImmediate(() => this.#deliver());
  }

  #deliver(): void {
    for (let told = 0; told < this.#bounds.toldAtOnce; told += 1) {
      this.#delivery ??= this.#nextDelivery();
      if (this.#delivery === undefined) break;
      const { members, batch } = this.#delivery;
      const next = members.next();
      if (next.done === true) this.#delivery = undefined;
      else next.value.tell(batch);
    }
    this.#isDelivering = this.#delivery !== undefined || this.#concerned.size > 0;
    if (this.#isDelivering) setImmediate(() => this.#deliver());
  }

  #nextDelivery(): Delivery | undefined {
    for (const group of this.#concerned) {
      this.#concerned.delete(group);
      const batch = group.cut(this.#feed.position);
      return { group, batch, members: group.members.values() };
    }
    return undefined;
  }

  #tellRound(): void {
    this.#second = (this.#second + 1) % BOOKMARK_SECONDS;
    for (const watch of this.#rounds[this.#second] ?? []) {
      watch.bookmark();
    }
  }

  #endAll(why: WatchEnd): void {
    for (const round of this.#rounds) for (const watch of round) watch.end(why);
  }
}
