/**
 * The use cases: advertise, withdraw, find, get. One path for each: admission says whether it
 * may be, the store decides and makes it durable, the view makes it visible, then it is answered.
 *
 * Invariant: nothing here is visible that is not durable, and nothing is answered that is not
 * visible. What is listed is kept by the view, the index and the store, not here.
 */
import {
  accept,
  refuse,
  type FindQuery,
  type Problem,
  type ProviderId,
  type Requirements,
  type Result,
} from 'golem-vm-discovery-protocol';
import type {
  Admission,
  KnownProviders,
  RefusedWrite,
  WriteRequest,
} from '../admission/contract.js';
import { refusedDelete, refusedPost } from '../admission/refused-write.js';
import type { AdvertisementIndex, Findings } from '../matching/contract.js';
import type {
  AdvertiseWrite,
  Inheritance,
  Store,
  SharedListener,
  StoreHealth,
} from '../store/contract.js';
import type { Clock } from '../telemetry/clock.js';
import { ABSENCE_MS_MAX } from './absence.js';
import { createCapacity, type Capacity } from './capacity.js';
import type { Chronicle } from './chronicle.js';
import type { Found, Granted, Numbers, Phase, Registry, Standing } from './contract.js';
import { WATCH_BOUNDS } from './feed/watch-bounds.js';
import { Watches } from './feed/watches.js';
import { grantedOf } from './granted.js';
import { inTurns } from './in-turns.js';
import { knownProvidersOf } from './known-providers.js';
import { createFollowers, type Followers } from './followers.js';
import { type Freshness, freshnessOf } from './freshness.js';
import type { LeaseClock } from './lease-clock.js';
import type { LiveView } from './live-view.js';
import { advertiseResult, stillLoading, withdrawResult } from './outcomes.js';
import type { ProviderStanding } from './provider-standing.js';
import { Reading } from './reading.js';
import type { Schedule } from './schedule.js';
import { startSweeper, type Sweeper } from './sweeper.js';
import { createWarmth, type Warmth } from './warmth.js';

/** Some 20 MB: a small hub remembers as many, so that listing and withdrawing in turns closes it to nobody. */
const REMEMBERED_MAX_LEAST = 100_000;

/** What a registry is made of. It closes the store and nothing else. */
export interface RegistryParts {
  readonly admission: Admission;
  readonly index: AdvertisementIndex;
  readonly clock: Clock;
  readonly schedule: Schedule;
  readonly ttlMs: number;
  readonly cleanupIntervalMs: number;
  readonly listedMax: number;
  /** Opens the store; the registry listens to it from the first commit on. */
  readonly openStore: (listener: SharedListener) => Promise<Result<Store, string>>;
  /** Told when the store stops or begins again to take writes. */
  readonly onHealth: (health: StoreHealth) => void;
}

/** Opens the store. The registry answers nothing until `load` has resolved. A refusal is a sentence for the operator. */
export async function openRegistry(parts: RegistryParts): Promise<Result<HubRegistry, string>> {
  const followers = createFollowers(parts);
  const opened = await parts.openStore(followers.listener);
  if (!opened.ok) return opened;
  followers.share(opened.value.shared);
  return accept(new HubRegistry(parts, opened.value, followers));
}

/** The registry of one hub; see the head of this file. */
export class HubRegistry implements Registry {
  readonly #parts: RegistryParts;
  readonly #store: Store;
  readonly #view: LiveView;
  readonly #chronicle: Chronicle;
  readonly #leaseClock: LeaseClock;
  readonly #health: () => StoreHealth;
  readonly #known: KnownProviders;
  readonly #warmth: Warmth;
  readonly #capacity: Capacity;
  readonly #reading: Reading;
  readonly watches: Watches;
  #loaded = false;
  #sweeper: Sweeper | undefined;

