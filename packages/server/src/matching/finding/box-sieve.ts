/**
 * The requirements of one question, as tests of a box and of the rows in a leaf.
 * The price is the plain double cpu·a + memory·b + storage·c, in that order. Each step of it rounds, and
 * rounding keeps order: x <= y makes fl(x) <= fl(y). So the same formula over the least (most) unit prices
 * of a box is a true lower (upper) bound of what it gives for any row in the box, to the last bit, and
 * a box may be taken or passed over by it just as a naive filter would do row by row.
 */
import type { Requirements } from 'golem-vm-discovery-protocol';
import { AXIS } from '../boxes/box-axes.js';
import type { BoxBounds } from '../boxes/box-bounds.js';
import type { BoxRoom } from '../boxes/box-filling.js';
import { COUNTRIES_MAX, PLATFORM_MASK, packPlace, packSizes } from '../boxes/box-rows.js';
import {
  EVERY_COUNTRY,
  type Wanted,
  countByPrice,
  countByBoth,
  countBySizes,
  createPicked,
  keepBetween,
  keepCheap,
  leastUsd,
  mostUsd,
  pickRows,
} from './row-scan.js';
import type { RequiredNumbers } from './sieve.js';

/** What is left to ask of the rows in a box, as bits: what all of them meet is asked of none of them. */
export const OPEN = { nothing: 0, sizes: 1, place: 2, price: 4 } as const;

/** Instead of such bits: no row in a box can match. */
export const NO_MATCH = -1;

/** Any platform will do. */
const ANY = -1;

export class BoxSieve {
  readonly #room: BoxRoom;
  readonly #bounds: BoxBounds;
  readonly #requirements: Requirements;
  readonly #cpu: number;
  readonly #memory: number;
  readonly #storage: number;
  readonly #platform: number;
  /** The numbers of the countries; `undefined` where any will do. */
  readonly countries: ReadonlySet<number> | undefined;
  readonly #capUsd: number;
  readonly #isCapped: boolean;
  #madeWanted: Wanted | undefined;

  constructor(room: BoxRoom, requirements: Requirements, { platform, countries }: RequiredNumbers) {
    const { cpu, memory, storage, max_usd_per_month } = requirements;
    this.#requirements = requirements;
    this.#room = room;
    this.#bounds = room.boxes.bounds;
    this.#cpu = cpu ?? 1;
    this.#memory = memory ?? 1;
    this.#storage = storage ?? 1;
    this.#platform = platform ?? ANY;
    this.countries = countries;
    this.#capUsd = max_usd_per_month ?? Infinity;
    this.#isCapped = max_usd_per_month !== undefined;
  }

