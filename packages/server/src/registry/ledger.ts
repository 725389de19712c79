/**
 * Every provider that is known, listed or remembered, by id. It is split into shards because a
 * single `Map` of a million keys rehashes in one go, which holds the event loop for over 50 ms;
 * a shard of a sixty-fourth does so in about one.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { Entry } from './entry.js';

const SHARDS = 64;

/** See the head of this file. */
export class Ledger {
  readonly #shards = Array.from({ length: SHARDS }, () => new Map<ProviderId, Entry>());
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(providerId: ProviderId): Entry | undefined {
    return this.#shard(providerId).get(providerId);
  }

  /** All of them, in no order. */
  *ids(): Generator<ProviderId> {
    for (const shard of this.#shards) yield* shard.keys();
  }

  add(entry: Entry): void {
    this.#shard(entry.providerId).set(entry.providerId, entry);
    this.#size += 1;
  }

  delete(providerId: ProviderId): void {
    if (this.#shard(providerId).delete(providerId)) this.#size -= 1;
  }

  #shard(providerId: ProviderId): Map<ProviderId, Entry> {
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
