/**
 * A look at every advertisement, a chunk at a time, so that nobody waits for all of it.
 *
 * Invariant: what it finds is of the moment at which it began, whatever changes meanwhile: a slot that
 * is about to change and was not looked at yet is looked at first, and one that is taken anew is not.
 * One look at everything costs the same for every question. Asking trees was tried before there
 * were boxes: for a shape under a price they took 20 to 90 ms among a million, a miss in the caches for each row.
 */
import { REQUIREMENT_NAMES, type RequirementName } from 'golem-vm-discovery-protocol';
import type { Attendance, Witness } from '../attendance.js';
import type { Findings, RequirementEffects, Survey } from '../contract.js';
import { ROW_LAYOUT } from '../rows/row-chunks.js';
import type { Rows } from '../rows/rows.js';
import { ABSENT, MASKS, MISSED } from './missed.js';
import { type Describe, Nearest } from './nearest.js';
import { Relaxing } from './relaxing.js';
import type { Yardstick } from './yardstick.js';

const { chunkRows } = ROW_LAYOUT;

/** Rows are looked at several times: so many stay in the nearer caches meanwhile. A chunk is a multiple of it. */
const BLOCK_ROWS = 2_048;

const NONE = new Uint8Array(MASKS);

export class MarketSurvey implements Survey, Witness {
  readonly #rows: Rows;
  readonly #attendance: Attendance;
  readonly #yardstick: Yardstick;
  readonly #nearest: Nearest;
  readonly #relaxing: Relaxing;
  readonly #end: number;
  /** How many miss exactly what a mask says. */
  readonly #counts = new Uint32Array(MASKS);
  /** Where those are, among what is being examined, that may be among the nearest. */
  readonly #near = new Uint16Array(BLOCK_ROWS);
  #nearCount = 0;
  /** And those that may say something new of what is enough. */
  readonly #telling = new Uint16Array(BLOCK_ROWS);
  #tellingCount = 0;
  /** By slot, 1 for those that are not to be looked at any more; made when there is a first. */
  #settled: Uint8Array | undefined;
  #position = 0;

  constructor(rows: Rows, attendance: Attendance, yardstick: Yardstick, describe: Describe) {
    this.#rows = rows;
    this.#attendance = attendance;
    this.#yardstick = yardstick;
    this.#nearest = new Nearest(yardstick, rows, describe);
    this.#relaxing = new Relaxing(yardstick);
    this.#end = attendance.slots;
    attendance.admit(this);
  }

  advance(): boolean {
    const stop = Math.min(this.#position + chunkRows, this.#end);
    while (this.#position < stop) {
      const count = Math.min(BLOCK_ROWS, stop - this.#position);
      this.#examine(this.#position, count, this.#settled);
      this.#position += count;
    }
    return this.#position < this.#end;
  }

  leaving(slot: number): void {
    if (slot < this.#position || slot >= this.#end) return;
    if (this.#settled?.[slot] !== 1) this.#examine(slot, 1, undefined);
    this.#settle(slot);
  }

  arriving(slot: number): void {
    if (slot >= this.#position && slot < this.#end) this.#settle(slot);
  }

  close(): void {
    this.#attendance.dismiss(this);
  }

  get findings(): Findings {
    const matching = this.#counts[0] ?? 0;
    return {
      listed: this.#sum(() => true),
      matching,
      effects: this.#effects(matching),
      nearest: this.#nearest.found,
      relief: matching === 0 ? this.#relaxing.best : undefined,
    };
  }

  #settle(slot: number): void {
    this.#settled ??= new Uint8Array(this.#end);
    this.#settled[slot] = 1;
  }

  #examine(from: number, count: number, settled: Uint8Array | undefined): void {
    const within = from % chunkRows;
    const standings = this.#attendance.chunkOf(from);
    const masks = this.#yardstick.measure(this.#rows.chunkOf(from), standings, within, count);
    if (settled !== undefined) {
      for (let index = 0; index < count; index += 1) {
        if (settled[from + index] === 1) masks[index] = ABSENT;
      }
    }
    this.#tally(masks, count);
    this.#nearest.consider(from, masks, this.#near, this.#nearCount);
    this.#relaxing.consider(masks, this.#telling, this.#tellingCount);
  }

  /** Counts the masks, and writes down where those are that are worth a closer look. */
  #tally(masks: Uint8Array, count: number): void {
    const [counts, near, telling] = [this.#counts, this.#near, this.#telling];
    const [slackUsd, slackUsdMin] = [this.#yardstick.slackUsd, this.#nearest.narrow()];
    // Where something matches there is nothing to relax.
    const curious = counts[0] === 0 ? this.#relaxing.curious() : NONE;
    let [nearCount, tellingCount] = [0, 0];
    for (let index = 0; index < count; index += 1) {
      const mask = masks[index] ?? 0;
      counts[mask] = (counts[mask] ?? 0) + 1;
      // Without asking first: guessing wrong costs more than writing in vain.
      near[nearCount] = index;
      nearCount += Number((slackUsd[index] ?? 0) >= (slackUsdMin[mask] ?? Infinity));
      telling[tellingCount] = index;
      tellingCount += curious[mask] ?? 0;
    }
    this.#nearCount = nearCount;
    this.#tellingCount = tellingCount;
  }

  #effects(matching: number): readonly RequirementEffects[] {
    const { requirements } = this.#yardstick;
    const asked = REQUIREMENT_NAMES.filter((name) => requirements[name] !== undefined);
    return asked.map((requirement: RequirementName) => {
      const bit = MISSED[requirement];
      const rulesOutAlone = this.#counts[bit] ?? 0;
      return {
        requirement,
        rulesOut: this.#sum((mask) => (mask & bit) !== 0),
        rulesOutAlone,
        matchingWithout: matching + rulesOutAlone,
      };
    });
  }

  #sum(counts: (mask: number) => boolean): number {
    let sum = 0;
    for (let mask = 0; mask < ABSENT; mask += 1) {
      if (counts(mask)) sum += this.#counts[mask] ?? 0;
    }
    return sum;
  }
}
