/**
 * The tests of the rows of a leaf, one loop each. They are plain functions of plain numbers, and no
 * branch in them depends on a row: half of all guesses at a price would be wrong, and a wrong guess
 * costs more than a row. So a row takes 2 to 3 ns, and took 8 with either left out.
 */
import {
  COUNTRIES_MAX,
  COUNTRY_MASK,
  LEAF_ROWS_MAX,
  PRICE_COLUMN,
  SIZE_GUARDS,
  MARK_COLUMN,
} from '../boxes/box-rows.js';

/** What a row is asked for. */
export interface Wanted {
  readonly cpu: number;
  readonly memory: number;
  readonly storage: number;
  /** Cores and memory as rows have them. */
  readonly sizes: number;
  /** What of a place counts, and what it must be. */
  readonly placeMask: number;
  readonly place: number;
  /** By number of a country: 1 where it will do, or else 0. */
  readonly countries: Uint8Array;
  /** By the prices of a leaf, what charges no more than the one is cheap enough, what charges more than the other is not. */
  readonly surelyUsd: number;
  readonly perhapsUsd: number;
}

/** Any country will do. */
export const EVERY_COUNTRY = new Uint8Array(COUNTRIES_MAX).fill(1);

/** Where indexes of rows are put: all of a leaf, and a last one that is written and does not count. */
export function createPicked(): Uint8Array {
  return new Uint8Array(LEAF_ROWS_MAX + 1);
}

/**
 * A double of 24 bits is off by a share of 2^-24 at most, and by 2^-150 where it is next to nothing; so are
 * the price of a shape by that share, and 10^-38. Twice as much and more is allowed for.
 */
const PRICE_SLACK = 2 ** -22;
const PRICE_SLACK_USD = 1e-37;

/**
 * Whoever charges `usd`, by itself or by the prices of a leaf, charges no less than this by the other; and whoever charges
 * no more than this by a leaf charges no more than `usd`.
 */
export function leastUsd(usd: number): number {
  return usd * (1 - PRICE_SLACK) - PRICE_SLACK_USD;
}

/** Whoever charges `usd`, by itself or by the prices of a leaf, charges no more than this by the other. */
export function mostUsd(usd: number): number {
  return usd * (1 + PRICE_SLACK) + PRICE_SLACK_USD;
}

/** How many rows charge little enough; -1 where their prices in the leaf don't tell. */
export function countByPrice(
  prices: Float32Array,
  from: number,
  rows: number,
  { cpu, memory, storage, surelyUsd, perhapsUsd }: Wanted,
): number {
  const cores = from + PRICE_COLUMN.core;
  const memories = from + PRICE_COLUMN.memory;
  const storages = from + PRICE_COLUMN.storage;
  let surely = 0;
  let perhaps = 0;
  for (let row = 0; row < rows; row += 1) {
    const usd =
      cpu * (prices[cores + row] ?? NaN) +
      memory * (prices[memories + row] ?? NaN) +
      storage * (prices[storages + row] ?? NaN);
    surely += Number(usd <= surelyUsd);
    perhaps += Number(usd <= perhapsUsd);
  }
  return surely === perhaps ? surely : -1;
}

/** How many rows are large enough. */
export function countBySizes(
  marks: Int32Array,
  from: number,
  rows: number,
  { sizes, storage }: Wanted,
): number {
  const sizesFrom = from + MARK_COLUMN.sizes;
  const storageFrom = from + MARK_COLUMN.storage;
  const guards = SIZE_GUARDS;
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    const guarded = (marks[sizesFrom + row] ?? 0) | guards;
    count +=
      Number(((guarded - sizes) & guards) === guards) &
      Number((marks[storageFrom + row] ?? 0) >= storage);
  }
  return count;
}

