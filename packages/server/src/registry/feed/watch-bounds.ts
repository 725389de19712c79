/** How much a hub does for watchers before it lets others have their turn. */

/** See `WATCH_BOUNDS`. */
export interface WatchBounds {
  /** Advertisements in one part of a snapshot. */
  readonly snapshotPart: number;
  /** Changes that are looked at in one go for somebody who catches up. */
  readonly changesAtOnce: number;
  /** Events that somebody who catches up is told in one go. */
  readonly eventsAtOnce: number;
  /** Members of groups that are told something in one turn of the event loop. */
  readonly toldAtOnce: number;
  /** Events that may wait to be told to one group; past it each member reads on by itself. */
  readonly pendingMax: number;
}

/** A turn takes some 2 ms of the event loop, and a part some 200 kB. */
export const WATCH_BOUNDS: WatchBounds = {
  snapshotPart: 400,
  changesAtOnce: 1_024,
  eventsAtOnce: 128,
  toldAtOnce: 400,
  pendingMax: 4_096,
};
