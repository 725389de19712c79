/**
 * The smallest change of one requirement that gives a match, where nothing matches as it is.
 *
 * Less of a resource is also a cheaper shape, so less of it can bring a price under its cap. A country,
 * a platform and `verified` can only be dropped, which counts as a change of 1.
 * Cost: an addition for what can't improve on the best so far.
 */
import {
  REQUIREMENT_NAMES,
  type RequirementName,
  type Requirements,
} from 'golem-vm-discovery-protocol';
import type { Relief } from '../contract.js';
import { ROW_LAYOUT } from '../rows.js';
import { MISSED, MISSED_COUNTS } from './missed.js';
import { differenceShare, type Yardstick } from './yardstick.js';

type ResourceName = 'cpu' | 'memory' | 'storage';
const RESOURCES = MISSED.cpu | MISSED.memory | MISSED.storage;
const PRICE = MISSED.max_usd_per_month;

/** Whether one change may be enough for whoever misses this: one requirement, or a resource and the price. */
function mayBeRelaxed(mask: number): boolean {
  const missed = MISSED_COUNTS[mask] ?? 0;
  return missed === 1 || (missed === 2 && (mask & PRICE) !== 0 && (mask & RESOURCES) !== 0);
}

export class Relaxing {
  readonly #yardstick: Yardstick;
  readonly #requirements: Requirements;
  readonly #asked: Readonly<Record<ResourceName | 'capUsd', number>>;
  /** The most of each resource that would give a match; 0 where none would. */
  readonly #enough: Record<ResourceName, number> = { cpu: 0, memory: 0, storage: 0 };
  #leastUsd = Infinity;
  #droppable = 0;

  constructor(yardstick: Yardstick) {
    this.#yardstick = yardstick;
    this.#requirements = yardstick.requirements;
    const { cpu = 1, memory = 1, storage = 1, max_usd_per_month } = yardstick.requirements;
    this.#asked = { cpu, memory, storage, capUsd: max_usd_per_month ?? Infinity };
  }

  /** Whether somebody with this mask can still say something new. */
  isCurious(mask: number): boolean {
    return mayBeRelaxed(mask) && (mask & this.#droppable) === 0;
  }

  /**
   * Takes into account the first `count` of some indexes of the last measurement, as far as their masks
   * are marked as curious.
   */
  consider(indexes: Uint16Array, count: number, masks: Uint8Array, curious: Uint8Array): void {
    const { chunk, from } = this.#yardstick.measured;
    for (let rank = 0; rank < count; rank += 1) {
      const index = indexes[rank] ?? 0;
      const mask = masks[index] ?? 0;
      if (curious[mask] !== 1) continue;
      const others = mask & ~PRICE;
      if ((others & RESOURCES) === others)
        this.#considerResources(chunk.doubles, from + index, index, others);
      else this.#droppable |= others;
    }
  }

  /** Most say nothing new, which has to be found out soon: where nobody meets a cap, everybody comes by here. */
  #considerResources(prices: Float64Array, row: number, index: number, missed: number): void {
    const { cpu, memory, storage, capUsd } = this.#asked;
    const at = row * ROW_LAYOUT.doubles;
    const coreUsd = prices[at + ROW_LAYOUT.corePrice] ?? 0;
    const memoryUsd = prices[at + ROW_LAYOUT.memoryPrice] ?? 0;
    const storageUsd = prices[at + ROW_LAYOUT.storagePrice] ?? 0;
    const forCpu = cpu * coreUsd;
    const forMemory = memory * memoryUsd;
    const forStorage = storage * storageUsd;
    if (missed === 0) this.#leastUsd = Math.min(this.#leastUsd, forCpu + forMemory + forStorage);
    const next = this.#enough;
    if (
      (missed & ~MISSED.cpu) === 0 &&
      (next.cpu + 1) * coreUsd + forMemory + forStorage <= capUsd
    ) {
      this.#lower('cpu', index);
    }
    if (
      (missed & ~MISSED.memory) === 0 &&
      forCpu + (next.memory + 1) * memoryUsd + forStorage <= capUsd
    ) {
      this.#lower('memory', index);
    }
    if (
      (missed & ~MISSED.storage) === 0 &&
      forCpu + forMemory + (next.storage + 1) * storageUsd <= capUsd
    ) {
      this.#lower('storage', index);
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

  /** Finds out how much of a resource could be asked for instead, if that is more than is known to be enough; one more is affordable. */
  #lower(name: ResourceName, index: number): void {
    const most = Math.min(this.#yardstick.amount(index, name), this.#asked[name] - 1);
    let enough = this.#enough[name];
    if (most <= enough) return;
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
