/**
 * The contract of a store: the durable truth about which providers are listed, what they
 * said, and the last `t` that each of them used. It is written so that a second store can
 * be made from these comments alone; `test/store/contract-suite.ts` holds every store to it.
 *
 * Three rules hold for every store:
 *
 * 1. **Durable, then visible, then answered.** A write is committed so that a power cut
 *    cannot take it back; then its change is handed to `StoreListener.applied`; only then
 *    does the promise of the write resolve.
 * 2. **One order.** `applied` is called in commit order, and what a write decides it decides
 *    against everything committed before it, whatever its caller believed.
 * 3. **Bounded.** Writes that wait are bounded in number and in time; what does not fit, or
 *    cannot be taken now, is the outcome `unavailable`, never an exception and never a wait
 *    without end. A write that was answered `unavailable` may still be committed later: then
 *    its change is applied like any other.
 */
import type { AdvertisementBody, ProviderId } from 'golem-vm-discovery-protocol';
import type { InheritedHistory, Position, Revised } from './history.js';
import type {
  EndKind,
  InheritedListing,
  Listing,
  Memory,
  SignedPart,
  StoredProof,
} from './listing.js';
import type { Holdings, SharedTruth } from './shared-truth.js';
import type { HourTraffic } from './traffic.js';

export type * from './listing.js';

/** An advertisement to be stored; admission has verified everything that can be verified without the store. */
export interface AdvertiseWrite {
  readonly providerId: ProviderId;
  readonly advertisement: AdvertisementBody;
  readonly body: string;
  readonly signed: SignedPart | undefined;
  readonly source: string;
  /** When the hub received it: becomes `updatedAtMs`, and `createdAtMs` where a listing begins. */
  readonly receivedAtMs: number;
  /** How long it is granted. */
  readonly ttlMs: number;
  /**
   * The grant of this provider whose lease ran out, where the registry has hidden it already and
   * the store has not ended it yet. Unless it was renewed meanwhile it is ended first, as `expire`
   * would, and only then this write is decided: what readers saw vanish must not come back without
   * a revision.
   */
  readonly lapsedGrant?: number;
}

/** A withdrawal. `signed` is `undefined` for an unsigned one, which only `source` speaks for. */
export interface WithdrawWrite {
  readonly providerId: ProviderId;
  readonly t: number | undefined;
  readonly source: string;
  readonly receivedAtMs: number;
}

/** A lease that ran out, by the registry's clock. It ends only the grant that it names: a renewal that was committed meanwhile wins. */
export interface Expiration {
  readonly providerId: ProviderId;
  readonly grant: number;
}

/** The store can't take writes now. */
export interface Unavailable {
  readonly kind: 'unavailable';
  /** `queue_full`: too many writes wait; anything else: the storage refuses or is stuck. */
  readonly reason: 'queue_full' | 'storage';
  readonly retryAfterSeconds: number;
}

/**
 * The decision on an `AdvertiseWrite`:
 * - `listed`: a listing began. `renewed`: an unbroken listing goes on; `changed` says whether any
 *   known field differs from before.
 * - `retried`: the very same signed text was already accepted and is still listed. Nothing was
 *   written, the lease is not extended; `listing` is the stored one.
 * - `stale`: `t` is not greater than `lastT`; nothing changes.
 * - `not_owner`: unsigned, but a key has signed for this provider and its `t` is remembered.
 */
export type AdvertiseOutcome =
  | { readonly kind: 'listed'; readonly listing: Listing }
  | { readonly kind: 'renewed'; readonly listing: Listing; readonly changed: boolean }
  | { readonly kind: 'retried'; readonly listing: Listing }
  | { readonly kind: 'stale'; readonly lastT: number }
  | { readonly kind: 'not_owner' }
  | Unavailable;

/**
 * The decision on a `WithdrawWrite`:
 * - `withdrawn`: it ended a listing, or is a retry of the one that did.
 * - `not_listed`: there was none to end; the `t` of a signed withdrawal is recorded all the same.
 * - `stale`, `not_owner`: as for advertising; `not_owner` also where an unsigned withdrawal comes
 *   from another address than the last renewal.
 */
export type WithdrawOutcome =
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'not_listed' }
  | { readonly kind: 'stale'; readonly lastT: number }
  | { readonly kind: 'not_owner' }
  | Unavailable;

/**
 * One committed change, as everyone who holds a view of the store must apply it. A listing comes without
 * the bytes that were signed: where others write to the same store, they would have to travel to each node.
 */
