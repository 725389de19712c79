/**
 * Every provider that is known, listed or remembered, by id. It is split into shards because a
 * single `Map` of a million keys rehashes in one go, which holds the event loop for over 50 ms;
 * a shard of a sixty-fourth does so in about one.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import { EntryColumns } from './entry-columns.js';
import { Entry, LONG_AGO_MS } from './entry.js';
import type { LeaseMs } from './lease-clock.js';

const SHARDS = 64;

/** See the head of this file. */
export class Ledger {
  readonly columns = new EntryColumns();
  readonly #shards = Array.from({ length: SHARDS }, () => new Map<ProviderId, number>());
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(providerId: ProviderId): Entry | undefined {
    const seat = this.#shard(providerId).get(providerId);
    return seat === undefined ? undefined : new Entry(this.columns, seat);
  }

  /** All of them, in no order. */
  *ids(): Generator<ProviderId> {
    for (const shard of this.#shards) yield* shard.keys();
  }

  /** An entry for a provider that was not known, in no queue yet. */
  add(providerId: ProviderId, now: LeaseMs): Entry {
    const seat = this.columns.take(providerId);
    this.#shard(providerId).set(providerId, seat);
    this.#size += 1;
    const entry = new Entry(this.columns, seat);
    entry.state = 'new';
    entry.t = undefined;
    entry.grant = 0;
    entry.due = now;
    entry.renewedMs = LONG_AGO_MS;
    return entry;
  }

  /** Forgets a provider, which is in no queue any more. */
  delete({ providerId, seat }: Entry): void {
    this.#shard(providerId).delete(providerId);
    this.columns.release(seat);
    this.#size -= 1;
  }

  #shard(providerId: ProviderId): Map<ProviderId, number> {
    // The last two characters are the most random ones of an address, a did:key and a numbered
    // label alike. The shortest label has only one.
    const last = providerId.length - 1;
    const before = last === 0 ? 0 : providerId.charCodeAt(last - 1);
    const mixed = providerId.charCodeAt(last) * 31 + before;
    const shard = this.#shards[mixed % SHARDS];
    if (shard === undefined) throw new Error('a shard is missing');
    return shard;
  }
}
