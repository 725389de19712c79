/**
 * The advertisements that come nearest without matching: the fewest requirements missed, then the least
 * shortfall, then by provider id.
 * Cost: nothing for who is too dear to be nearer, a few comparisons for others; what gets in is written down
 * at once, since its slot may be another's before the answer is.
 */
import { NEAREST_MAX } from 'golem-vm-discovery-protocol';
import type { Neighbour } from '../contract.js';
import type { Rows } from '../rows.js';
import { ABSENT, MASKS, MISSED, MISSED_COUNTS, UNSIZED_COUNTS } from './missed.js';
import type { Yardstick } from './yardstick.js';

/** Somebody at an index of the last measurement. */
export interface Candidate {
  readonly slot: number;
  readonly index: number;
  readonly mask: number;
  readonly missed: number;
  readonly shortfall: number;
}

/** Writes down what there is to say of a candidate. */
export type Describe = (candidate: Candidate) => Neighbour;

interface Ranked {
  readonly neighbour: Neighbour;
  readonly missed: number;
  readonly shortfall: number;
  readonly idCode: number;
}

/** While there is room. */
const ANYBODY = { missed: Infinity, shortfall: Infinity };

/** What a sum of shares may be off by. */
const ROUNDING = 1e-12;

export class Nearest {
  readonly #yardstick: Yardstick;
  readonly #rows: Rows;
  readonly #describe: Describe;
  /**
   * For each mask how little may be left of the cap where somebody is to be near enough: `Infinity` where nobody
   * is, and `-Infinity` where that is no question of the price.
   */
  readonly slackUsdMin = new Float64Array(MASKS).fill(Infinity);
  /** 1 for each mask with which all fall as short as the one that must make room. */
  readonly #ties = new Uint8Array(MASKS);
  readonly #ranked: Ranked[] = [];
  /** The one that must make room; `undefined` while there is room. */
  #last: Ranked | undefined;

  constructor(yardstick: Yardstick, rows: Rows, describe: Describe) {
    this.#yardstick = yardstick;
    this.#rows = rows;
    this.#describe = describe;
  }

  /** The nearest, in order. */
  get found(): readonly Neighbour[] {
    return this.#ranked.map(({ neighbour }) => neighbour);
  }

  /** Works out anew who may get in; to be done before what is measured next is looked at. */
  narrow(): void {
    for (let mask = 1; mask < ABSENT; mask += 1) {
      this.slackUsdMin[mask] = this.#slackUsdMinOf(mask);
      this.#ties[mask] = Number(this.#isTie(mask));
    }
  }

  #slackUsdMinOf(mask: number): number {
    const last = this.#last;
    const missed = MISSED_COUNTS[mask] ?? 0;
    if (missed < (last?.missed ?? Infinity)) return -Infinity;
    if (last === undefined || missed > last.missed) return Infinity;
    const share = last.shortfall - (UNSIZED_COUNTS[mask] ?? 0) + ROUNDING;
    if (share < 0) return Infinity;
    // Over the cap by a share of the price: (usd - cap) / usd <= share.
    return isDear(mask) && share < 1 ? -(this.#yardstick.capUsd * share) / (1 - share) : -Infinity;
  }

  /** Whether all with this mask fall as short as the one that must make room. Anything is all of its price over a cap of nothing. */
  #isTie(mask: number): boolean {
    const last = this.#last;
    const wholes =
      (UNSIZED_COUNTS[mask] ?? 0) + Number(isDear(mask) && this.#yardstick.capUsd === 0);
    return wholes === MISSED_COUNTS[mask] && wholes === last?.missed && wholes === last.shortfall;
  }

  /** Looks at the first `count` of some indexes of the last measurement, which began at a slot; each misses something. */
  consider(from: number, masks: Uint8Array, indexes: Uint16Array, count: number): void {
    const kept = this.#passOverTies(from, masks, indexes, count);
    const shortfalls = this.#yardstick.shortfalls(indexes, kept);
    const counts = MISSED_COUNTS;
    let { missed: missedMax, shortfall: shortfallMax } = this.#last ?? ANYBODY;
    for (let rank = 0; rank < kept; rank += 1) {
      const index = indexes[rank] ?? 0;
      const mask = masks[index] ?? 0;
      const missed = counts[mask] ?? 0;
      const shortfall = shortfalls[rank] ?? 0;
      if (missed > missedMax || (missed === missedMax && shortfall > shortfallMax)) continue;
      const slot = from + index;
      const last = this.#last;
      if (last !== undefined && !this.#isBefore(slot, missed, shortfall, last)) continue;
      this.#take({ slot, index, mask, missed, shortfall });
      ({ missed: missedMax, shortfall: shortfallMax } = this.#last ?? ANYBODY);
    }
  }

  /** Of many who fall as short only those with lower ids get in. Moves whoever is left together, and returns how many. */
  #passOverTies(from: number, masks: Uint8Array, indexes: Uint16Array, count: number): number {
    const idCodeMax = this.#last?.idCode ?? Infinity;
    const [ties, rows] = [this.#ties, this.#rows];
    let kept = 0;
    for (let rank = 0; rank < count; rank += 1) {
      const index = indexes[rank] ?? 0;
      indexes[kept] = index;
      const isTie = ties[masks[index] ?? 0] === 1;
      kept += Number(!isTie || rows.idCode(from + index) <= idCodeMax);
    }
    return kept;
  }

  #take(candidate: Candidate): void {
    const { slot, missed, shortfall } = candidate;
    const neighbour = this.#describe(candidate);
    const rank = this.#ranked.findIndex((one) => this.#isBefore(slot, missed, shortfall, one));
    const place = rank === -1 ? this.#ranked.length : rank;
    const ranked = { neighbour, missed, shortfall, idCode: this.#rows.idCode(slot) };
    this.#ranked.splice(place, 0, ranked);
    if (this.#ranked.length > NEAREST_MAX) this.#ranked.pop();
    this.#last = this.#ranked[NEAREST_MAX - 1];
  }

  #isBefore(slot: number, missed: number, shortfall: number, other: Ranked): boolean {
    if (missed !== other.missed) return missed < other.missed;
    if (shortfall !== other.shortfall) return shortfall < other.shortfall;
    const idCode = this.#rows.idCode(slot);
    if (idCode !== other.idCode) return idCode < other.idCode;
    const { providerId } = other.neighbour;
    return this.#rows.compareIds(slot, { idCode: other.idCode, providerId }) < 0;
  }
}

function isDear(mask: number): boolean {
  return (mask & MISSED.max_usd_per_month) !== 0;
}
