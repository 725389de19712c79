/**
 * Everybody who is listed or remembered, each by a small number, so that whoever keeps something of a
 * provider keeps it in columns. A number that all have let go is given to the next provider.
 *
 * Ids lie in bytes and are found through open tables, not through a `Map` of strings: a million of those
 * took 112 bytes a provider more, and every collection of garbage visited them all, which stopped a hub
 * for 30 to 90 ms. The table is split so that growing it never takes a millisecond.
 * Cost: 72 bytes a provider with an address; a lookup 0.2 µs.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import { HASH_BITS, createIdHash } from './id-hash.js';
import { IdTexts } from './id-texts.js';
import { IntegerColumn, UNSET } from '../columns/integer-column.js';
import { NumberTable } from './number-table.js';

const SHARD_BITS = 8;

export class ProviderNumbers {
  readonly #hashOf = createIdHash();
  /** The following three by number: its hash, its text, and how many hold it. */
  readonly #hashes = new IntegerColumn();
  readonly #texts = new IdTexts();
  readonly #holds = new IntegerColumn();
  readonly #shards = Array.from({ length: 2 ** SHARD_BITS }, () => new NumberTable(this.#hashes));
  readonly #free: number[] = [];
  #made = 0;
  /** Whoever was looked up last, who is mostly the next as well: a change is looked up three times. */
  #lastId: ProviderId | undefined;
  #lastNumber: number | undefined;

  /** The number of a provider; `undefined` where nobody holds one. */
  numberOf(id: ProviderId): number | undefined {
    if (id !== this.#lastId) this.#noteLast(id, this.#find(id));
    return this.#lastNumber;
  }

  /** The provider whose number is held. */
  providerOf(number: number): ProviderId {
    this.#check(number);
    return this.#texts.read(number);
  }

  /** Below zero where the id of one number comes before that of the other, both held. */
  compareIds(one: number, other: number): number {
    return this.#texts.compare(one, other);
  }

  /** Gives the number of a provider, which is the same until as many have let go as have held it. */
  hold(id: ProviderId): number {
    const number = this.numberOf(id) ?? this.#give(id);
    this.#holds.set(number, this.#holds.get(number) + 1);
    return number;
  }

  /** Holds a number once less; the last to let go frees it. Throws where nobody holds it. */
  letGo(number: number): void {
    this.#check(number);
    const holds = this.#holds.get(number) - 1;
    this.#holds.set(number, holds);
    if (holds > 0) return;
    this.#shardOf(this.#hashes.get(number)).remove(number);
    this.#texts.release(number);
    this.#free.push(number);
    this.#noteLast(undefined, undefined);
  }

  #find(id: ProviderId): number | undefined {
    const hash = this.#hashOf(id);
    const number = this.#shardOf(hash).find(hash, (other) => this.#texts.isAt(other, id));
    return number === UNSET ? undefined : number;
  }

  #noteLast(id: ProviderId | undefined, number: number | undefined): void {
    this.#lastId = id;
    this.#lastNumber = number;
  }

  #give(id: ProviderId): number {
    const number = this.#free.pop() ?? this.#made++;
    const hash = this.#hashOf(id);
    this.#hashes.set(number, hash);
    this.#texts.write(number, id);
    this.#holds.set(number, 0);
    this.#shardOf(hash).add(number);
    this.#noteLast(id, number);
    return number;
  }

  #check(number: number): void {
    if (this.#holds.get(number) <= 0) throw new RangeError(`nobody holds the number ${number}`);
  }

  /** By the upper bits: tables go by the lower ones. */
  #shardOf(hash: number): NumberTable {
    const shard = this.#shards[hash >>> (HASH_BITS - SHARD_BITS)];
    if (shard === undefined) throw new RangeError('no shard');
    return shard;
  }
}
