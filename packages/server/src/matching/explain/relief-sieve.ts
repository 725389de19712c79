/**
 * A first look at many who miss a price, or a resource and a price: who may say something new of what is
 * enough? Where nobody meets a cap everybody comes by here, at some 4 ns each.
 *
 * Asking for `d` less of a resource saves `d` times its unit price, so whoever is over the cap by more than
 * the most that could be saved has nothing to say. Invariant: nobody is let go who has.
 */
import { ROW_LAYOUT } from '../rows/rows.js';
import type { Yardstick } from './yardstick.js';

const { chunkRows, doubles, corePrice, memoryPrice, storagePrice } = ROW_LAYOUT;

/** What a difference of two prices may be off by, as a share of them. */
const ROUNDING = 1e-12;

/** By how much less could be asked for, of each resource, and still be news. */
export interface Reach {
  readonly cpu: number;
  readonly memory: number;
  readonly storage: number;
}

export class ReliefSieve {
  /** Whoever was kept last. */
  readonly kept = new Uint16Array(chunkRows);
  readonly #yardstick: Yardstick;

  constructor(yardstick: Yardstick) {
    this.#yardstick = yardstick;
  }

  /**
   * Keeps those of the `count` indexes of the last measurement whose masks are marked, and who are within
   * `leastOverUsd` of the cap or within reach of it; returns how many.
   */
  sift(
    masks: Uint8Array,
    marks: Uint8Array,
    count: number,
    { cpu, memory, storage }: Reach,
    leastOverUsd: number,
  ): number {
    const { measured, slackUsd, capUsd } = this.#yardstick;
    if (capUsd === Infinity) return this.#keepWithin(masks, marks, count, Infinity);
    // What costs anything costs something in every amount.
    if (capUsd === 0) return this.#keepWithin(masks, marks, count, leastOverUsd);
    const prices = measured.chunk.doubles;
    const { from } = measured;
    const [kept, rowDoubles, rounding] = [this.kept, doubles, ROUNDING];
    const [coreAt, memoryAt, storageAt] = [corePrice, memoryPrice, storagePrice];
    let found = 0;
    for (let index = 0; index < count; index += 1) {
      const at = (from + index) * rowDoubles;
      const slack = slackUsd[index] ?? 0;
      const missing = -slack - (capUsd - slack) * rounding;
      kept[found] = index;
      // Of the unpriced nothing is a number, and so no reason to keep them.
      found +=
        (marks[masks[index] ?? 0] ?? 0) &
        (Number(leastOverUsd >= missing) |
          Number(cpu * (prices[at + coreAt] ?? 0) >= missing) |
          Number(memory * (prices[at + memoryAt] ?? 0) >= missing) |
          Number(storage * (prices[at + storageAt] ?? 0) >= missing));
    }
    return found;
  }

  /** Where asking for less changes nothing about the price. */
  #keepWithin(masks: Uint8Array, marks: Uint8Array, count: number, overUsdMax: number): number {
    const [kept, slackUsd, slackUsdMin] = [this.kept, this.#yardstick.slackUsd, -overUsdMax];
    let found = 0;
    for (let index = 0; index < count; index += 1) {
      kept[found] = index;
      found += (marks[masks[index] ?? 0] ?? 0) & Number((slackUsd[index] ?? 0) >= slackUsdMin);
    }
    return found;
  }
}
