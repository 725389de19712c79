/**
 * The advertisements that come nearest without matching: the fewest requirements missed, then the least
 * shortfall, then by provider id.
 * Cost: that of the sieve for what is no nearer; what gets in is written down at once, since its slot may be
 * another's before the answer is.
 */
import { NEAREST_MAX } from 'golem-vm-discovery-protocol';
import type { Neighbour } from '../contract.js';
import type { Rows } from '../rows/rows.js';
import { MISSED_COUNTS } from './missed.js';
import { NearSieve } from './near-sieve.js';
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
  readonly #sieve: NearSieve;
  readonly #ranked: Ranked[] = [];
  /** The one that must make room; `undefined` while there is room. */
  #last: Ranked | undefined;

  constructor(yardstick: Yardstick, rows: Rows, describe: Describe) {
    this.#yardstick = yardstick;
    this.#rows = rows;
    this.#sieve = new NearSieve(yardstick, rows);
    this.#describe = describe;
  }

  /** The nearest, in order. */
  get found(): readonly Neighbour[] {
    return this.#ranked.map(({ neighbour }) => neighbour);
  }

  /**
   * Considers only who may be as near as the last, from now on. Returns by mask how little may be left of the cap where
   * somebody is to be near enough: `Infinity` where nobody is.
   */
  narrow(): Float64Array {
    return this.#sieve.narrow(this.#last);
  }

  /** Looks at the first `count` of some indexes of the last measurement, which began at a slot; each misses something. */
  consider(from: number, masks: Uint8Array, indexes: Uint16Array, count: number): void {
    const kept = this.#sieve.sift(from, masks, indexes, count);
    for (let rank = 0; rank < kept; rank += 1) {
      const index = indexes[rank] ?? 0;
      const mask = masks[index] ?? 0;
      const missed = MISSED_COUNTS[mask] ?? 0;
      const shortfall = this.#yardstick.shortfallInAll(index, mask);
      const slot = from + index;
      const last = this.#last;
      if (last === undefined || this.#isBefore(slot, missed, shortfall, last)) {
        this.#take({ slot, index, mask, missed, shortfall });
      }
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
