/**
 * Two orders that lay similar advertisements side by side, so that what a node of a tree holds is
 * alike and its bounds are tight: by unit prices, and by platform and shape. Each interleaves the
 * bits of its dimensions (Z-order). They decide how fast an answer is found, never what it is.
 */
import { LIMITS } from 'golem-vm-discovery-protocol';

/** The three unit prices in dollars; all `Infinity` for the unpriced. */
export interface UnitPrices {
  readonly core: number;
  readonly memory: number;
  readonly storage: number;
}

const PRICE_BITS = 10;
const PRICE_STEPS_PER_OCTAVE = 25;
/** Prices below 2^-20 of a dollar are one class with 0. */
const PRICE_OCTAVES_BELOW_ONE = 20;
const TIE_BITS = 22;

/**
 * Where unit prices lie on the price curve: 30 bits of interleaved classes, 25 to the octave, then
 * 22 bits that are the same for the same prices, so that those who charge exactly alike (because
 * they left a default as it was) lie together, in the order of their ids.
 */
export function priceCurve({ core, memory, storage }: UnitPrices): number {
  const place =
    spread10(priceClass(core)) * 4 +
    spread10(priceClass(memory)) * 2 +
    spread10(priceClass(storage));
  return place * 2 ** TIE_BITS + tie(core, memory, storage);
}

function priceClass(usd: number): number {
  if (usd > LIMITS.unitPriceMax) return 2 ** PRICE_BITS - 1;
  const octaves = Math.log2(usd) + PRICE_OCTAVES_BELOW_ONE;
  return octaves > 0 ? Math.floor(octaves * PRICE_STEPS_PER_OCTAVE) : 0;
}

const bits = new DataView(new ArrayBuffer(8));

function tie(...prices: readonly number[]): number {
  let hash = 0;
  for (const price of prices) {
    bits.setFloat64(0, price);
    hash = Math.imul(hash ^ bits.getInt32(0), 0x9e37_79b1);
    hash = Math.imul(hash ^ bits.getInt32(4) ^ (hash >>> 15), 0x85eb_ca6b);
  }
  return hash >>> (32 - TIE_BITS);
}

const PLATFORM_BITS = 6;
const SIZE_BITS = 7;

/**
 * Where platform, shape and prices lie on the shape curve: 6 bits of the platform, 21 of the shape
 * (four classes to the octave), then the upper 20 bits of the price curve: 47 in all.
 */
export function shapeCurve(shape: number, curve: number): number {
  return shape * 2 ** 20 + Math.floor(curve / 2 ** (3 * PRICE_BITS + TIE_BITS - 20));
}

/** The part of the shape curve that does not depend on prices: 27 bits. */
export function shapeCode(platform: number, cpu: number, memory: number, storage: number): number {
  const region = platform % 2 ** PLATFORM_BITS;
  const shape =
    spread10(sizeClass(cpu)) * 4 + spread10(sizeClass(memory)) * 2 + spread10(sizeClass(storage));
  return region * 2 ** (3 * SIZE_BITS) + shape;
}

/** Four classes to the octave, so that 7 bits are enough; powers of two begin a class. Shifts: powers were 3% of filling an index. */
export function sizeClass(size: number): number {
  const octave = 31 - Math.clz32(size);
  const quarter = octave < 2 ? size << (2 - octave) : size >> (octave - 2);
  return octave * 4 + (quarter & 3);
}

const SPREAD = Array.from({ length: 2 ** PRICE_BITS }, (_, number) => {
  let apart = 0;
  for (let bit = 0; bit < PRICE_BITS; bit += 1) apart |= ((number >> bit) & 1) << (3 * bit);
  return apart;
});

/** Moves the bits of a number below 1,024 three places apart. */
function spread10(number: number): number {
  return SPREAD[number] ?? 0;
}
