/**
 * Arrivals and departures by the hour: how many listings began, were withdrawn, and expired. A store
 * keeps them over restarts, counted in the very commits that they are about.
 */

/** The last hours that are kept, as far as anything happened in them: a week of them, if something did in each. */
export const TRAFFIC_HOURS_KEPT = 168;

export const HOUR_MS = 3_600_000;

/** What a listing did. */
export type Passage = 'arrived' | 'withdrawn' | 'expired';

/** One hour, counted from 1970. */
export interface HourTraffic extends Readonly<Record<Passage, number>> {
  readonly hour: number;
}

const NOTHING = { arrived: 0, withdrawn: 0, expired: 0 };

/** Some hours, in any order. At most `TRAFFIC_HOURS_KEPT`; the oldest makes room. */
export class Traffic {
  readonly #hours = new Map<number, HourTraffic>();

  get hours(): readonly HourTraffic[] {
    return [...this.#hours.values()];
  }

  /** What happened in an hour. */
  in(hour: number): HourTraffic {
    return this.#hours.get(hour) ?? { hour, ...NOTHING };
  }

  /** Counts one that passed at a wall-clock time. */
  note(atMs: number, passage: Passage): void {
    const traffic = this.in(Math.floor(atMs / HOUR_MS));
    this.put({ ...traffic, [passage]: traffic[passage] + 1 });
  }

  /** Puts an hour in the place of what was known of it. */
  put(traffic: HourTraffic): void {
    this.#hours.set(traffic.hour, traffic);
    if (this.#hours.size > TRAFFIC_HOURS_KEPT) this.#hours.delete(Math.min(...this.#hours.keys()));
  }

  /** Forgets everything. */
  clear(): void {
    this.#hours.clear();
  }
}
