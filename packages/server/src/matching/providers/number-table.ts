/**
 * Finds numbers by hash: an open table with linear probing, at most half full. What is removed leaves no
 * mark: those after it that were pushed on move up instead, so a table never fills with marks.
 * Cost: 8 to 16 bytes for each number that it ever held at once: it has twice to four times as many places.
 */
import { type IntegerColumn, UNSET } from '../columns/integer-column.js';

const PLACES_AT_FIRST = 16;

export class NumberTable {
  /** By number: its hash. */
  readonly #hashes: IntegerColumn;
  #places = new Int32Array(PLACES_AT_FIRST).fill(UNSET);
  #size = 0;

  constructor(hashes: IntegerColumn) {
    this.#hashes = hashes;
  }

  /** The number with a hash that `isIt` picks out; `UNSET` where there is none. */
  find(hash: number, isIt: (number: number) => boolean): number {
    const mask = this.#places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const number = this.#at(place);
      if (number === UNSET || (this.#hashes.get(number) === hash && isIt(number))) return number;
    }
  }

  /** Adds a number that is not there. */
  add(number: number): void {
    if (2 * (this.#size + 1) > this.#places.length) this.#grow();
    this.#put(number);
    this.#size += 1;
  }

  /** Removes a number that is there. */
  remove(number: number): void {
    const mask = this.#places.length - 1;
    let gap = this.#homeOf(number);
    while (this.#at(gap) !== number) gap = (gap + 1) & mask;
    for (let place = (gap + 1) & mask; this.#at(place) !== UNSET; place = (place + 1) & mask) {
      const wanted = (place - this.#homeOf(this.#at(place))) & mask;
      if (wanted < ((place - gap) & mask)) continue;
      this.#places[gap] = this.#at(place);
      gap = place;
    }
    this.#places[gap] = UNSET;
    this.#size -= 1;
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Int32Array(2 * old.length).fill(UNSET);
    for (const number of old) if (number !== UNSET) this.#put(number);
  }

  #put(number: number): void {
    const mask = this.#places.length - 1;
    let place = this.#homeOf(number);
    while (this.#at(place) !== UNSET) place = (place + 1) & mask;
    this.#places[place] = number;
  }

  #homeOf(number: number): number {
    return this.#hashes.get(number) & (this.#places.length - 1);
  }

  #at(place: number): number {
    return this.#places[place] ?? UNSET;
  }
}
