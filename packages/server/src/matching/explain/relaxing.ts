/**
 * The smallest change of one requirement that gives a match, where nothing matches as it is.
 *
 * Less of a resource is also a cheaper shape, so less of it can bring a price under its cap. A country,
 * a platform and `verified` can only be dropped, which counts as a change of 1.
 * Cost: that of the sieve for what can't improve on the best so far.
 */
import {
  REQUIREMENT_NAMES,
  type RequirementName,
  type Requirements,
} from 'golem-vm-discovery-protocol';
import type { Relief } from '../contract.js';
import { ABSENT, MASKS, MISSED, MISSED_COUNTS } from './missed.js';
import { type Reach, ReliefSieve } from './relief-sieve.js';
import { differenceShare, type Yardstick } from './yardstick.js';

const RESOURCE_NAMES = ['cpu', 'memory', 'storage'] as const;
type ResourceName = (typeof RESOURCE_NAMES)[number];
const RESOURCES = MISSED.cpu | MISSED.memory | MISSED.storage;
const PRICE = MISSED.max_usd_per_month;

/** Whether one change may be enough for whoever misses this: one requirement, or a resource and the price. */
function mayBeRelaxed(mask: number): boolean {
  const missed = MISSED_COUNTS[mask] ?? 0;
  return missed === 1 || (missed === 2 && (mask & PRICE) !== 0 && (mask & RESOURCES) !== 0);
}

const RELAXABLE = Array.from({ length: ABSENT }, (_, mask) => mask).filter(mayBeRelaxed);

export class Relaxing {
  readonly #yardstick: Yardstick;
  readonly #sieve: ReliefSieve;
  readonly #requirements: Requirements;
  readonly #curious = new Uint8Array(MASKS);
  readonly #asked: Readonly<Record<ResourceName | 'capUsd', number>>;
  /** The most of each resource that would give a match; 0 where none would. */
  readonly #enough: Record<ResourceName, number> = { cpu: 0, memory: 0, storage: 0 };
  #leastUsd = Infinity;
  #droppable = 0;

  constructor(yardstick: Yardstick) {
    this.#yardstick = yardstick;
    this.#sieve = new ReliefSieve(yardstick);
    this.#requirements = yardstick.requirements;
    const { shape, capUsd } = yardstick;
    this.#asked = { ...shape, capUsd };
  }

  /** 1 for each mask that may say something new of what is enough, as of now. */
  curious(): Uint8Array {
    for (const mask of RELAXABLE) this.#curious[mask] = Number((mask & this.#droppable) === 0);
    return this.#curious;
  }

  /** Takes the first `count` of some indexes of the last measurement into account, whose masks are curious. */
  consider(masks: Uint8Array, indexes: Uint16Array, count: number): void {
    const overUsd = this.#leastUsd - this.#asked.capUsd;
    const kept = this.#sieve.sift(indexes, count, this.#reach, overUsd);
    for (let rank = 0; rank < kept; rank += 1) {
      const index = indexes[rank] ?? 0;
      const mask = masks[index] ?? 0;
      const others = mask & ~PRICE;
      if ((others & RESOURCES) === others) this.#considerResources(index, others);
      else this.#droppable |= others;
    }
  }

  /** By how much less could be asked for, and still be more than is known to be enough. */
  get #reach(): Reach {
    const { cpu, memory, storage } = this.#enough;
    const asked = this.#asked;
    return {
      cpu: asked.cpu - cpu - 1,
      memory: asked.memory - memory - 1,
      storage: asked.storage - storage - 1,
    };
  }

  #considerResources(index: number, missed: number): void {
    if (missed === 0) this.#leastUsd = Math.min(this.#leastUsd, this.#yardstick.usd(index));
    for (const name of RESOURCE_NAMES) {
      if ((missed & ~MISSED[name]) === 0) this.#lower(name, index);
    }
  }

  /** The smallest change; of equals, that of the first requirement. */
  get best(): Relief | undefined {
    let best: Relief | undefined;
    for (const name of REQUIREMENT_NAMES) {
      const relief = this.#relief(name);
      if (relief !== undefined && relief.change < (best?.change ?? Infinity)) best = relief;
    }
    return best;
  }

  /** Finds out how much of a resource could be asked for instead, if that is more than is known to be enough. */
  #lower(name: ResourceName, index: number): void {
    const most = Math.min(this.#yardstick.amount(index, name), this.#asked[name] - 1);
    let enough = this.#enough[name];
    if (most <= enough || !this.#isAffordable(name, enough + 1, index)) return;
    enough += 1;
    for (let high = most; enough < high;) {
      const middle = Math.ceil((enough + high) / 2);
      if (this.#isAffordable(name, middle, index)) enough = middle;
      else high = middle - 1;
    }
    this.#enough[name] = enough;
  }

  #isAffordable(name: ResourceName, amount: number, index: number): boolean {
    const { cpu, memory, storage, capUsd } = this.#asked;
    const usd = this.#yardstick.usd(
      index,
      name === 'cpu' ? amount : cpu,
      name === 'memory' ? amount : memory,
      name === 'storage' ? amount : storage,
    );
    return usd <= capUsd;
  }

  #relief(requirement: RequirementName): Relief | undefined {
    const asked = this.#requirements[requirement];
    if (asked === undefined) return undefined;
    if (requirement === 'max_usd_per_month') return this.#raise(Number(asked));
    if (requirement === 'cpu' || requirement === 'memory' || requirement === 'storage') {
      const enough = this.#enough[requirement];
      return enough === 0
        ? undefined
        : { requirement, enough, change: differenceShare(enough, Number(asked)) };
    }
    const isDroppable = (this.#droppable & MISSED[requirement]) !== 0;
    return isDroppable ? { requirement, enough: undefined, change: 1 } : undefined;
  }

  #raise(capUsd: number): Relief | undefined {
    if (this.#leastUsd === Infinity) return undefined;
    const change = differenceShare(capUsd, this.#leastUsd);
    return { requirement: 'max_usd_per_month', enough: wholeCents(this.#leastUsd), change };
  }
}

/** Rounded up to what people pay. Cents are exact enough up to the dearest shape there can be. */
function wholeCents(usd: number): number {
  const rounded = Math.ceil(usd * 100) / 100;
  return rounded < usd ? Math.ceil(usd * 100 + 1) / 100 : rounded;
}
