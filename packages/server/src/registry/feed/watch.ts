/**
 * One watch: first, where no cursor was given, a snapshot; then what was missed, read from the feed;
 * then whatever happens, as it happens. A watcher that reads slower than things happen goes back to
 * reading from the feed at its own pace, so that what waits for it is bounded.
 *
 * Invariant: `revision` is what the watcher was told everything up to; what it is told next begins
 * there, whichever way it comes. Cost: while live, nothing of its own.
 */
import type { AdvertisementIndex } from '../../matching/contract.js';
import type { ChangeFeed } from './change-feed.js';
import { formatCursor } from './cursor.js';
import { Snapshot } from './snapshot.js';
import type { WatchBounds } from './watch-bounds.js';
import { ToldChange, type WatchEvent } from './watch-event.js';
import type { EventBatch, Member, WatchGroup } from './watch-group.js';

/** Why a watch ended: the watcher is too slow, the hub stops, or history was set back. */
export type WatchEnd = 'too_slow' | 'stopping' | 'rewound';

/** Whoever watches, on a connection. */
export interface Watcher {
  /** Takes events, in order. */
  take(batch: EventBatch): void;
  /** Whether it has enough to do with what it took. */
  readonly isBehind: boolean;
  /** Calls back once: when it is behind no longer, or when it has taken nothing for too long. */
  whenReady(ready: () => void, starved: () => void): void;
  /** Nothing more will come. */
  end(why: WatchEnd): void;
}

/** What a watch is made of. */
export interface WatchParts {
  readonly feed: ChangeFeed;
  readonly index: AdvertisementIndex;
  readonly group: WatchGroup;
  readonly watcher: Watcher;
  readonly bounds: WatchBounds;
  /** Whether nothing waits to be told to a group, or is just being told. */
  readonly isSettled: (group: WatchGroup) => boolean;
  /** Told once, when the watch is over, whoever ended it. */
  readonly closed: (watch: Watch) => void;
}

/** See the head of this file. */
export class Watch implements Member {
  readonly #parts: WatchParts;
  #revision: number;
  #snapshot: Snapshot | undefined;
  /** The revision of the last bookmark. */
  #bookmarked: number | undefined;
  #closed = false;

  /** `from`: the revision after which it begins; `undefined`: with a snapshot. */
  constructor(parts: WatchParts, from: number | undefined) {
    const { feed, index, group, bounds } = parts;
    this.#parts = parts;
    if (from === undefined) {
      this.#snapshot = new Snapshot(feed, index, group.question, bounds.snapshotPart);
    }
    this.#revision = from ?? feed.position.revision;
  }

  /** Everything up to it was told, or, while a snapshot is being told, will be when that is over. */
  get cursor(): string {
    const { group, feed, isSettled } = this.#parts;
    const { epoch, revision } = feed.position;
    if (group.members.has(this) && isSettled(group)) this.#revision = revision;
    return formatCursor({ epoch, revision: this.#revision });
  }

  /** Begins to tell, not before this turn of the event loop is over. */
  start(): void {
    this.#later();
  }

  /** Tells what happened, as one of the group. */
  tell(batch: EventBatch): void {
    if (this.#closed || batch.revision <= this.#revision) return;
    const revision = this.#revision;
    this.#take(fromThen(batch, revision));
    if (this.#parts.watcher.isBehind) this.fallBack();
  }

  fallBack(): void {
    if (this.#parts.group.members.delete(this)) this.#later();
  }

  /** Tells how far it is; only somebody who is told what happens as it happens. */
  bookmark(): void {
    if (this.#parts.group.members.has(this)) this.#tellBookmark();
  }

  /** Ends the watch from this side. */
  end(why: WatchEnd): void {
    if (this.#closed) return;
    this.close();
    this.#parts.watcher.end(why);
  }

  /** The watcher is gone. Safe to call twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#snapshot?.close();
    this.#parts.group.members.delete(this);
    this.#parts.closed(this);
  }

  #take(batch: EventBatch): void {
    this.#revision = batch.revision;
    this.#parts.watcher.take(batch);
  }

  #tellBookmark(): void {
    const data = JSON.stringify({ cursor: this.cursor });
    const revision = this.#revision;
    const { epoch } = this.#parts.feed.position;
    this.#bookmarked = revision;
    this.#take({ epoch, events: [{ name: 'bookmark', revision, data }], revision });
  }

  #later(): void {
    const { watcher } = this.#parts;
    const step = (): void => this.#step();
    if (watcher.isBehind) watcher.whenReady(step, () => this.end('too_slow'));
    else setImmediate(step);
  }

  #step(): void {
    if (this.#closed) return;
    if (this.#snapshot) this.#tellPart(this.#snapshot);
    else this.#catchUp();
  }

  #tellPart(snapshot: Snapshot): void {
    const part = snapshot.next();
    if (part.kind === 'lost') return this.end('too_slow');
    const { revision } = snapshot;
    if (part.records.length > 0) {
      const { epoch } = this.#parts.feed.position;
      this.#take({ epoch, events: part.records.map(asSnapshotEvent), revision });
    }
    if (part.isLast) {
      this.#snapshot = undefined;
      this.#tellBookmark();
    }
    this.#later();
  }

  #catchUp(): void {
    const { feed, group, bounds } = this.#parts;
    const { epoch, revision: head } = feed.position;
    const events: WatchEvent[] = [];
    const end = Math.min(head, this.#revision + bounds.changesAtOnce);
    let revision = this.#revision;
    while (revision < end && events.length < bounds.eventsAtOnce) {
      const change = feed.change(revision + 1);
      if (change === undefined) return this.end('too_slow');
      const event = new ToldChange(change).eventFor(group.question);
      if (event) events.push(event);
      revision += 1;
    }
    this.#revision = revision;
    if (events.length > 0) this.#take({ epoch, events, revision });
    if (revision === head && !this.#parts.watcher.isBehind) this.#goLive();
    else this.#later();
  }

  /** In the same turn as it reached the end, so that nothing can come between. */
  #goLive(): void {
    this.#parts.group.members.add(this);
    if (this.#bookmarked !== this.#revision) this.#tellBookmark();
  }
}

/** What of a batch comes after a revision: somebody who joined in the middle of it was told the rest. */
function fromThen(batch: EventBatch, revision: number): EventBatch {
  const first = batch.events[0]?.revision ?? Infinity;
  if (first > revision) return batch;
  return {
    ...batch,
    events: batch.events.filter((event) => (event.revision ?? 0) > revision),
  };
}

function asSnapshotEvent(data: string): WatchEvent {
  return { name: 'advertised', revision: undefined, data };
}
