/**
 * The advertisements that come nearest without matching: the fewest requirements missed, then the least
 * shortfall, then by provider id.
 * Cost: a few comparisons of numbers for what is no nearer; what gets in is written down at once, since
 * its slot may be another's before the answer is.
 */
import { NEAREST_MAX, REQUIREMENT_NAMES } from 'golem-vm-discovery-protocol';
import type { Neighbour } from '../contract.js';
import type { Rows } from '../rows.js';
import { MISSED_COUNTS } from './missed.js';
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

export class Nearest {
  readonly #yardstick: Yardstick;
  readonly #rows: Rows;
  readonly #describe: Describe;
  readonly #ranked: Ranked[] = [];
  /** The one that must make room; `undefined` while there is room. */
  #last: Ranked | undefined;

  constructor(yardstick: Yardstick, rows: Rows, describe: Describe) {
    this.#yardstick = yardstick;
    this.#rows = rows;
    this.#describe = describe;
  }

  /** What misses more can't get in any more. */
  get missedMax(): number {
    return this.#last?.missed ?? REQUIREMENT_NAMES.length;
  }

  /** The nearest, in order. */
  get found(): readonly Neighbour[] {
    return this.#ranked.map(({ neighbour }) => neighbour);
  }

  /** Looks at the first `count` of some indexes of the last measurement, which began at a slot; each misses something. */
  consider(from: number, masks: Uint8Array, indexes: Uint16Array, count: number): void {
    const shortfalls = this.#yardstick.shortfalls(indexes, count);
    const counts = MISSED_COUNTS;
    let missedMax = this.missedMax;
    let shortfallMax = this.#last?.shortfall ?? Infinity;
    for (let rank = 0; rank < count; rank += 1) {
      const index = indexes[rank] ?? 0;
      const mask = masks[index] ?? 0;
      const missed = counts[mask] ?? 0;
      const shortfall = shortfalls[rank] ?? 0;
      if (missed > missedMax || (missed === missedMax && shortfall > shortfallMax)) continue;
      const slot = from + index;
      const last = this.#last;
      if (last !== undefined && !this.#isBefore(slot, missed, shortfall, last)) continue;
      this.#take({ slot, index, mask, missed, shortfall });
      missedMax = this.missedMax;
      shortfallMax = this.#last?.shortfall ?? Infinity;
    }
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
