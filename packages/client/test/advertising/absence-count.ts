/**
 * Counts the time in which a provider was not listed, and how much of it was the advertiser's
 * fault: whenever the hub had been up and reachable for two thirds of a lease.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 40;

/** What was counted, all in milliseconds. */
export interface Absence {
  /** Not listed, though the hub had been reachable for long enough. */
  readonly inexcusableMs: number;
  /** Not listed, and the hub was up but had not been reachable for long enough. */
  readonly excusedMs: number;
  /** Listed or not, the hub had been reachable for long enough. */
  readonly accountableMs: number;
}

/** Looks at a hub until it is stopped. */
export class AbsenceCount {
  readonly #url: string;
  readonly #graceMs: number;
  readonly #looking: Promise<void>;
  #reachableSinceMs: number | undefined = performance.now();
  #stopped = false;
  #inexcusableMs = 0;
  #excusedMs = 0;
  #accountableMs = 0;

  /** `hub` is the hub itself, whatever lies between it and the advertiser. */
  constructor(hub: string, providerId: string, graceMs: number) {
    this.#url = `${hub}/api/v1/advertisements/${providerId}`;
    this.#graceMs = graceMs;
    this.#looking = this.#look();
  }

  /** From now on the advertiser can reach the hub. */
  reachable(): void {
    this.#reachableSinceMs ??= performance.now();
  }

  /** From now on it can't. */
  unreachable(): void {
    this.#reachableSinceMs = undefined;
  }

  async stop(): Promise<Absence> {
    this.#stopped = true;
    await this.#looking;
    return {
      inexcusableMs: this.#inexcusableMs,
      excusedMs: this.#excusedMs,
      accountableMs: this.#accountableMs,
    };
  }

  async #look(): Promise<void> {
    let lastMs = performance.now();
    while (!this.#stopped) {
      const askedMs = performance.now();
      // Judged by when it was asked: the answer is of that moment or a little later.
      const accountable = this.#isAccountable(askedMs);
      const listed = await this.#isListed();
      if (listed !== undefined) this.#count(askedMs - lastMs, accountable, listed);
      lastMs = askedMs;
      await pause(LOOK_EVERY_MS);
    }
  }

  #isAccountable(nowMs: number): boolean {
    const sinceMs = this.#reachableSinceMs;
    return sinceMs !== undefined && nowMs - sinceMs >= this.#graceMs;
  }

  #count(ms: number, accountable: boolean, listed: boolean): void {
    if (accountable) this.#accountableMs += ms;
    if (listed) return;
    if (accountable) this.#inexcusableMs += ms;
    else this.#excusedMs += ms;
  }

  /** `undefined`: the hub is down. */
  async #isListed(): Promise<boolean | undefined> {
    try {
      const { status } = await fetch(this.#url, { headers: { connection: 'close' } });
      return status === 200;
    } catch {
      return undefined;
    }
  }
}