export type Change =
  | {
      readonly kind: 'listed';
      readonly listing: InheritedListing;
      /** There but where what was missed is told as the difference to what is held. */
      readonly revised: Revised | undefined;
    }
  /** `revised` is there where any known field differs from before. */
  | {
      readonly kind: 'renewed';
      readonly listing: InheritedListing;
      readonly revised: Revised | undefined;
    }
  /**
   * The listing ended, or a `t` was recorded for a provider that is not listed (`ended:
   * 'not_listed'`, and no `revised`). `t` is absent for unsigned listings: nothing needs remembering.
   */
  | {
      readonly kind: 'ended';
      readonly providerId: ProviderId;
      readonly ended: EndKind;
      readonly t: number | undefined;
      readonly endedAtMs: number;
      readonly revised: Revised | undefined;
    }
  /**
   * A remembered or listed `t` that lay too far ahead of the clock was lowered. Where a write met
   * it, this comes before the write's own change, and also where the write was refused.
   */
  | { readonly kind: 'lowered'; readonly providerId: ProviderId; readonly t: number }
  /** A memory was purged; the high-water mark is at least its `t`. */
  | { readonly kind: 'forgotten'; readonly providerId: ProviderId };

/** Whether the store takes writes. */
export type StoreHealth =
  | { readonly kind: 'writable' }
  | { readonly kind: 'refusing'; readonly message: string };

/** One commit, or several that came together. */
export interface Commit {
  /** In order; empty only where there is a `history`. */
  readonly changes: readonly Change[];
  /** Where the history stands after them. */
  readonly position: Position;
  /**
   * The history anew, where what came next can't be told change by change: a store that is shared was
   * rewound under its nodes, or this node was away for longer than changes are kept. It takes the place
   * of all that was handed over before, epoch and all. `changes` then lead from what was listed to what
   * is, in this commit and those that follow it at the same position, and have no revisions.
   */
  readonly history?: InheritedHistory;
}

/** What a store tells its owner. Both are called on the owner's thread, one after the other. */
export interface StoreListener {
  applied(commit: Commit): void;
  /** The store stopped or began again to take writes. */
  healthChanged(health: StoreHealth): void;
}

/** What a store that is shared tells its owner, and asks it. */
export interface SharedListener extends StoreListener, Holdings {}

/** What an earlier run left. `undefined` in `lastAliveMs`: there was none. */
export interface Inheritance {
  /** The wall-clock time at which the previous run last recorded that it was alive; `undefined` also where others who share the store were alive all the while. */
  readonly lastAliveMs: number | undefined;
  /** The largest `t` ever purged, or 0: nothing at or below it is accepted. */
  readonly highWaterMark: number;
  /**
   * Rows that failed their checksum, or are missing altogether. Where there are any, or the end of
   * what was written is known to be lost, the mark has been raised to now: what was lost may have
   * known a newer `t`.
   */
  readonly damagedRows: number;
  readonly history: InheritedHistory;
  /** The hours that are kept, in any order. */
  readonly traffic: readonly HourTraffic[];
  /** Things an operator should read, such as "moved the file of the Python hub to …". */
  readonly notices: readonly string[];
}

/** Receives what is stored, in chunks, at start. */
export interface StoreLoader {
  listings(chunk: readonly InheritedListing[]): void;
  memories(chunk: readonly Memory[]): void;
}

/**
 * The durable truth. Made by `openSqliteStore`; closed by whoever opened it. While it refuses,
 * everything but `heartbeat` is answered at once, without trying; after `close` everything is.
 */
export interface Store {
  /** `undefined` where nobody else writes. */
  readonly shared: SharedTruth | undefined;

  /** Hands over everything stored. Called once, before any write; rejects with `UnreadableStore` where the storage fails while it is read. */
  load(loader: StoreLoader): Promise<Inheritance>;

  /**
   * Reads the proofs of some providers, at most `LIMITS.proofPageMax`, as they are stored now; whoever is
   * not listed, or unsigned, or whose row is damaged, is left out. `undefined` where the storage can't
   * be read now, or too many are reading.
   */
  proofs(
    providerIds: readonly ProviderId[],
  ): Promise<ReadonlyMap<ProviderId, StoredProof> | undefined>;

  /** Decides, commits and applies one advertisement. */
  advertise(write: AdvertiseWrite): Promise<AdvertiseOutcome>;

  /** Decides, commits and applies one withdrawal. */
  withdraw(write: WithdrawWrite): Promise<WithdrawOutcome>;

  /** Ends the leases that ran out. Resolves when all are committed, or `false` when they could not be, or another who shares the store sees to it: the caller tries again. */
  expire(expirations: readonly Expiration[], endedAtMs: number): Promise<boolean>;

  /**
   * Purges memories and raises the high-water mark to the largest `t` among them, in the same
   * commit (one for each slice of many). A memory whose `t` is no longer the one given, or whose
   * provider is listed again, stays: purging a `t` of this moment would raise the mark to it, and
   * lock every provider out until their clocks pass it.
   */
  forget(memories: readonly Pick<Memory, 'providerId' | 't'>[]): Promise<boolean>;

  /** Lowers every `t`, and the mark, that lies more than `LIMITS.signatureLeadMsMax` ahead of `nowMs` to `nowMs`. Resolves with the mark. */
  lowerFutureTimes(nowMs: number): Promise<number | undefined>;

  /** Records that the hub was alive at `nowMs`. It doubles as the probe by which a store that refuses finds out that it can write again. */
  heartbeat(nowMs: number): Promise<boolean>;

  /** Commits what waits, answers it, and lets go of the file. Safe to call twice. */
  close(): Promise<void>;
}
