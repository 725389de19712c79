/**
 * The history of what was visible: the part of the contract of a store by which requestors can
 * watch, break off and resume. Every visible change (a listing begins, its known fields change,
 * it ends) takes the next revision in the very transaction that makes it durable; a renewal that
 * changes nothing takes none.
 *
 * Three rules hold for every store:
 *
 * 1. **Commit order is revision order.** Revisions rise by 1, over restarts too, and whoever sees
 *    revision n has seen, or can read, all before it. Nodes that share a store share revisions.
 * 2. **An epoch is one line of history.** A new one begins, at the revision that stands, wherever
 *    history may have been rewound: whatever is done, two different changes never have the same
 *    epoch and revision. What was handed out in an earlier epoch stays good up to where the new
 *    one began, since until there both are the same.
 * 3. **Bounded.** The store keeps the last changes, by number and age (`HISTORY_CHANGES_MAX`,
 *    `HISTORY_AGE_MS_MAX`), so that watchers can resume after a restart.
 */
import type { AdvertisementBody, ProviderId, Terms } from 'golem-vm-discovery-protocol';

/** How many changes a store keeps, and a registry holds in memory: some 10 MB on disk. */
export const HISTORY_CHANGES_MAX = 32_768;

/** How long a store keeps a change. */
export const HISTORY_AGE_MS_MAX = 60 * 60_000;

/** A place in the history: everything up to `revision` has happened. */
export interface Position {
  /** `[0-9a-z]{1,32}`. */
  readonly epoch: string;
  /** From 0, where nothing has happened yet. */
  readonly revision: number;
}

/** What a visible change carries. */
export interface Revised {
  readonly revision: number;
  /** What requirements could have been asked of before; `undefined` where nothing was listed. */
  readonly before: Terms | undefined;
}

/** A listing as answers show it. */
export interface Shown {
  readonly advertisement: AdvertisementBody;
  readonly verified: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
}

/** One change of the past: what is listed from then on, or why nothing is. */
export type PastChange = Revised & { readonly providerId: ProviderId } & (
    | { readonly after: Shown; readonly ended?: never }
    | { readonly after?: never; readonly ended: 'withdrawn' | 'expired' }
  );

/** The history as a store hands it over at start. */
export interface InheritedHistory {
  /** Where it stands: what was handed over as listed is what is listed at this position. */
  readonly position: Position;
  /** Where each earlier epoch ended, at most `EPOCHS_MAX` of them: a position in one of these, and not beyond, is one of this history too. */
  readonly earlier: readonly Position[];
  /** The changes that were kept, in order, without a gap, up to `position`. Made as it is read, and read at most once. */
  readonly changes: Iterable<PastChange>;
  /** The revision before the first of `changes`; that of `position` where there are none. */
  readonly changesAfter: number;
}

/** How many earlier epochs are remembered. */
export const EPOCHS_MAX = 8;
