/**
 * What came and went: arrivals and departures by the hour, and how each listing ended that ended lately.
 * Invariant: it follows the committed changes, in their order. It holds a week of hours, and of endings
 * as many and for as long as `ENDINGS_MAX` and `ENDING_MS_MAX` say, some 100 bytes each.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import { Remembrance } from '../admission/remembrance.js';
import type { Change, Memory } from '../store/contract.js';
import { HOUR_MS, type HourTraffic, Traffic, TRAFFIC_HOURS_KEPT } from '../store/traffic.js';

/** Endings that are remembered; the oldest make room. */
export const ENDINGS_MAX = 100_000;
/** For how long: long enough that whoever comes back in the morning learns what happened at night. */
export const ENDING_MS_MAX = 24 * HOUR_MS;

/** How a listing ended. */
export interface Ending {
  readonly kind: 'withdrawn' | 'expired';
  readonly atMs: number;
}

/** See the head of this file. */
export class Chronicle {
  readonly #traffic = new Traffic();
  readonly #endings = new Remembrance<Ending>({
    entriesMax: ENDINGS_MAX,
    ageMsMax: ENDING_MS_MAX,
  });

  /** Takes over the hours that an earlier run left. */
  inheritTraffic(hours: readonly HourTraffic[]): void {
    for (const hour of hours) this.#traffic.put(hour);
  }

  /** Takes over how a listing ended in an earlier run. */
  inheritEnding({ providerId, ended, endedAtMs }: Memory): void {
    if (ended !== 'not_listed') this.#end(providerId, ended, endedAtMs);
  }

  /** Follows a commit. */
  note(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'listed') {
        this.#endings.forget(change.listing.providerId);
        if (change.revised && change.revised.before === undefined) {
          this.#traffic.note(change.listing.createdAtMs, 'arrived');
        }
      } else if (change.kind === 'ended' && change.revised && change.ended !== 'not_listed') {
        this.#traffic.note(change.endedAtMs, change.ended);
        this.#end(change.providerId, change.ended, change.endedAtMs);
      }
    }
  }

  /** How the last listing of a provider that is not listed ended; `undefined` where that is not known, or long ago. */
  endingOf(providerId: ProviderId, nowMs: number): Ending | undefined {
    return this.#endings.recall(providerId, nowMs);
  }

  /** Hour by hour up to the present one, from the first in which anything happened; at most a week. */
  trafficUntil(nowMs: number): readonly HourTraffic[] {
    const last = Math.floor(nowMs / HOUR_MS);
    const begun = this.#traffic.hours.map(({ hour }) => hour).filter((hour) => hour <= last);
    const first = Math.max(Math.min(last, ...begun), last - TRAFFIC_HOURS_KEPT + 1);
    return Array.from({ length: last - first + 1 }, (_, place) => this.#traffic.in(first + place));
  }

  #end(providerId: ProviderId, kind: Ending['kind'], atMs: number): void {
    this.#endings.remember(providerId, { kind, atMs }, atMs);
  }
}
