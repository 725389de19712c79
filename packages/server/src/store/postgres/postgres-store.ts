/**
 * The PostgreSQL store: the truth of several hubs, each of which holds all of it in memory. What waits
 * is gathered by the queue, committed in batches, and applied in the order of the feed, together with
 * what others commit.
 *
 * Invariant: a write of this node is applied after everything that was committed before it, by whomever.
 */
import { accept, type ProviderId, type Result } from 'golem-vm-discovery-protocol';
import type {
  AdvertiseOutcome,
  AdvertiseWrite,
  Expiration,
  Inheritance,
  Memory,
  Store,
  StoredProof,
  StoreLoader,
  Unavailable,
  WithdrawOutcome,
  WithdrawWrite,
} from '../contract.js';
import { inSlices } from '../in-slices.js';
import type { SharedTruth } from '../shared-truth.js';
import { WriteQueue } from '../write-queue.js';
import { commitWorks } from './batch-committer.js';
import { createClockNotice } from './clock-notice.js';
import { createDatabaseTime, type DatabaseTime, dated } from './database-time.js';
import type { Draft } from './draft.js';
import { readAgedUpTo } from './feed-queries.js';
import { lowerAll } from './lowering.js';
import { Membership } from './membership.js';
import { advertise, beAlive, expire, forget, giveSign, keptSince, withdraw } from './operations.js';
import { openPatiently } from './opening.js';
import { type PendingWork, Work } from './pending-work.js';
import { POSTGRES_DEFAULTS, type PostgresStoreOptions } from './postgres-store-options.js';
import { ProofReads } from './proof-reads.js';
import { loadSnapshot } from './snapshot.js';

/** How much sooner than those who wait are answered a batch is given up, so that the reason can be told. */
const REASON_MS = 300;

/** How long to ask what is old enough to be forgotten. */
const AGED_MS_MAX = 3_000;

/** Opens the database, brings its schema up to date, and joins those who share it; a refusal is one sentence that says what to do. The caller loads, and closes. */
export async function openPostgresStore(
  options: PostgresStoreOptions,
): Promise<Result<Store, string>> {
  const store = new PostgresStore(options);
  const opened = await openPatiently(() => store.open(), {
    patienceMs: options.patienceMs ?? 0,
    monotonicMs: () => options.clock.monotonicMs(),
    notice: (message) => options.notice?.(message),
    stopping: options.stopping,
  });
  if (opened.ok) return accept(store);
  await store.close();
  return opened;
}