/** How many rows are large enough and charge little enough; -1 where their prices in the leaf don't tell. */
export function countByBoth(
  marks: Int32Array,
  prices: Float32Array,
  from: number,
  rows: number,
  { cpu, memory, storage, sizes, surelyUsd, perhapsUsd }: Wanted,
): number {
  const guards = SIZE_GUARDS;
  let surely = 0;
  let perhaps = 0;
  for (let row = from; row < from + rows; row += 1) {
    const guarded = (marks[row + MARK_COLUMN.sizes] ?? 0) | guards;
    const usd =
      cpu * (prices[row + PRICE_COLUMN.core] ?? NaN) +
      memory * (prices[row + PRICE_COLUMN.memory] ?? NaN) +
      storage * (prices[row + PRICE_COLUMN.storage] ?? NaN);
    const isLarge =
      Number(((guarded - sizes) & guards) === guards) &
      Number((marks[row + MARK_COLUMN.storage] ?? 0) >= storage);
    surely += isLarge & Number(usd <= surelyUsd);
    perhaps += isLarge & Number(usd <= perhapsUsd);
  }
  return surely === perhaps ? surely : -1;
}

/** Puts the indexes of the rows that match, prices aside, into `picked`; returns how many they are. */
export function pickRows(
  marks: Int32Array,
  from: number,
  rows: number,
  { sizes, storage, placeMask, place, countries }: Wanted,
  picked: Uint8Array,
): number {
  const sizesFrom = from + MARK_COLUMN.sizes;
  const storageFrom = from + MARK_COLUMN.storage;
  const placeFrom = from + MARK_COLUMN.place;
  const guards = SIZE_GUARDS;
  const countryMask = COUNTRY_MASK;
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    const own = marks[placeFrom + row] ?? 0;
    const guarded = (marks[sizesFrom + row] ?? 0) | guards;
    picked[count] = row;
    count +=
      Number(((guarded - sizes) & guards) === guards) &
      Number((marks[storageFrom + row] ?? 0) >= storage) &
      Number((own & placeMask) === place) &
      (countries[own & countryMask] ?? 0);
  }
  return count;
}

/**
 * Leaves of the first indexes in `picked` those of rows that may charge little enough. Returns how many they
 * are, or its complement (`~`) where the prices in the leaf don't tell of each.
 */
export function keepCheap(
  prices: Float32Array,
  from: number,
  picked: Uint8Array,
  rows: number,
  { cpu, memory, storage, surelyUsd, perhapsUsd }: Wanted,
): number {
  const cores = from + PRICE_COLUMN.core;
  const memories = from + PRICE_COLUMN.memory;
  const storages = from + PRICE_COLUMN.storage;
  let surely = 0;
  let count = 0;
  for (let at = 0; at < rows; at += 1) {
    const row = picked[at] ?? 0;
    const usd =
      cpu * (prices[cores + row] ?? NaN) +
      memory * (prices[memories + row] ?? NaN) +
      storage * (prices[storages + row] ?? NaN);
    picked[count] = row;
    surely += Number(usd <= surelyUsd);
    count += Number(usd <= perhapsUsd);
  }
  return surely === count ? count : ~count;
}

/** Leaves of the first indexes in `picked` those of rows that charge between two amounts; returns how many they are. */
export function keepBetween(
  prices: Float32Array,
  from: number,
  picked: Uint8Array,
  rows: number,
  { cpu, memory, storage }: Wanted,
  fromUsd: number,
  toUsd: number,
): number {
  const cores = from + PRICE_COLUMN.core;
  const memories = from + PRICE_COLUMN.memory;
  const storages = from + PRICE_COLUMN.storage;
  let count = 0;
  for (let at = 0; at < rows; at += 1) {
    const row = picked[at] ?? 0;
    const usd =
      cpu * (prices[cores + row] ?? NaN) +
      memory * (prices[memories + row] ?? NaN) +
      storage * (prices[storages + row] ?? NaN);
    picked[count] = row;
    count += Number(usd >= fromUsd) & Number(usd <= toUsd);
  }
  return count;
}
