/**
 * What is visible now, and what is remembered: the store's committed changes, applied in their
 * order to ledger, leases, index and change feed. It is the only writer of all four.
 *
 * Invariants: the index holds exactly the entries in state `listed`; each of these is in the
 * lease queue; each `remembered` one is in the memory queue. The index answers as of the position of
 * the feed: a lease that ran out is hidden by the commit that ends it, like any other change. Only
 * where that takes longer than `END_COMMIT_MS_MAX` is it hidden before, and then a list lacks what its
 * cursor still holds, until the departure follows. Cost of a change: that of the index.
 */
import { LIMITS, type ProviderId } from 'golem-vm-discovery-protocol';
import { RecentMap } from '../admission/recent-map.js';
import type { AdvertisementIndex, Loading } from '../matching/contract.js';
import type {
  AdvertiseWrite,
  Change,
  Commit,
  InheritedListing,
  Memory,
} from '../store/contract.js';
import { DueQueue } from './due-queue.js';
import type { ChangeFeed } from './feed/change-feed.js';
import { visibleChange } from './feed/visible-change.js';
import { offerOf } from './offer-of.js';
import { type Entry, LONG_AGO_MS } from './entry.js';
import { InheritedLeases } from './inherited-leases.js';
import type { LeaseClock } from './lease-clock.js';
import { Ledger } from './ledger.js';
import { UnderWay } from './under-way.js';

/**
 * How long the end of a lease may take to be committed before reads hide it all the same. A tick of
 * the sweeper and a commit take a tenth of it; together with them it stays within the second in
 * which what has expired must be gone.
 */
export const END_COMMIT_MS_MAX = 500;

/** Inherited listings that lapse in one step: about a millisecond. */
const LAPSED_IN_STEP = 2_048;

/** What a view is made of. */
export interface LiveViewParts {
  readonly index: AdvertisementIndex;
  readonly leaseClock: LeaseClock;
  readonly monotonicMs: () => number;
  readonly ttlMs: number;
  readonly feed: ChangeFeed;
}

/** See the head of this file. */
export class LiveView {
  readonly #index: AdvertisementIndex;
  readonly #clock: LeaseClock;
  readonly #monotonicMs: () => number;
  readonly #ttlMs: number;
  readonly #ledger: Ledger;
  readonly #leases: DueQueue;
  readonly #memories: DueQueue;
  readonly #inherited: InheritedLeases;
  /** One text for all who came from the same network of late. */
  readonly #sources = new RecentMap<string, string>(1_024);
  readonly #lapsed = new Map<ProviderId, Entry>();
  readonly #writing = new UnderWay();
  readonly feed: ChangeFeed;
  #highWaterMark = 0;
  #loading: Loading | undefined;

  constructor({ index, leaseClock, monotonicMs, ttlMs, feed }: LiveViewParts) {
    this.feed = feed;
    this.#index = index;
    this.#clock = leaseClock;
    this.#monotonicMs = monotonicMs;
    this.#ttlMs = ttlMs;
    this.#ledger = new Ledger(index.numbers);
    this.#leases = new DueQueue(this.#ledger.columns);
    this.#memories = new DueQueue(this.#ledger.columns);
    this.#inherited = new InheritedLeases(this.#ledger.columns);
  }

  /** How many are listed. */
  get listed(): number {
    return this.#leases.size;
  }

  /** How many are known, listed or remembered. */
  get known(): number {
    return this.#ledger.size;
  }

  /** The largest `t` ever purged: nothing at or below it is accepted. */
  get highWaterMark(): number {
    return this.#highWaterMark;
  }

  /** What is known of one provider. */
  find(providerId: ProviderId): Entry | undefined {
    return this.#ledger.get(providerId);
  }

  /** Everybody who is known. */
  ids(): Iterable<ProviderId> {
    return this.#ledger.ids();
  }

  /** Applies one commit. Unlike everything else here it may meet providers it has never seen. */
  apply({ changes, position, history }: Commit): void {
    if (history) this.feed.replace(history);
    for (const change of changes) {
      this.#announce(change);
      this.#applyOne(change);
    }
    this.feed.moveTo(position);
  }

  /** Takes over a listing that an earlier run left: it gets what is left of its lease, a full one where nobody says. Nothing inherited is visible before `finishInheriting`. */
  inherit(listing: InheritedListing): void {
    this.#loading ??= this.#index.startLoading();
    const entry = this.#entry(listing.providerId);
    this.#grantTo(entry, listing, LONG_AGO_MS);
    entry.due = this.#clock.after(Math.min(this.#ttlMs, listing.remainingMs ?? this.#ttlMs));
    this.#inherited.add(entry);
    this.#loading.put(offerOf(listing));
  }