  constructor(
    parts: RegistryParts,
    store: Store,
    { view, chronicle, leaseClock, health }: Followers,
  ) {
    this.#parts = parts;
    this.#store = store;
    this.#view = view;
    this.#chronicle = chronicle;
    this.#leaseClock = leaseClock;
    this.#reading = new Reading({
      ...parts,
      store,
      view,
      chronicle,
      leaseClock,
      lastRefusal: (providerId) => parts.admission.lastRefusal(providerId),
    });
    this.#health = health;
    this.watches = new Watches(view.feed, parts.index, WATCH_BOUNDS, store.shared);
    this.#known = knownProvidersOf(view, parts.clock);
    this.#warmth = createWarmth(leaseClock, parts.ttlMs);
    this.#capacity = createCapacity(view, {
      listedMax: parts.listedMax,
      rememberedMax: Math.max(parts.listedMax, REMEMBERED_MAX_LEAST),
    });
  }

  get listed(): number {
    this.#view.hideLapsed();
    return this.#view.listed;
  }

  /** How many providers are known, listed or remembered. */
  get known(): number {
    return this.#view.known;
  }

  /** Takes over what an earlier run left, and starts the housekeeping. Called once. */
  async load(): Promise<Inheritance> {
    // Nobody can renew before everything is loaded, so no lease may run meanwhile.
    this.#leaseClock.pause();
    const inheritance = await this.#store.load({
      listings: (chunk) => {
        for (const listing of chunk) this.#view.inherit(listing);
      },
      memories: (chunk) => {
        for (const memory of chunk) {
          this.#view.inheritMemory(memory);
          this.#chronicle.inheritEnding(memory);
        }
      },
    });
    this.#chronicle.inheritTraffic(inheritance.traffic);
    this.#view.setHighWaterMark(inheritance.highWaterMark);
    this.#view.feed.inherit(inheritance.history);
    const { lastAliveMs } = inheritance;
    const { clock } = this.#parts;
    const awayMs = lastAliveMs === undefined ? 0 : clock.wallMs() - lastAliveMs;
    await inTurns(
      awayMs > ABSENCE_MS_MAX ? this.#view.lapseInherited() : this.#view.finishInheriting(),
      () => clock.monotonicMs(),
    );
    if (lastAliveMs !== undefined) this.#warmth.begin();
    this.#store.shared?.follow();
    // Before the first answer: a hub that is killed in its first second was alive all the same.
    await this.#store.heartbeat(this.#parts.clock.wallMs());
    if (this.writable()) this.#leaseClock.resume();
    this.#loaded = true;
    this.watches.start(this.#parts.schedule);
    this.#sweeper = startSweeper({
      view: this.#view,
      store: this.#store,
      clock: this.#parts.clock,
      leaseClock: this.#leaseClock,
      schedule: this.#parts.schedule,
      cleanupIntervalMs: this.#parts.cleanupIntervalMs,
      writable: () => this.writable(),
    });
    return inheritance;
  }

  async advertise(request: WriteRequest): Promise<Result<Granted>> {
    if (!this.#loaded) return refuse(stillLoading());
    const receivedAtMs = this.#parts.clock.wallMs();
    this.#view.hideLapsed();
    const admitted = await this.#parts.admission.advertisement(request, this.#known);
    if (!admitted.ok) return admitted;
    const write: AdvertiseWrite = {
      ...admitted.value,
      source: request.source.network,
      receivedAtMs,
      ttlMs: this.#parts.ttlMs,
    };
    const isListed = this.standing(write.providerId) === 'listed';
    const granted = await (isListed ? this.#renew(write) : this.#list(write));
    if (!granted.ok) this.#refusedAfter(refusedPost(request), granted.problem);
    return granted;
  }

  async #list(write: AdvertiseWrite): Promise<Result<Granted>> {
    const refusal = this.#capacity.refuseListing(this.standing(write.providerId));
    if (refusal) return refuse(refusal);
    return this.#capacity.whileArriving(() => this.#renew(write));
  }

  async #renew(write: AdvertiseWrite): Promise<Result<Granted>> {
    const outcome = await this.#view.whileWriting(write.providerId, (lapsed) =>
      this.#store.advertise({ ...write, ...lapsed }),
    );
    const result = advertiseResult(outcome);
    return result.ok ? accept(grantedOf(result.value, this.#parts.ttlMs)) : result;
  }

  async withdraw(request: WriteRequest, owner: ProviderId): Promise<Result<void>> {
    if (!this.#loaded) return refuse(stillLoading());
    const receivedAtMs = this.#parts.clock.wallMs();
    this.#view.hideLapsed();
    const admitted = await this.#parts.admission.withdrawal(request, owner, this.#known);
    if (!admitted.ok) return admitted;
    const refusal = this.#capacity.refuseMemory(this.standing(owner));
    if (refusal) return refuse(refusal);
    const outcome = await this.#store.withdraw({
      ...admitted.value,
      source: request.source.network,
      receivedAtMs,
    });
    const withdrawn = withdrawResult(outcome);
    if (!withdrawn.ok) this.#refusedAfter(refusedDelete(request, owner), withdrawn.problem);
    return withdrawn;
  }

  refusedBefore(write: RefusedWrite, refusal: Problem): void {
    if (this.#loaded) this.#parts.admission.refusedBefore(write, this.#known, refusal);
  }

  #refusedAfter(write: RefusedWrite, refusal: Problem): void {
    this.#parts.admission.refusedAfter(write, this.#known, refusal);
  }

  find(query: FindQuery): Result<Found> {
    return this.#loaded ? this.#reading.find(query) : refuse(stillLoading());
  }

  async findProven(query: FindQuery): Promise<Result<Found>> {
    return this.#loaded ? this.#reading.findProven(query) : refuse(stillLoading());
  }

  get(providerId: ProviderId): Result<string> {
    return this.#loaded ? this.#reading.get(providerId) : refuse(stillLoading());
  }

  async getProven(providerId: ProviderId): Promise<Result<string>> {
    return this.#loaded ? this.#reading.getProven(providerId) : refuse(stillLoading());
  }

  async explain(requirements: Requirements): Promise<Result<Findings>> {
    return this.#loaded ? this.#reading.explain(requirements) : refuse(stillLoading());
  }

  status(providerId: ProviderId): Result<ProviderStanding> {
    return this.#loaded ? accept(this.#reading.status(providerId)) : refuse(stillLoading());
  }

  stats(): Result<Numbers> {
    return this.#loaded ? accept(this.#reading.stats()) : refuse(stillLoading());
  }

  standing(providerId: ProviderId): Standing {
    this.#view.hideLapsed();
    const state = this.#view.find(providerId)?.state;
    if (state === undefined) return 'unknown';
    return state === 'listed' ? 'listed' : 'remembered';
  }

  phase(): Phase {
    if (!this.#loaded) return 'loading';
    return this.#warmth.lasts() ? 'warming' : 'steady';
  }

  readonly freshness = (): Freshness => freshnessOf(this.#store);

  writable(): boolean {
    return this.#health().kind === 'writable';
  }

  async close(): Promise<void> {
    this.#sweeper?.stop();
    this.#reading.close();
    this.watches.close();
    if (this.#loaded) await this.#store.heartbeat(this.#parts.clock.wallMs());
    this.#loaded = false;
    await this.#store.close();
  }
}
