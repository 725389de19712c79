/**
 * How often each price occurs, by its first four digits, and from that exact percentiles.
 *
 * Rounding keeps the order of prices, so the percentile of the rounded prices is the percentile of the
 * prices themselves, rounded: what is told is exact to four digits. Keeping the prices apart would
 * take a tree of as many as there are advertisements, since hardly two shapes cost the same.
 * Cost: an addition for each price, and 0.6 MB of address space, of which only the decades in use are
 * ever touched.
 */
import type { PriceLevels } from '../contract.js';

/** Prices are told to so many digits. */
export const PRICE_DIGITS = 4;

const LEAST_DECADE = -6;
const LEAST_USD = 1e-6;
/** Sixteen decades from a millionth of a dollar on; the dearest shape of all costs less than 10^10. */
const DECADES = 16;
const MANTISSA_MIN = 10 ** (PRICE_DIGITS - 1);
const MANTISSAS = 9 * MANTISSA_MIN;
const BUCKETS = DECADES * MANTISSAS + 1;
const BLOCK_LOG2 = 8;

/** Where each decade begins, from the least one on, and where the last one ends. */
const BEGINNINGS = Array.from({ length: DECADES + 1 }, (_, decade) =>
  Number(`1e${decade + LEAST_DECADE}`),
);
const POWERS = Array.from({ length: DECADES + 2 * PRICE_DIGITS }, (_, exponent) => 10 ** exponent);

export class PriceHistogram {
  readonly #counts = new Uint32Array(BUCKETS);
  /** Of 256 counts each, their sum. */
  readonly #blocks = new Uint32Array((BUCKETS >> BLOCK_LOG2) + 1);
  #count = 0;

  /** How many prices there are. */
  get count(): number {
    return this.#count;
  }

  /** Adds a price, or with -1 takes away one that was added. */
  change(usd: number, by: 1 | -1): void {
    const bucket = bucketOf(usd);
    const block = bucket >> BLOCK_LOG2;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + by;
    this.#blocks[block] = (this.#blocks[block] ?? 0) + by;
    this.#count += by;
  }

  /** `undefined` where there are no prices. */
  levels(): PriceLevels | undefined {
    if (this.#count === 0) return undefined;
    return { p10: this.#percentile(10), median: this.#percentile(50), p90: this.#percentile(90) };
  }

  #percentile(percent: number): number {
    const rank = Math.ceil((percent * this.#count) / 100);
    let passed = 0;
    let block = 0;
    while (passed + (this.#blocks[block] ?? 0) < rank) {
      passed += this.#blocks[block] ?? 0;
      block += 1;
    }
    let bucket = block << BLOCK_LOG2;
    while (passed + (this.#counts[bucket] ?? 0) < rank) {
      passed += this.#counts[bucket] ?? 0;
      bucket += 1;
    }
    return priceOf(bucket);
  }

  /** A price as it is told: to four digits, and 0 below a millionth. */
  static told(usd: number): number {
    return priceOf(bucketOf(usd));
  }
}

function bucketOf(usd: number): number {
  if (usd < LEAST_USD) return 0;
  const decade = decadeOf(usd);
  const shift = PRICE_DIGITS - 1 - decade - LEAST_DECADE;
  const mantissa = Math.round(shift < 0 ? usd / power(-shift) : usd * power(shift));
  // A mantissa that was rounded up to the next decade is the first bucket of that.
  return 1 + decade * MANTISSAS + (mantissa - MANTISSA_MIN);
}

/** Counted from the least one. A logarithm may be off by one next to a power of ten. */
function decadeOf(usd: number): number {
  const decade = Math.floor(Math.log10(usd)) - LEAST_DECADE;
  if (usd < (BEGINNINGS[decade] ?? 0)) return decade - 1;
  return usd >= (BEGINNINGS[decade + 1] ?? Infinity) ? decade + 1 : decade;
}

function priceOf(bucket: number): number {
  if (bucket === 0) return 0;
  const decade = Math.floor((bucket - 1) / MANTISSAS) + LEAST_DECADE;
  const mantissa = ((bucket - 1) % MANTISSAS) + MANTISSA_MIN;
  const shift = PRICE_DIGITS - 1 - decade;
  return shift < 0 ? mantissa * power(-shift) : mantissa / power(shift);
}

function power(exponent: number): number {
  return POWERS[exponent] ?? NaN;
}
