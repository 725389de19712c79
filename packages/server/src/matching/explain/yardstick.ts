/**
 * The requirements of one question, laid against many advertisements at once.
 * Invariant: an advertisement misses none exactly where `find` would answer with it.
 * Cost: 5 ns an advertisement, 7 with a price: no step depends on what the step before found, so that
 * nothing is guessed wrong. Guessing cost three times as much.
 */
import type { RequirementName, Requirements, Resources } from 'golem-vm-discovery-protocol';
import { STANDING } from '../attendance.js';
import { ROW_LAYOUT, type RowChunk } from '../rows/row-chunks.js';
import type { RequiredNumbers } from '../finding/sieve.js';
import { ABSENT, MISSED, UNSIZED_COUNTS } from './missed.js';

const { chunkRows, integers, doubles, countryBits } = ROW_LAYOUT;
const { cpu: CPU, memory: MEMORY, storage: STORAGE, platformAndCountry } = ROW_LAYOUT;
const { corePrice, memoryPrice, storagePrice } = ROW_LAYOUT;
/** Requirements that can be missed by more or by less. */
const SIZED = ['cpu', 'memory', 'storage', 'max_usd_per_month'] as const;

const COUNTRIES = 2 ** countryBits;
const COUNTRY_MASK = COUNTRIES - 1;

/** No platform has this number. */
const NOBODYS = 2 ** 30;

/** Where the sign of a double lies among its two words: that depends on the machine. */
const SIGN_WORD = new Uint32Array(Float64Array.of(-1).buffer)[1] === 0 ? 0 : 1;

export class Yardstick {
  readonly requirements: Requirements;
  readonly #cpu: number;
  readonly #memory: number;
  readonly #storage: number;
  readonly #capUsd: number | undefined;
  readonly #platform: number;
  readonly #platformBit: number;
  readonly #countries = new Uint8Array(COUNTRIES);
  readonly #standings = new Uint8Array(3);
  /** Where the last measurement was taken, and what it found. */
  #chunk: RowChunk = { doubles: new Float64Array(0), integers: new Int32Array(0) };
  #from = 0;
  readonly #masks = new Uint8Array(chunkRows);
  readonly #slackUsd = new Float64Array(chunkRows);
  readonly #slackWords = new Int32Array(this.#slackUsd.buffer);

  /** The numbers leave out names that nobody bears. */
  constructor(requirements: Requirements, { platform, countries }: RequiredNumbers) {
    this.requirements = requirements;
    this.#cpu = requirements.cpu ?? 1;
    this.#memory = requirements.memory ?? 1;
    this.#storage = requirements.storage ?? 1;
    this.#capUsd = requirements.max_usd_per_month;
    this.#platform = platform ?? NOBODYS;
    this.#platformBit = requirements.platform === undefined ? 0 : MISSED.platform;
    if (requirements.country !== undefined) this.#countries.fill(MISSED.country);
    for (const number of countries ?? []) this.#countries[number] = 0;
    this.#standings[STANDING.free] = ABSENT;
    this.#standings[STANDING.unverified] = requirements.verified === true ? MISSED.verified : 0;
  }

