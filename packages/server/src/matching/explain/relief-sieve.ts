/**
 * A first look at many who miss one requirement, or a resource and a price: who may say something new of what is
 * enough? Where nobody meets a cap nearly everybody comes by here, at some 4 ns each.
 *
 * Asking for `d` less of a resource saves `d` times its unit price, so whoever is over the cap by more than
 * the most that could be saved has nothing to say. Invariant: nobody is let go who has.
 */
import { ROW_LAYOUT } from '../rows/row-chunks.js';
import type { Yardstick } from './yardstick.js';

const { doubles, corePrice, memoryPrice, storagePrice } = ROW_LAYOUT;

/** What a difference of two prices may be off by, as a share of them. */
const ROUNDING = 1e-12;

/** By how much less could be asked for, of each resource, and still be news. */
export interface Reach {
  readonly cpu: number;
  readonly memory: number;
  readonly storage: number;
}

export class ReliefSieve {
  readonly #yardstick: Yardstick;

  constructor(yardstick: Yardstick) {
    this.#yardstick = yardstick;
  }

  /**
   * Moves those together who are within `leastOverUsd` of the cap or within reach of it, of the first `count` of some
   * indexes of the last measurement; returns how many.
   */
  sift(indexes: Uint16Array, count: number, reach: Reach, leastOverUsd: number): number {
    const { capUsd } = this.#yardstick;
    // Without a cap nobody is too dear.
    if (capUsd === Infinity) return count;
    // What costs anything costs something in every amount.
    if (capUsd === 0) return this.#siftByPrice(indexes, count, leastOverUsd);
    return this.#siftByReach(indexes, count, reach, leastOverUsd);
  }

  #siftByReach(
    indexes: Uint16Array,
    count: number,
    { cpu, memory, storage }: Reach,
    leastOverUsd: number,
  ): number {
    const { measured, slackUsd, capUsd } = this.#yardstick;
    const prices = measured.chunk.doubles;
    const [start, rowDoubles, rounding] = [measured.from, doubles, ROUNDING];
    const [coreAt, memoryAt, storageAt] = [corePrice, memoryPrice, storagePrice];
    let kept = 0;
    for (let rank = 0; rank < count; rank += 1) {
      const index = indexes[rank] ?? 0;
      const at = (start + index) * rowDoubles;
      const slack = slackUsd[index] ?? 0;
      const missing = -slack - (capUsd - slack) * rounding;
      indexes[kept] = index;
      // Of the unpriced nothing is a number, and so no reason to keep them.
      kept +=
        Number(leastOverUsd >= missing) |
        Number(cpu * (prices[at + coreAt] ?? 0) >= missing) |
        Number(memory * (prices[at + memoryAt] ?? 0) >= missing) |
        Number(storage * (prices[at + storageAt] ?? 0) >= missing);
    }
    return kept;
  }

  #siftByPrice(indexes: Uint16Array, count: number, leastOverUsd: number): number {
    const [slackUsd, slackUsdMin] = [this.#yardstick.slackUsd, -leastOverUsd];
    let kept = 0;
    for (let rank = 0; rank < count; rank += 1) {
      const index = indexes[rank] ?? 0;
      indexes[kept] = index;
      kept += Number((slackUsd[index] ?? 0) >= slackUsdMin);
    }
    return kept;
  }
}
