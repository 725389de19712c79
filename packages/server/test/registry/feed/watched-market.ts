/** A real store, index and change feed with watchers on them, each part of which a test moves by hand. */
import { strict as assert } from 'node:assert';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FindQuery, Requirements, Result } from 'golem-vm-discovery-protocol';
import { createIndex } from '#src/matching/advertisement-index.js';
import { ChangeFeed } from '#src/registry/feed/change-feed.js';
import { parseCursor } from '#src/registry/feed/cursor.js';
import type { WatchBounds } from '#src/registry/feed/watch-bounds.js';
import type { Watch, WatchEnd, Watcher } from '#src/registry/feed/watch.js';
import { Watches } from '#src/registry/feed/watches.js';
import type { EventBatch } from '#src/registry/feed/watch-group.js';
import { createLeaseClock } from '#src/registry/lease-clock.js';
import { LiveView } from '#src/registry/live-view.js';
import type { Store } from '#src/store/contract.js';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.js';
import { createFakeClock, createFakeSchedule } from '../../fake-clock.js';

/** A list and the cursor that came with it: ids to records, without their times. */
export interface ListAt {
  readonly cursor: string;
  readonly records: ReadonlyMap<string, string>;
}

/** One event as it was told. */
export interface Told {
  readonly name: string;
  /** `undefined` in a snapshot. */
  readonly cursor: string | undefined;
  readonly data: string;
}

/** Somebody who watches, as fast or as slowly as the test says. */
export class Reader implements Watcher {
  readonly told: Told[] = [];
  readonly batches: EventBatch[] = [];
  /** Why it ended, once for each time that it was told so. */
  readonly ends: WatchEnd[] = [];
  isBehind = false;
  /** Whether it has enough after each part that it takes. */
  isSlow = false;
  watch: Watch | undefined;
  #ready: (() => void) | undefined;
  #starved: (() => void) | undefined;

  take(batch: EventBatch): void {
    this.batches.push(batch);
    if (this.isSlow) this.isBehind = true;
    const { epoch, events } = batch;
    for (const { name, revision, data } of events) {
      const cursor = revision === undefined ? undefined : `${epoch}-${revision}`;
      this.told.push({ name, cursor, data });
    }
  }

  whenReady(ready: () => void, starved: () => void): void {
    assert.equal(this.#ready, undefined, 'asked to call back twice');
    this.#ready = ready;
    this.#starved = starved;
  }

  end(why: WatchEnd): void {
    this.ends.push(why);
  }

  get ended(): WatchEnd | undefined {
    return this.ends[0];
  }

  /** Has read nothing for too long. */
  starve(): void {
    this.#starved?.();
  }

  /** Has read everything it took. */
  readOn(): void {
    this.isBehind = false;
    const ready = this.#ready;
    this.#ready = undefined;
    ready?.();
  }
}

/** See the head of this file. The test closes it. */
export interface WatchedMarket {
  readonly store: Store;
  readonly feed: ChangeFeed;
  readonly watches: Watches;
  list(requirements: Requirements): ListAt;
  open(requirements: Requirements, since?: string): Result<Reader>;
  /** Lets everything that is due be told. */
  settle(): Promise<void>;
  ring(): Promise<void>;
  close(): Promise<void>;
}

/** What a test may choose. */
export interface MarketChoices {
  readonly path?: string;
  readonly bounds?: WatchBounds;
  readonly keptMax?: number;
}

export async function openWatchedMarket(choices: MarketChoices = {}): Promise<WatchedMarket> {
  const clock = createFakeClock();
  const schedule = createFakeSchedule();
  const index = createIndex();
  const feed = new ChangeFeed(choices.keptMax);
  const leaseClock = createLeaseClock(() => clock.monotonicMs());
  const monotonicMs = () => clock.monotonicMs();
  const view = new LiveView({ index, leaseClock, monotonicMs, ttlMs: 300_000, feed });
  const listener = {
    applied: view.apply.bind(view),
    healthChanged: () => undefined,
  };
  const opened = await openSqliteStore({ path: choices.path ?? ':memory:', listener, clock });
  assert.ok(opened.ok);
  const store = opened.value;
  const { history } = await store.load({
    listings: (chunk) => chunk.forEach((listing) => view.inherit(listing)),
    memories: (chunk) => chunk.forEach((memory) => view.inheritMemory(memory)),
  });
  view.finishInheriting();
  feed.inherit(history);
  await store.heartbeat(clock.wallMs());
  const watches = new Watches(feed, index, choices.bounds);
  watches.start(schedule);
  return {
    store,
    feed,
    watches,
    list: (requirements) => ({
      cursor: feed.cursor,
      records: recordsOf(index.find({ ...WHOLE, requirements })),
    }),
    open(requirements, since) {
      const reader = new Reader();
      const from = since === undefined ? undefined : parseCursor(since);
      const watch = watches.open(requirements, from, reader);
      if (!watch.ok) return watch;
      reader.watch = watch.value;
      return { ok: true, value: reader };
    },
    async settle() {
      for (let turn = 0; turn < 250; turn += 1) await nextTurn();
    },
    ring: () => schedule.ring(),
    async close() {
      watches.close();
      await store.close();
    },
  };
}

const WHOLE: Omit<FindQuery, 'requirements'> = {
  sort: 'uptime',
  limit: 1_000,
  after: undefined,
  count: false,
  proof: false,
};

function recordsOf(page: ReturnType<ReturnType<typeof createIndex>['find']>): Map<string, string> {
  assert.ok(page.ok);
  const list: unknown = JSON.parse(page.value.list.bytes.toString('latin1'));
  assert.ok(Array.isArray(list));
  return new Map(list.map((record: unknown) => entryOf(JSON.stringify(record))));
}

/** A provider and its record, without the times that renewals change and nobody is told of. */
export function entryOf(record: string): [string, string] {
  const parsed: unknown = JSON.parse(record);
  assert.ok(typeof parsed === 'object' && parsed !== null && 'provider_id' in parsed);
  const shown = { ...parsed, updated_at: undefined, expires_at: undefined };
  return [String(parsed.provider_id), JSON.stringify(shown)];
}
