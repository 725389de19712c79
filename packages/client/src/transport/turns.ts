/**
 * Whose turn it is: which hub of several is asked next, and when. Invariant: a hub is not asked
 * before the time it named, and one that does not speak as a hub is not asked again.
 */
import { adviceFor, type Failure } from '../failure.js';
import { backoffMs, jitteredRetryAfterMs } from './waiting.js';

/** One hub, and from when on it may be asked, in monotonic milliseconds. */
export interface Turn {
  readonly hub: string;
  readonly notBeforeMs: number;
}

interface Standing extends Turn {
  readonly failures: number;
}

/** The turns of one call. */
export class Turns {
  /** In order of preference. */
  #standings: readonly Standing[];
  readonly #random: () => number;

  constructor(hubs: readonly string[], nowMs: number, random: () => number) {
    this.#standings = hubs.map((hub) => ({ hub, notBeforeMs: nowMs, failures: 0 }));
    this.#random = random;
  }

  /** The hub that may be asked soonest, by preference where several may; `undefined` when none is left. */
  next(): Turn | undefined {
    return this.#standings.toSorted((a, b) => a.notBeforeMs - b.notBeforeMs)[0];
  }

  /** Takes note of an attempt that failed at `nowMs`, monotonic. */
  failed(hub: string, failure: Failure, nowMs: number): void {
    this.#standings = this.#standings.flatMap((standing) =>
      standing.hub === hub ? this.#after(standing, failure, nowMs) : standing,
    );
  }

  /** Where a hub stands after a failure: nowhere, when waiting will not mend it. */
  #after({ hub, failures }: Standing, { code, retryAfterMs = 0 }: Failure, nowMs: number) {
    if (adviceFor(code) !== 'later') return [];
    const random = this.#random();
    const waitMs = Math.max(
      backoffMs(failures + 1, random),
      jitteredRetryAfterMs(retryAfterMs, random),
    );
    return [{ hub, failures: failures + 1, notBeforeMs: nowMs + waitMs }];
  }
}
