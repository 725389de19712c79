/**
 * A first look at many who match nearly: who may be as near as the last of the nearest that are known? Nearly
 * nobody is, and finding that out must cost less than placing somebody among them.
 *
 * Invariant: nobody is let go who is as near; who is kept may be a hair further. Cost: nothing for who is too
 * dear, some 3 ns for others.
 */
import { ROW_LAYOUT } from '../rows/row-chunks.js';
import type { Rows } from '../rows/rows.js';
import { ABSENT, MASKS, MISSED, MISSED_COUNTS, UNSIZED_COUNTS } from './missed.js';
import type { Yardstick } from './yardstick.js';

const { integers, cpu: CPU, memory: MEMORY, storage: STORAGE } = ROW_LAYOUT;

/** What a sum of shares may be off by. */
const ROUNDING = 1e-12;

/** Whoever must make room for somebody nearer. */
export interface Farthest {
  readonly missed: number;
  readonly shortfall: number;
  readonly idCode: number;
}

export class NearSieve {
  readonly #yardstick: Yardstick;
  readonly #rows: Rows;
  /** For each mask how little may be left of the cap. */
  readonly #slackUsdMin = new Float64Array(MASKS).fill(Infinity);
  /** For each mask how much of what has a size may be lacking. */
  readonly #shareMax = new Float64Array(MASKS).fill(Infinity);
  /** 1 for each mask with which all fall as short as the farthest. */
  readonly #ties = new Uint8Array(MASKS);
  #idCodeMax = Infinity;

  constructor(yardstick: Yardstick, rows: Rows) {
    this.#yardstick = yardstick;
    this.#rows = rows;
  }

  /**
   * Lets through, from now on, only who may be as near; all, while there is room for anybody. Returns for each mask
   * how little may be left of the cap where somebody is to be near enough: `Infinity` where nobody is, and `-Infinity`
   * where that is no question of the price.
   */
  narrow(farthest: Farthest | undefined): Float64Array {
    this.#idCodeMax = farthest?.idCode ?? Infinity;
    for (let mask = 1; mask < ABSENT; mask += 1) {
      const shareMax = shareMaxOf(mask, farthest);
      this.#shareMax[mask] = shareMax;
      this.#slackUsdMin[mask] = this.#slackUsdMinOf(mask, shareMax);
      this.#ties[mask] = Number(this.#isTie(mask, farthest));
    }
    return this.#slackUsdMin;
  }

  /** Moves those together who may be as near, of the first `count` of some indexes of the last measurement, which began at a slot; returns how many. */
  sift(from: number, masks: Uint8Array, indexes: Uint16Array, count: number): number {
    const { measured, shape } = this.#yardstick;
    const { cpu, memory, storage } = shape;
    const [perCpu, perMemory, perStorage] = [1 / cpu, 1 / memory, 1 / storage];
    const [words, start, rowWords] = [measured.chunk.integers, measured.from, integers];
    const [cpuAt, memoryAt, storageAt] = [CPU, MEMORY, STORAGE];
    const [rows, ties, shareMax, idCodeMax] = [
      this.#rows,
      this.#ties,
      this.#shareMax,
      this.#idCodeMax,
    ];
    let kept = 0;
    for (let rank = 0; rank < count; rank += 1) {
      const index = indexes[rank] ?? 0;
      const mask = masks[index] ?? 0;
      const at = (start + index) * rowWords;
      const share =
        Math.max(cpu - (words[at + cpuAt] ?? 0), 0) * perCpu +
        Math.max(memory - (words[at + memoryAt] ?? 0), 0) * perMemory +
        Math.max(storage - (words[at + storageAt] ?? 0), 0) * perStorage;
      const isNear = share <= (shareMax[mask] ?? 0);
      indexes[kept] = index;
      kept += Number(isNear && (ties[mask] === 0 || rows.idCode(from + index) <= idCodeMax));
    }
    return kept;
  }

  /** Over the cap by a share of the price: (usd - cap) / usd <= shareMax. */
  #slackUsdMinOf(mask: number, shareMax: number): number {
    if (shareMax < 0) return Infinity;
    if (!isDear(mask) || shareMax >= 1) return -Infinity;
    return -(this.#yardstick.capUsd * shareMax) / (1 - shareMax);
  }

  /** Anything is all of its price over a cap of nothing. */
  #isTie(mask: number, farthest: Farthest | undefined): boolean {
    const isAllOver = isDear(mask) && this.#yardstick.capUsd === 0;
    const wholes = (UNSIZED_COUNTS[mask] ?? 0) + Number(isAllOver);
    const isWhole = wholes === MISSED_COUNTS[mask];
    return isWhole && wholes === farthest?.missed && wholes === farthest.shortfall;
  }
}

/** Below 0 where nobody with this mask is near enough. */
function shareMaxOf(mask: number, farthest: Farthest | undefined): number {
  const missed = MISSED_COUNTS[mask] ?? 0;
  if (farthest === undefined || missed < farthest.missed) return Infinity;
  if (missed > farthest.missed) return -1;
  return farthest.shortfall - (UNSIZED_COUNTS[mask] ?? 0) + ROUNDING;
}

function isDear(mask: number): boolean {
  return (mask & MISSED.max_usd_per_month) !== 0;
}
