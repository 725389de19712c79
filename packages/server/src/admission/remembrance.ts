/**
 * Something about each of some providers, remembered for a bounded time and for a bounded number.
 *
 * Invariant: entries lie in the order in which they were last written, so the ones to let go of are
 * in front. Cost: a few map operations, and the entry.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';

/** How much is remembered. */
export interface RemembranceBounds {
  /** The one written longest ago makes room. */
  readonly entriesMax: number;
  /** What is older is not recalled. */
  readonly ageMsMax: number;
}

interface Entry<Value> {
  readonly value: Value;
  readonly atMs: number;
}

/** See the head of this file. Times are of one clock, whichever. */
export class Remembrance<Value> {
  readonly #entries = new Map<ProviderId, Entry<Value>>();
  readonly #bounds: RemembranceBounds;

  constructor(bounds: RemembranceBounds) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Remembers something in the place of what was remembered of a provider before. */
  remember(providerId: ProviderId, value: Value, atMs: number): void {
    this.#entries.delete(providerId);
    this.#entries.set(providerId, { value, atMs });
    this.#letGo(atMs);
  }

  recall(providerId: ProviderId, nowMs: number): Value | undefined {
    const entry = this.#entries.get(providerId);
    return entry === undefined || this.#isOver(entry, nowMs) ? undefined : entry.value;
  }

  forget(providerId: ProviderId): void {
    this.#entries.delete(providerId);
  }

  /** Two for each that comes, as far as they are over: it shrinks, and nobody pays for clearing it. */
  #letGo(nowMs: number): void {
    let looked = 0;
    for (const [providerId, entry] of this.#entries) {
      const isTooMany = this.#entries.size > this.#bounds.entriesMax;
      if (looked === 2 || !(isTooMany || this.#isOver(entry, nowMs))) return;
      this.#entries.delete(providerId);
      looked += 1;
    }
  }

  #isOver({ atMs }: Entry<Value>, nowMs: number): boolean {
    return nowMs - atMs > this.#bounds.ageMsMax;
  }
}