  /** What each of `count` slots of a chunk from one on misses; good until the next call. */
  measure(chunk: RowChunk, standings: Uint8Array, from: number, count: number): Uint8Array {
    this.#chunk = chunk;
    this.#from = from;
    this.#measureAll(chunk, standings, from, count);
    if (this.#capUsd !== undefined) this.#measurePrices(chunk, from, count, this.#capUsd);
    return this.#masks;
  }

  /**
   * A difference is negative where something is missing, and its sign is the bit. Everything is named
   * before the loop: what lies outside of the function is fetched anew each time round.
   */
  #measureAll(chunk: RowChunk, standings: Uint8Array, from: number, count: number): void {
    const [words, masks, countries, trust] = [
      chunk.integers,
      this.#masks,
      this.#countries,
      this.#standings,
    ];
    const [cpu, memory, storage] = [this.#cpu, this.#memory, this.#storage];
    const [platform, platformBit] = [this.#platform, this.#platformBit];
    const [cpuAt, memoryAt, storageAt, placeAt] = [CPU, MEMORY, STORAGE, platformAndCountry];
    const [rowWords, bits, mask] = [integers, countryBits, COUNTRY_MASK];
    const [memoryBit, storageBit] = [MISSED.memory, MISSED.storage];
    for (let index = 0; index < count; index += 1) {
      const at = (from + index) * rowWords;
      const place = words[at + placeAt] ?? 0;
      const other = (place >>> bits) ^ platform;
      masks[index] =
        (((words[at + cpuAt] ?? 0) - cpu) >>> 31) |
        ((((words[at + memoryAt] ?? 0) - memory) >>> 30) & memoryBit) |
        ((((words[at + storageAt] ?? 0) - storage) >>> 29) & storageBit) |
        ((-other >> 31) & platformBit) |
        (countries[place & mask] ?? 0) |
        (trust[standings[from + index] ?? 0] ?? 0);
    }
  }

  #measurePrices(chunk: RowChunk, from: number, count: number, capUsd: number): void {
    const [prices, masks] = [chunk.doubles, this.#masks];
    const [slackUsd, slackWords] = [this.#slackUsd, this.#slackWords];
    const [cpu, memory, storage] = [this.#cpu, this.#memory, this.#storage];
    const [coreAt, memoryAt, storageAt] = [corePrice, memoryPrice, storagePrice];
    const [rowDoubles, signWord] = [doubles, SIGN_WORD];
    for (let index = 0; index < count; index += 1) {
      const at = (from + index) * rowDoubles;
      slackUsd[index] =
        capUsd -
        (cpu * (prices[at + coreAt] ?? 0) +
          memory * (prices[at + memoryAt] ?? 0) +
          storage * (prices[at + storageAt] ?? 0));
    }
    for (let index = 0; index < count; index += 1) {
      const sign = slackWords[2 * index + signWord] ?? 0;
      masks[index] = (masks[index] ?? 0) | ((sign >>> 31) << 6);
    }
  }

  /** What is left of the cap at each index of the last measurement, below 0 where a price is over it; 0 without a cap. Good until the next call. */
  get slackUsd(): Float64Array {
    return this.#slackUsd;
  }

  /** `Infinity` without a cap. */
  get capUsd(): number {
    return this.#capUsd ?? Infinity;
  }

  /** The least that is asked for of each resource. */
  get shape(): Resources {
    return { cpu: this.#cpu, memory: this.#memory, storage: this.#storage };
  }

  /**
   * What is lacking in all, at an index of the last measurement whose mask that is: of each requirement that is
   * missed, the difference as a share of the larger of the two, and 1 for what has no size.
   */
  shortfallInAll(index: number, mask: number): number {
    let sum = UNSIZED_COUNTS[mask] ?? 0;
    for (const name of SIZED) {
      if ((mask & MISSED[name]) !== 0) sum += this.shortfall(index, name);
    }
    return sum;
  }

  /** What is lacking of one requirement that is missed, at an index of the last measurement. */
  shortfall(index: number, requirement: RequirementName): number {
    switch (requirement) {
      case 'cpu':
        return differenceShare(this.amount(index, 'cpu'), this.#cpu);
      case 'memory':
        return differenceShare(this.amount(index, 'memory'), this.#memory);
      case 'storage':
        return differenceShare(this.amount(index, 'storage'), this.#storage);
      case 'max_usd_per_month':
        return differenceShare(this.#capUsd ?? 0, this.usd(index));
      case 'country':
      case 'platform':
      case 'verified':
        return 1;
    }
  }

  /** Where the last measurement was taken. */
  get measured(): { readonly chunk: RowChunk; readonly from: number } {
    return { chunk: this.#chunk, from: this.#from };
  }

  /** How much there is of a resource, at an index of the last measurement. */
  amount(index: number, name: 'cpu' | 'memory' | 'storage'): number {
    return this.#chunk.integers[(this.#from + index) * integers + ROW_LAYOUT[name]] ?? 0;
  }

  /**
   * What the required shape costs a month, at an index of the last measurement, or another of the same
   * where some of it is given; `Infinity` for the unpriced.
   */
  usd(index: number, cpu = this.#cpu, memory = this.#memory, storage = this.#storage): number {
    const prices = this.#chunk.doubles;
    const at = (this.#from + index) * doubles;
    return (
      cpu * (prices[at + corePrice] ?? 0) +
      memory * (prices[at + memoryPrice] ?? 0) +
      storage * (prices[at + storagePrice] ?? 0)
    );
  }
}

/** Of two numbers from 0 on, from 0 to 1: half as much and twice as much are as far away. */
export function differenceShare(less: number, more: number): number {
  return more === Infinity ? 1 : (more - less) / more;
}
