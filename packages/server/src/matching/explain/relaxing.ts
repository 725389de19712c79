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
  /** The most of each resource that would give a match; 0 where none would. */
  readonly #enough: Record<ResourceName, number> = { cpu: 0, memory: 0, storage: 0 };
  #leastUsd = Infinity;
  #droppable = 0;

  constructor(yardstick: Yardstick) {
    this.#yardstick = yardstick;
    this.#requirements = yardstick.requirements;
  }

  /** Whether somebody with this mask can still say something new. */
  isCurious(mask: number): boolean {
    return mayBeRelaxed(mask) && (mask & this.#droppable) === 0;
  }

  /** Takes into account what is at an index of the last measurement, and has a mask of interest. */
  consider(index: number, mask: number): void {
    const others = mask & ~PRICE;
    if (others === 0) this.#leastUsd = Math.min(this.#leastUsd, this.#yardstick.usd(index));
    if ((others & RESOURCES) !== others) this.#droppable |= others;
    if (others === 0 || others === MISSED.cpu) this.#lower('cpu', index);
    if (others === 0 || others === MISSED.memory) this.#lower('memory', index);
    if (others === 0 || others === MISSED.storage) this.#lower('storage', index);
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

  /** Finds out how much of a resource could be asked for instead, where that is more than is known to be enough. */
  #lower(name: ResourceName, index: number): void {
    const most = Math.min(this.#yardstick.amount(index, name), (this.#requirements[name] ?? 1) - 1);
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
    const { cpu, memory, storage, max_usd_per_month: capUsd } = this.#requirements;
    if (capUsd === undefined) return true;
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