class PostgresStore implements Store {
  readonly shared: SharedTruth;
  readonly #member: Membership;
  readonly #queue: WriteQueue<PendingWork>;
  readonly #time: DatabaseTime;
  readonly #proofs: ProofReads;
  readonly #closeTimeoutMs: number;
  #state: 'open' | 'loading' | 'loaded' = 'open';
  /** Of those before, where nobody was there. */
  #lastAliveMs: number | undefined;
  #signing = false;
  #beating: Promise<boolean> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: PostgresStoreOptions) {
    const { url, listener, clock, agreement = {} } = options;
    const bounds = { ...POSTGRES_DEFAULTS, ...options };
    const monotonicMs = (): number => clock.monotonicMs();
    const compare = createClockNotice((message) => options.notice?.(message));
    this.#time = options.time ?? createDatabaseTime(clock);
    this.#closeTimeoutMs = bounds.closeTimeoutMs;
    this.#member = new Membership({
      url,
      listener,
      monotonicMs,
      agreement,
      observed: ({ now_ms }) => {
        this.#time.observe(now_ms);
        compare(now_ms - clock.wallMs());
      },
      signDue: () => this.#sign(),
      repaired: (count) => options.notice?.(repairNotice(count)),
    });
    this.shared = this.#member.shared;
    const { writeLine: line, askLine, follower, node } = this.#member;
    this.#proofs = new ProofReads(askLine);
    const msMax = bounds.writeTimeoutMs - REASON_MS;
    const full = (): void => void this.#member.vacate();
    const parts = { line, follower, node, monotonicMs, msMax, full };
    this.#queue = new WriteQueue(bounds, listener, (works, isProbe) => {
      void commitWorks({ ...parts, isProbe }, this.#queue, works);
    });
  }

  /** A sentence where this database can't be used. */
  async open(): Promise<Result<void, string>> {
    const joined = await this.#member.join();
    if (!joined.ok) return joined;
    this.#lastAliveMs = joined.value;
    return accept(undefined);
  }

  async load(loader: StoreLoader): Promise<Inheritance> {
    if (this.#state !== 'open') throw new Error('a store is loaded once');
    this.#state = 'loading';
    const lastAliveMs = this.#lastAliveMs;
    const { follower, snapshotLine } = this.#member;
    const { feed, history, traffic } = await loadSnapshot(snapshotLine, loader);
    follower.beginAt(feed);
    this.#state = 'loaded';
    snapshotLine.drop();
    return {
      lastAliveMs: lastAliveMs === undefined ? undefined : this.#time.toNode(lastAliveMs),
      highWaterMark: feed.high_water_mark,
      damagedRows: 0,
      history,
      traffic,
      notices: [],
    };
  }

  proofs(
    providerIds: readonly ProviderId[],
  ): Promise<ReadonlyMap<ProviderId, StoredProof> | undefined> {
    return this.#proofs.read(providerIds);
  }

  advertise(given: AdvertiseWrite): Promise<AdvertiseOutcome> {
    const write = dated(this.#time, given);
    return this.#write(given, (draft) => advertise(draft, write));
  }

  withdraw(given: WithdrawWrite): Promise<WithdrawOutcome> {
    const write = dated(this.#time, given);
    return this.#write(given, (draft) => withdraw(draft, write));
  }

  expire(expirations: readonly Expiration[], endedAtMs: number): Promise<boolean> {
    const atMs = this.#time.fromNode(endedAtMs);
    return this.#inSlices(expirations, (draft, slice) => expire(draft, slice, atMs));
  }

  forget(memories: readonly Pick<Memory, 'providerId' | 't'>[]): Promise<boolean> {
    return this.#inSlices(memories, (draft, slice) => forget(draft, slice));
  }

  async lowerFutureTimes(givenMs: number): Promise<number | undefined> {
    const nowMs = this.#time.latest(givenMs);
    if (!this.#member.isKeeper) return this.#member.feed?.high_water_mark;
    try {
      return await lowerAll(this.#member.askLine, nowMs, (ids, work) => this.#upkeep(ids, work));
    } catch {
      return undefined;
    }
  }

  heartbeat(givenMs: number): Promise<boolean> {
    this.#beating ??= this.#beat(this.#time.fromNode(givenMs)).finally(() => {
      this.#beating = undefined;
    });
    return this.#beating;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#closeTimeoutMs);
    });
    await Promise.race([this.#queue.drain(), patience]);
    clearTimeout(timer);
    await this.#member.close();
  }

  async #beat(nowMs: number): Promise<boolean> {
    this.#mustBeLoaded();
    const agedUpTo = this.#member.isKeeper ? await this.#agedUpTo(nowMs) : undefined;
    return new Promise((tell) => {
      this.#giveSign(
        new Work<boolean>(
          [],
          (draft) => beAlive(draft, nowMs, agedUpTo),
          () => false,
          tell,
        ),
      );
    });
  }

  async #agedUpTo(nowMs: number): Promise<number | undefined> {
    const asked = this.#member.askLine.run(AGED_MS_MAX, (sql) =>
      readAgedUpTo(sql, keptSince(nowMs)),
    );
    return asked.catch(() => undefined);
  }

  /** A sign of life that nobody waits for: it says who sweeps, and shows whether the database takes writes. */
  #sign(): void {
    if (this.#signing || this.#closing || this.#state !== 'loaded') return;
    this.#signing = true;
    const done = (): void => {
      this.#signing = false;
    };
    this.#giveSign(new Work([], giveSign, () => undefined, done));
  }

  /** Whoever takes over as keeper, which a sign of life does, has to know that there is room. */
  #giveSign(sign: PendingWork): void {
    if (this.#member.isKeeperWanted) this.#queue.addProbe(sign);
    else this.#queue.addSignOfLife(sign);
  }

  /** A write before everything stored was read would be decided against less than that: a bug. */
  #mustBeLoaded(): void {
    if (this.#state !== 'loaded') throw new Error('a store is loaded before it is written to');
  }

  async #write<Outcome>(
    { providerId }: { readonly providerId: ProviderId },
    carryOut: (draft: Draft) => Outcome,
  ): Promise<Outcome | Unavailable> {
    this.#mustBeLoaded();
    return new Promise((tell) => {
      this.#queue.addWrite(
        new Work<Outcome | Unavailable>([providerId], carryOut, (why) => why, tell),
      );
    });
  }

  #upkeep<Outcome>(
    providerIds: readonly ProviderId[],
    carryOut: (draft: Draft) => Outcome,
  ): Promise<Outcome | undefined> {
    this.#mustBeLoaded();
    return new Promise((tell) => {
      this.#queue.addUpkeep(
        new Work<Outcome | undefined>(providerIds, carryOut, () => undefined, tell),
      );
    });
  }

  /** Bulk work is the keeper's; everybody else hears what came of it. */
  async #inSlices<Item extends { readonly providerId: ProviderId }>(
    items: readonly Item[],
    carryOut: (draft: Draft, slice: readonly Item[]) => void,
  ): Promise<boolean> {
    if (!this.#member.isKeeper) return false;
    return inSlices(items, (slice) =>
      this.#upkeep(
        slice.map(({ providerId }) => providerId),
        (draft) => {
          carryOut(draft, slice);
          return true as const;
        },
      ),
    );
  }
}

function repairNotice(count: number): string {
  return `${count} ${count === 1 ? 'provider was' : 'providers were'} held otherwise than the database says, and put right: did somebody change its tables by hand?`;
}