  /** The same requirements with one of their countries only. */
  inCountry(country: number): BoxSieve {
    if (this.countries?.size === 1) return this;
    const platform = this.#platform === ANY ? undefined : this.#platform;
    const numbers = { platform, countries: new Set([country]) };
    return new BoxSieve(this.#room, this.#requirements, numbers);
  }

  /** What is open before any box was looked at. */
  get asked(): number {
    return OPEN.sizes | OPEN.place | (this.#isCapped ? OPEN.price : OPEN.nothing);
  }

  /** What of `open`, which is open in the box around it, is open in a box; `NO_MATCH` where nothing in it matches. */
  openIn(box: number, open: number): number {
    let left = OPEN.nothing;
    if ((open & OPEN.sizes) !== 0) {
      if (!this.#mayBeLargeEnough(box)) return NO_MATCH;
      if (!this.#areAllLargeEnough(box)) left |= OPEN.sizes;
    }
    if ((open & OPEN.place) !== 0) {
      if (!this.#mayBeInPlace(box)) return NO_MATCH;
      if (!this.#areAllInPlace(box)) left |= OPEN.place;
    }
    if ((open & OPEN.price) !== 0) {
      if (this.usdFloor(box) > this.#capUsd) return NO_MATCH;
      if (this.usdCeiling(box) > this.#capUsd) left |= OPEN.price;
    }
    return left;
  }

  /** No row in a box charges less for the required shape. */
  usdFloor(box: number): number {
    const bounds = this.#bounds;
    return (
      this.#cpu * bounds.low(box, AXIS.corePrice) +
      this.#memory * bounds.low(box, AXIS.memoryPrice) +
      this.#storage * bounds.low(box, AXIS.storagePrice)
    );
  }

  /** No row in a box charges more. */
  usdCeiling(box: number): number {
    const bounds = this.#bounds;
    return (
      this.#cpu * bounds.high(box, AXIS.corePrice) +
      this.#memory * bounds.high(box, AXIS.memoryPrice) +
      this.#storage * bounds.high(box, AXIS.storagePrice)
    );
  }

  /** How many of the first rows of a leaf match, where so much is open. */
  count(leaf: number, rows: number, open: number): number {
    const count = this.#countAtOnce(leaf, rows, open);
    return count >= 0 ? count : this.pick(leaf, rows, open, scratch);
  }

  /** Puts the indexes of those of the first rows of a leaf that match into `picked`; returns how many they are. */
  pick(leaf: number, rows: number, open: number, picked: Uint8Array): number {
    const { boxRows } = this.#room;
    const wanted = this.#wanted;
    const start = boxRows.startOf(leaf);
    const count = pickRows(boxRows.marksOf(leaf), start, rows, wanted, picked);
    if ((open & OPEN.price) === 0) return count;
    const cheap = keepCheap(boxRows.pricesOf(leaf), start, picked, count, wanted);
    return cheap >= 0 ? cheap : this.#keepExactly(leaf, picked, ~cheap);
  }

  /**
   * Puts the indexes of those of the first rows of a leaf into `picked` that match and charge between two amounts for
   * the required shape, and maybe of some that charge a hair more or less; returns how many they are.
   */
  pickPriced(
    leaf: number,
    rows: number,
    fromUsd: number,
    toUsd: number,
    picked: Uint8Array,
  ): number {
    const { boxRows } = this.#room;
    const wanted = this.#wanted;
    const start = boxRows.startOf(leaf);
    const count = pickRows(boxRows.marksOf(leaf), start, rows, wanted, picked);
    const prices = boxRows.pricesOf(leaf);
    const [least, most] = [leastUsd(fromUsd), Math.min(mostUsd(toUsd), wanted.perhapsUsd)];
    return keepBetween(prices, start, picked, count, wanted, least, most);
  }

  /** Whether a price for the required shape is within the cap. */
  isCheapEnough(usd: number): boolean {
    return usd <= this.#capUsd;
  }

  /** What an advertisement charges for the required shape; `Infinity` for the unpriced. */
  usd(slot: number): number {
    return this.#room.rows.usd(slot, this.#cpu, this.#memory, this.#storage);
  }

  /** As `count`, without looking where each match is; -1 where that is not enough to tell. */
  #countAtOnce(leaf: number, rows: number, open: number): number {
    const { boxRows } = this.#room;
    const start = boxRows.startOf(leaf);
    switch (open) {
      case OPEN.sizes:
        return countBySizes(boxRows.marksOf(leaf), start, rows, this.#wanted);
      case OPEN.price:
        return countByPrice(boxRows.pricesOf(leaf), start, rows, this.#wanted);
      case OPEN.sizes | OPEN.price:
        return countByBoth(
          boxRows.marksOf(leaf),
          boxRows.pricesOf(leaf),
          start,
          rows,
          this.#wanted,
        );
      default:
        return -1;
    }
  }

  /** Leaves of the first in `picked` what charges little enough by its row. */
  #keepExactly(leaf: number, picked: Uint8Array, count: number): number {
    let kept = 0;
    for (let at = 0; at < count; at += 1) {
      const index = picked[at] ?? 0;
      if (this.usd(this.#room.boxRows.slot(leaf, index)) > this.#capUsd) continue;
      picked[kept] = index;
      kept += 1;
    }
    return kept;
  }

  /** Made when rows have to tell: most questions never ask them. */
  get #wanted(): Wanted {
    this.#madeWanted ??= {
      cpu: this.#cpu,
      memory: this.#memory,
      storage: this.#storage,
      sizes: packSizes(this.#cpu, this.#memory),
      placeMask: this.#platform === ANY ? 0 : PLATFORM_MASK,
      place: this.#platform === ANY ? 0 : packPlace(this.#platform, 0),
      countries: askedCountries(this.countries),
      surelyUsd: leastUsd(this.#capUsd),
      perhapsUsd: mostUsd(this.#capUsd),
    };
    return this.#madeWanted;
  }

  #mayBeLargeEnough(box: number): boolean {
    const bounds = this.#bounds;
    return (
      bounds.high(box, AXIS.cpu) >= this.#cpu &&
      bounds.high(box, AXIS.memory) >= this.#memory &&
      bounds.high(box, AXIS.storage) >= this.#storage
    );
  }

  #areAllLargeEnough(box: number): boolean {
    const bounds = this.#bounds;
    return (
      bounds.low(box, AXIS.cpu) >= this.#cpu &&
      bounds.low(box, AXIS.memory) >= this.#memory &&
      bounds.low(box, AXIS.storage) >= this.#storage
    );
  }

  #mayBeInPlace(box: number): boolean {
    const bounds = this.#bounds;
    const isPlatformPossible =
      this.#platform === ANY ||
      (bounds.low(box, AXIS.platform) <= this.#platform &&
        bounds.high(box, AXIS.platform) >= this.#platform);
    if (!isPlatformPossible || this.countries === undefined) return isPlatformPossible;
    const [low, high] = [bounds.low(box, AXIS.country), bounds.high(box, AXIS.country)];
    if (low === high) return this.countries.has(low);
    for (const country of this.countries) if (country >= low && country <= high) return true;
    return false;
  }

  #areAllInPlace(box: number): boolean {
    const bounds = this.#bounds;
    const isPlatformSure =
      this.#platform === ANY || bounds.low(box, AXIS.platform) === bounds.high(box, AXIS.platform);
    if (!isPlatformSure || this.countries === undefined) return isPlatformSure;
    return bounds.low(box, AXIS.country) === bounds.high(box, AXIS.country);
  }
}

function askedCountries(countries: ReadonlySet<number> | undefined): Uint8Array {
  if (countries === undefined) return EVERY_COUNTRY;
  const asked = new Uint8Array(COUNTRIES_MAX);
  for (const country of countries) asked[country] = 1;
  return asked;
}

/** For those who only want to know how many. */
const scratch = createPicked();