  /** Makes visible what was inherited, in steps of a few milliseconds. */
  *finishInheriting(): Generator<undefined, void> {
    yield* this.#inherited.queueInto(this.#leases);
    if (this.#loading) yield* this.#loading.finish();
    this.#loading = undefined;
  }

  /** Lets all that was inherited lapse instead: for a hub that was away too long. */
  *lapseInherited(): Generator<undefined, void> {
    yield* this.#inherited.queueInto(this.#leases);
    if (this.#loading) yield* this.#loading.discard();
    this.#loading = undefined;
    const forever = this.#clock.after(this.#ttlMs);
    for (let entry = this.#leases.takeDue(forever); entry; entry = this.#leases.takeDue(forever)) {
      this.#noteLapsed(entry);
      if (this.#lapsed.size % LAPSED_IN_STEP === 0) yield;
    }
  }

  /** Takes over the memory of a provider that is not listed; its time of remembering starts anew. */
  inheritMemory(memory: Memory): void {
    this.#remember(this.#entry(memory.providerId), memory.t);
  }

  /** Raises the high-water mark, or sets it after the store lowered it. */
  setHighWaterMark(t: number): void {
    this.#highWaterMark = t;
  }

  /**
   * Hides everything whose end the store was too slow to commit. Called before every read, so that
   * none ever shows an expired advertisement, however late the sweeper is; with nothing due it costs
   * one look. While the store refuses nothing is hidden: the lease clock stands still. Nor is what
   * was renewed in time and waits for its commit, or what comes behind it: a listing that came back
   * by a renewal that changes nothing would come back without a word to those who watch.
   */
  hideLapsed(): void {
    const due = this.#clock.after(-END_COMMIT_MS_MAX);
    for (let entry = this.#leases.first; entry && entry.due <= due; entry = this.#leases.first) {
      if (this.#clock.isPaused || this.#writing.has(entry.providerId)) return;
      this.#leases.remove(entry);
      this.#lapse(entry);
    }
  }

  /**
   * Keeps a provider from being hidden while an advertisement of it is on its way to the store. If it
   * is hidden already, `write` is given the grant that the store must end before.
   */
  whileWriting<Outcome>(
    providerId: ProviderId,
    write: (lapsed: Pick<AdvertiseWrite, 'lapsedGrant'>) => Promise<Outcome>,
  ): Promise<Outcome> {
    const lapsedGrant = this.#lapsed.get(providerId)?.grant;
    const lapsed = lapsedGrant === undefined ? {} : { lapsedGrant };
    return this.#writing.during(providerId, () => write(lapsed));
  }

  /** Those whose leases ran out, hidden or not, at most `countMax`: the store is to end them. */
  ending(countMax: number): Entry[] {
    const ending: Entry[] = [];
    for (const entry of this.#lapsed.values()) {
      if (ending.length === countMax) return ending;
      ending.push(entry);
    }
    return [...ending, ...this.#leases.peekDue(this.#clock.now(), countMax - ending.length)];
  }

  /** Memories that are due to be purged, at most `countMax`. */
  memoriesDue(countMax: number): Entry[] {
    return this.#memories.peekDue(this.#clock.now(), countMax);
  }

  #announce(change: Change): void {
    const visible = visibleChange(change);
    if (visible === undefined) return;
    const textBefore = this.feed.wantsTexts ? this.#index.get(visible.providerId) : undefined;
    this.feed.add({ ...visible, textBefore });
  }

  #applyOne(change: Change): void {
    switch (change.kind) {
      case 'listed':
        return this.#grant(change.listing, true);
      case 'renewed':
        return this.#grant(change.listing, change.revised !== undefined);
      case 'ended':
        return this.#end(change.providerId, change.t);
      case 'lowered': {
        const entry = this.#ledger.get(change.providerId);
        if (entry) entry.t = change.t;
        return;
      }
      case 'forgotten':
        return this.#forget(change.providerId);
    }
  }

  #grant(listing: InheritedListing, changed: boolean): void {
    const entry = this.#entry(listing.providerId);
    const shown = entry.state === 'listed';
    this.#lease(entry, listing, this.#monotonicMs());
    if (shown && !changed) {
      this.#index.renew(listing.providerId, listing.updatedAtMs, listing.expiresAtMs);
    } else {
      this.#index.put(offerOf(listing));
    }
  }

  #lease(entry: Entry, listing: InheritedListing, renewedMs: number): void {
    this.#grantTo(entry, listing, renewedMs);
    entry.due = this.#clock.after(this.#ttlMs);
    this.#leases.append(entry);
  }

  /** The entry is in no queue then. */
  #grantTo(entry: Entry, listing: InheritedListing, renewedMs: number): void {
    this.#unlink(entry);
    entry.state = 'listed';
    entry.t = listing.signed?.t;
    entry.grant = listing.grant;
    entry.renewedMs = renewedMs;
    entry.source = this.#sources.getOrMake(listing.source, (source) => source);
  }

  #end(providerId: ProviderId, t: number | undefined): void {
    const entry = this.#entry(providerId);
    if (entry.state === 'listed') this.#index.remove(providerId);
    if (t === undefined) this.#drop(entry);
    else this.#remember(entry, t);
  }

  #remember(entry: Entry, t: number): void {
    this.#unlink(entry);
    entry.state = 'remembered';
    entry.t = t;
    entry.due = this.#clock.after(LIMITS.signatureMemoryMsMin);
    entry.source = undefined;
    this.#memories.append(entry);
  }

  #forget(providerId: ProviderId): void {
    const entry = this.#ledger.get(providerId);
    if (entry?.state !== 'remembered') return;
    this.#highWaterMark = Math.max(this.#highWaterMark, entry.t ?? 0);
    this.#drop(entry);
  }

  #lapse(entry: Entry): void {
    this.#noteLapsed(entry);
    this.#index.remove(entry.providerId);
  }

  #noteLapsed(entry: Entry): void {
    entry.state = 'lapsed';
    this.#lapsed.set(entry.providerId, entry);
  }

  #drop(entry: Entry): void {
    this.#unlink(entry);
    this.#ledger.delete(entry);
  }

  /** Takes an entry out of whichever queue its state says it is in. */
  #unlink(entry: Entry): void {
    if (entry.state === 'listed') this.#leases.remove(entry);
    else if (entry.state === 'remembered') this.#memories.remove(entry);
    else if (entry.state === 'lapsed') this.#lapsed.delete(entry.providerId);
  }

  #entry(providerId: ProviderId): Entry {
    return this.#ledger.get(providerId) ?? this.#ledger.add(providerId, this.#clock.now());
  }
}
