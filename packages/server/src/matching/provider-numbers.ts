/**
 * Everybody who is listed or remembered, each by a small number, so that whoever keeps something of a
 * provider keeps it in columns. A number that all have let go is given to the next provider.
 * One `Map` of a million strings stops the event loop for 0.2 s whenever it doubles; 256 small ones
 * double one at a time, in under a millisecond. A second set of them, one for the index and one for the
 * registry, took 50 bytes a provider more.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import { IntegerColumn } from './integer-column.js';

const SHARDS = 256;

export class ProviderNumbers {
  readonly #shards = Array.from({ length: SHARDS }, () => new Map<ProviderId, number>());
  readonly #ids: (ProviderId | undefined)[] = [];
  /** How many hold each. */
  readonly #holds = new IntegerColumn();
  readonly #free: number[] = [];

  /** The number of a provider; `undefined` where nobody holds one. */
  numberOf(providerId: ProviderId): number | undefined {
    return this.#shardOf(providerId).get(providerId);
  }

  /** The provider whose number is held. */
  providerOf(number: number): ProviderId {
    const providerId = this.#ids[number];
    if (providerId === undefined) throw new RangeError(`nobody has the number ${number}`);
    return providerId;
  }

  /** Gives the number of a provider, which is the same until as many have let go as have held it. */
  hold(providerId: ProviderId): number {
    const shard = this.#shardOf(providerId);
    const number = shard.get(providerId) ?? this.#give(shard, providerId);
    this.#holds.set(number, this.#holds.get(number) + 1);
    return number;
  }

  letGo(number: number): void {
    const providerId = this.providerOf(number);
    const holds = this.#holds.get(number) - 1;
    this.#holds.set(number, holds);
    if (holds > 0) return;
    this.#shardOf(providerId).delete(providerId);
    this.#ids[number] = undefined;
    this.#free.push(number);
  }

  #give(shard: Map<ProviderId, number>, providerId: ProviderId): number {
    const number = this.#free.pop() ?? this.#ids.length;
    this.#ids[number] = providerId;
    this.#holds.set(number, 0);
    shard.set(providerId, number);
    return number;
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
