/**
 * Counts what each key (an address, a provider) has used of a fixed budget in its own
 * window of time, in bounded memory.
 *
 * Invariant: entries lie in the order in which their windows began, and every window is
 * equally long, so the ones to evict are always in front. Cost: one map look-up each call,
 * about 130 bytes an entry.
 *
 * A fixed window anchored at the first use was preferred to a token bucket: its answer ("so
 * many left, all of them back in so many seconds") is what the RateLimit header can say. The
 * price is that a burst at the end of one window and the start of the next reaches twice the
 * limit.
 */
import type { MonotonicMs } from '../telemetry/clock.js';

/** What is left of a budget. */
export interface Verdict {
  /** Whether this use is, or the next one would be, within the budget. */
  readonly allowed: boolean;
  /** Uses left in this window, 0 or more. */
  readonly remaining: number;
  /** Uses in a whole window. */
  readonly limit: number;
  /** Whole seconds, at least 1, until the window ends and everything is left again. */
  readonly resetSeconds: number;
}

/** What a table is made with. */
export interface BudgetTableOptions {
  /** Uses in one window, at least 1. */
  readonly limit: number;
  /** Length of a window; raising it makes a block last longer. */
  readonly windowMs: number;
  /** Keys counted apart; every newcomer beyond shares one more budget. */
  readonly entriesMax: number;
  readonly monotonicMs: () => MonotonicMs;
}

/** A bounded table of budgets. It holds no timer: there is nothing to close. */
export interface BudgetTable {
  /** Uses one unit. A refused use costs nothing and does not lengthen the block. */
  take(key: string): Verdict;
  /** What `take` would meet, using nothing. */
  peek(key: string): Verdict;
}

/** Two for each that comes: the table shrinks after a flood, and no single request pays for clearing it. */
const EVICTIONS_MAX = 2;

interface Entry {
  startedAtMs: number;
  used: number;
}

/** Makes an empty table. Throws a RangeError for a bound below 1: that is a bug. */
export function createBudgetTable(options: BudgetTableOptions): BudgetTable {
  return new FixedWindowTable(options);
}

class FixedWindowTable implements BudgetTable {
  readonly #entries = new Map<string, Entry>();
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #entriesMax: number;
  readonly #monotonicMs: () => MonotonicMs;
  /** What the newcomers to a full table share. */
  #shared: Entry = { startedAtMs: -Infinity, used: 0 };

  constructor({ limit, windowMs, entriesMax, monotonicMs }: BudgetTableOptions) {
    if (!(limit >= 1 && windowMs >= 1 && entriesMax >= 1)) {
      throw new RangeError(`a budget needs bounds: ${limit}, ${windowMs}, ${entriesMax}`);
    }
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#entriesMax = entriesMax;
    this.#monotonicMs = monotonicMs;
  }

  take(key: string): Verdict {
    const nowMs = this.#monotonicMs();
    const entry = this.#open(key, nowMs);
    const allowed = entry.used < this.#limit;
    if (allowed) entry.used += 1;
    return this.#verdict(entry, nowMs, allowed);
  }

  peek(key: string): Verdict {
    const nowMs = this.#monotonicMs();
    const entry = this.#live(key, nowMs) ?? this.#forNewcomer(nowMs);
    return this.#verdict(entry, nowMs, entry.used < this.#limit);
  }

  #live(key: string, nowMs: number): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && !this.#isOver(entry, nowMs) ? entry : undefined;
  }

  #isOver(entry: Entry, nowMs: number): boolean {
    return nowMs - entry.startedAtMs >= this.#windowMs;
  }

  /** The entry to count in: the key's own, a new one, or the shared one where there is no room. */
  #open(key: string, nowMs: number): Entry {
    const known = this.#live(key, nowMs);
    if (known !== undefined) return known;
    const entry = this.#forNewcomer(nowMs);
    if (entry !== this.#shared) this.#append(key, entry);
    return entry;
  }

  /** Evicts what is over: nobody whose window still runs, blocked or not, makes room for a newcomer. */
  #forNewcomer(nowMs: number): Entry {
    this.#evict(nowMs);
    if (this.#entries.size < this.#entriesMax) return { startedAtMs: nowMs, used: 0 };
    if (this.#isOver(this.#shared, nowMs)) this.#shared = { startedAtMs: nowMs, used: 0 };
    return this.#shared;
  }

  #evict(nowMs: number): void {
    let evicted = 0;
    for (const [key, entry] of this.#entries) {
      if (evicted === EVICTIONS_MAX || !this.#isOver(entry, nowMs)) return;
      this.#entries.delete(key);
      evicted += 1;
    }
  }

  /** At the back, where the youngest window belongs. */
  #append(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }

  #verdict(entry: Entry, nowMs: number, allowed: boolean): Verdict {
    const leftMs = entry.startedAtMs + this.#windowMs - nowMs;
    return {
      allowed,
      remaining: this.#limit - entry.used,
      limit: this.#limit,
      resetSeconds: Math.max(1, Math.ceil(leftMs / 1000)),
    };
  }
}
