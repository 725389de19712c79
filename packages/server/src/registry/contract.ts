/**
 * The use cases, as the HTTP edge sees them: advertise, withdraw, find, get, watch.
 */
import type {
  FindQuery,
  Problem,
  ProviderId,
  Requirements,
  Result,
} from 'golem-vm-discovery-protocol';
import type { RefusedWrite, WriteRequest } from '../admission/contract.js';
import type { Findings, LentBytes, MarketStats } from '../matching/contract.js';
import type { ProviderStanding } from './provider-standing.js';
import type { Position } from '../store/history.js';
import type { HourTraffic } from '../store/traffic.js';
import type { Watcher } from './feed/watch.js';
import type { Freshness } from './freshness.js';

/** What a provider is told when it was listed or renewed. */
export interface Granted {
  /** The wire text of the advertisement, a JSON object with `refresh_after_seconds`. */
  readonly text: string;
}

/** One page of an answer. */
export interface Found {
  /** The advertisements: a JSON array, in ASCII. Lent: see `LentBytes`. */
  readonly list: LentBytes;
  /** Where the history of what is listed stood at the moment of this answer. */
  readonly cursor: string;
  readonly next: string | undefined;
  readonly total: number | undefined;
}

/** The market in numbers, and what came and went, hour by hour, the present one last. */
export interface Numbers {
  readonly market: MarketStats;
  readonly traffic: readonly HourTraffic[];
}

/**
 * Where the registry stands: `loading` answers nothing yet; `warming` is the first TTL after a
 * restart, when providers may not all have come back; `steady` is everything else.
 */
export type Phase = 'loading' | 'warming' | 'steady';

/** What is known of a provider: `remembered` means not listed, but its last `t` is kept. */
export type Standing = 'listed' | 'remembered' | 'unknown';

/** A watch that is going on. Whoever opened it closes it. */
export interface Watching {
  /** Everything up to it was told; while a snapshot is being told, what it is of. */
  readonly cursor: string;
  /** The watcher is gone. Safe to call twice. */
  close(): void;
}

/** Where watches are opened. */
export interface WatchDesk {
  /** Tells a watcher what changes for these requirements since a position; without one, what is listed and then what changes. ADV_006; SYS_002 also where a hub that is cut off from others can't know the position. */
  open(requirements: Requirements, since: Position | undefined, watcher: Watcher): Result<Watching>;
  /** Calls back once when watches can be opened from a position, or never will be; at once where that is known. The function that it returns calls it off. */
  whenOpen(since: Position | undefined, tell: () => void): () => void;
  /** Tells all watchers to come back, and takes no new ones. Safe to call twice. */
  close(): void;
}

/** The use cases. Made by `openRegistry`, closed by whoever made it. */
export interface Registry {
  /** Lists or renews. Problems: AUTH_*, ADV_001, ADV_003, ADV_005, RATE_001, REQ_001, SYS_002. */
  advertise(request: WriteRequest): Promise<Result<Granted>>;
  /** Ends a listing. Problems: AUTH_*, ADV_003, ADV_004, ADV_005, RATE_001, SYS_002. */
  withdraw(request: WriteRequest, owner: ProviderId): Promise<Result<void>>;
  /** Takes note of a write that was refused before it came here, for whoever asks for the status of its provider. */
  refusedBefore(write: RefusedWrite, refusal: Problem): void;
  /** Answers from memory. ADV_002 for a page token that is not of this question. */
  find(query: FindQuery): Result<Found>;
  /** The same with proofs, which are read from the store: not at once. SYS_002 where it can't be read now. */
  findProven(query: FindQuery): Promise<Result<Found>>;
  readonly watches: WatchDesk;
  /** Why requirements match what they match, as of one moment. SYS_002 where too many are being explained. */
  explain(requirements: Requirements): Promise<Result<Findings>>;
  /** How a provider stands. */
  status(providerId: ProviderId): Result<ProviderStanding>;
  /** The market in numbers; nothing is counted for it. */
  stats(): Result<Numbers>;
  /** The wire text of one advertisement. ADV_004. */
  get(providerId: ProviderId): Result<string>;
  /** The same with its proof, if it is signed. ADV_004, SYS_002. */
  getProven(providerId: ProviderId): Promise<Result<string>>;
  /** What is known of a provider, from memory. */
  standing(providerId: ProviderId): Standing;
  phase(): Phase;
  /** How far it may be behind those with whom it shares its store. */
  freshness(): Freshness;
  /** Whether writes are being taken. */
  writable(): boolean;
  /** How many are listed. */
  readonly listed: number;
  /** Stops timers and lets the store commit what waits. Safe to call twice. */
  close(): Promise<void>;
}
