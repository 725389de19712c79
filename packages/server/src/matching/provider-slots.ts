/**
 * Which slot a provider has. A slot is a small number that names a row in the columns; one that
 * was left is given to the next provider.
 * One `Map` of a million strings stops the event loop for 0.2 s whenever it doubles; 256 small ones
 * double one at a time, in under a millisecond.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';

const SHARDS = 256;

export class ProviderSlots {
  readonly #shards = Array.from({ length: SHARDS }, () => new Map<ProviderId, number>());
  readonly #ids: (ProviderId | undefined)[] = [];
  readonly #free: number[] = [];

  /** How many providers have a slot. */
  get size(): number {
    return this.#ids.length - this.#free.length;
  }

  slotOf(providerId: ProviderId): number | undefined {
    return this.#shardOf(providerId).get(providerId);
  }

  /** The provider in a slot that is taken. */
  providerIn(slot: number): ProviderId {
    const id = this.#ids[slot];
    if (id === undefined) throw new RangeError(`slot ${slot} is free`);
    return id;
  }

  /** Gives a provider a slot; one that it had stays taken until it is released. */
  take(providerId: ProviderId): number {
    const slot = this.#free.pop() ?? this.#ids.length;
    this.#ids[slot] = providerId;
    this.#shardOf(providerId).set(providerId, slot);
    return slot;
  }

  release(slot: number): void {
    const providerId = this.providerIn(slot);
    const shard = this.#shardOf(providerId);
    if (shard.get(providerId) === slot) shard.delete(providerId);
    this.#ids[slot] = undefined;
    this.#free.push(slot);
  }

  /** By the last four characters: ids of every kind differ there. */
  #shardOf(providerId: ProviderId): Map<ProviderId, number> {
    let mixed = 0;
    for (let place = Math.max(0, providerId.length - 4); place < providerId.length; place += 1) {
      mixed = mixed * 31 + providerId.charCodeAt(place);
    }
    const shard = this.#shards[mixed % SHARDS];
    if (shard === undefined) throw new RangeError('no shard');
    return shard;
  }
}
