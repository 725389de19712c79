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
  WORD_COLUMN,
} from './box-rows.js';

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
  /** `Infinity` where any price will do, or none. */
  readonly capUsd: number;
}

/** Any country will do. */
export const EVERY_COUNTRY = new Uint8Array(COUNTRIES_MAX).fill(1);

/** Where indexes of rows are put: all of a leaf, and a last one that is written and does not count. */
export function createPicked(): Uint8Array {
  return new Uint8Array(LEAF_ROWS_MAX + 1);
}

/** How many rows charge little enough. The prices of a leaf begin at a place in `doubles`. */
export function countByPrice(
  doubles: Float64Array,
  from: number,
  rows: number,
  { cpu, memory, storage, capUsd }: Wanted,
): number {
  const cores = from + PRICE_COLUMN.core;
  const memories = from + PRICE_COLUMN.memory;
  const storages = from + PRICE_COLUMN.storage;
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    const usd =
      cpu * (doubles[cores + row] ?? NaN) +
      memory * (doubles[memories + row] ?? NaN) +
      storage * (doubles[storages + row] ?? NaN);
    count += Number(usd <= capUsd);
  }
  return count;
}

/** Puts the indexes of the rows that match, prices aside, into `picked`; returns how many they are. */
export function pickRows(
  words: Int32Array,
  from: number,
  rows: number,
  { sizes, storage, placeMask, place, countries }: Wanted,
  picked: Uint8Array,
): number {
  const sizesFrom = from + WORD_COLUMN.sizes;
  const storageFrom = from + WORD_COLUMN.storage;
  const placeFrom = from + WORD_COLUMN.place;
  const guards = SIZE_GUARDS;
  const countryMask = COUNTRY_MASK;
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    const own = words[placeFrom + row] ?? 0;
    const guarded = (words[sizesFrom + row] ?? 0) | guards;
    picked[count] = row;
    count +=
      Number(((guarded - sizes) & guards) === guards) &
      Number((words[storageFrom + row] ?? 0) >= storage) &
      Number((own & placeMask) === place) &
      (countries[own & countryMask] ?? 0);
  }
  return count;
}

/** Leaves of the first indexes in `picked` those of rows that charge little enough; returns how many they are. */
export function keepCheap(
  doubles: Float64Array,
  from: number,
  picked: Uint8Array,
  rows: number,
  { cpu, memory, storage, capUsd }: Wanted,
): number {
  const cores = from + PRICE_COLUMN.core;
  const memories = from + PRICE_COLUMN.memory;
  const storages = from + PRICE_COLUMN.storage;
  let count = 0;
  for (let at = 0; at < rows; at += 1) {
    const row = picked[at] ?? 0;
    const usd =
      cpu * (doubles[cores + row] ?? NaN) +
      memory * (doubles[memories + row] ?? NaN) +
      storage * (doubles[storages + row] ?? NaN);
    picked[count] = row;
    count += Number(usd <= capUsd);
  }
  return count;
}
