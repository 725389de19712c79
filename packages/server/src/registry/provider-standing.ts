/** What there is to tell a provider about itself. Everything is read from memory; it costs two counts. */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { Refusal } from '../admission/contract.js';
import type { AdvertisementIndex, PriceRank } from '../matching/contract.js';
import type { Clock } from '../telemetry/clock.js';
import type { Chronicle } from './chronicle.js';
import type { LeaseClock } from './lease-clock.js';
import type { LiveView } from './live-view.js';

/** A provider that is visible. Times are wall-clock milliseconds. */
export interface ListedStanding {
  readonly state: 'listed';
  readonly verified: boolean;
  readonly sinceMs: number;
  readonly renewedMs: number;
  /** It stays listed until then at least. */
  readonly untilMs: number;
  readonly priceRank: PriceRank | undefined;
}

/** A provider that is not. */
export type EndedStanding =
  | { readonly state: 'expired' | 'withdrawn'; readonly endedMs: number }
  | { readonly state: 'unknown' };

/** How a provider stands. */
export type ProviderStanding = (ListedStanding | EndedStanding) & {
  readonly refusal: Refusal | undefined;
};

/** What it is read from. */
export interface StandingParts {
  readonly index: AdvertisementIndex;
  readonly view: LiveView;
  readonly chronicle: Chronicle;
  readonly clock: Clock;
  readonly leaseClock: LeaseClock;
  readonly lastRefusal: (providerId: ProviderId) => Refusal | undefined;
}

/** A lease that runs for longer than was promised (after a restart, or an outage) does so by more than this. */
const JITTER_MS = 1_000;

/** Reads how a provider stands; what has lapsed has been hidden before. */
export function standingOf(parts: StandingParts, providerId: ProviderId): ProviderStanding {
  const refusal = parts.lastRefusal(providerId);
  const text = parts.index.get(providerId);
  const standing =
    text === undefined
      ? endedStanding(parts, providerId)
      : listedStanding(parts, providerId, recordIn(text));
  return { ...standing, refusal };
}

function listedStanding(
  { index, view, clock, leaseClock }: StandingParts,
  providerId: ProviderId,
  { verified, created_at, updated_at, expires_at }: ListedRecord,
): ListedStanding {
  const leftMs = (view.find(providerId)?.due ?? 0) - leaseClock.now();
  const expiresAtMs = Date.parse(expires_at);
  const dueMs = Math.floor(clock.wallMs() + leftMs);
  return {
    state: 'listed',
    verified,
    sinceMs: Date.parse(created_at),
    renewedMs: Date.parse(updated_at),
    untilMs: dueMs - expiresAtMs > JITTER_MS ? dueMs : expiresAtMs,
    priceRank: index.priceRank(providerId),
  };
}

/** The part of a record that is about its listing. */
interface ListedRecord {
  readonly verified: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at: string;
}

/** What the index shows is what it knows: times are kept nowhere else. */
function recordIn(text: string): ListedRecord {
  const record: unknown = JSON.parse(text);
  if (!isListedRecord(record)) throw new TypeError(`not the text of a record: ${text}`);
  return record;
}

function isListedRecord(record: unknown): record is ListedRecord {
  return typeof record === 'object' && record !== null && 'expires_at' in record;
}

function endedStanding(
  { view, chronicle, clock }: StandingParts,
  providerId: ProviderId,
): EndedStanding {
  const nowMs = clock.wallMs();
  // Between the end of its lease and the commit that says so.
  if (view.find(providerId)?.state === 'lapsed') return { state: 'expired', endedMs: nowMs };
  const ending = chronicle.endingOf(providerId, nowMs);
  return ending ? { state: ending.kind, endedMs: ending.atMs } : { state: 'unknown' };
}
