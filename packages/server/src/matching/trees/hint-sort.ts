/**
 * Sorts slots by their hints, eleven bits at a time, from the lowest on (a radix sort, which is stable). A
 * million take 60 ms, where sorting them as doubles took 300. It goes in steps of a millisecond or so.
 */
const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const HINT_BITS = 32;
const STEP_SLOTS = 32_768;

/** Slots in an order, each with its hint there. */
export interface RankedSlots {
  readonly slots: Uint32Array;
  readonly hints: Uint32Array;
}

/** The same slots by hint, ascending. What was given is used up. */
export function* sortByHint(given: RankedSlots): Generator<undefined, RankedSlots> {
  const { length } = given.slots;
  let from = given;
  let to: RankedSlots = { slots: new Uint32Array(length), hints: new Uint32Array(length) };
  for (let shift = 0; shift < HINT_BITS; shift += DIGIT_BITS) {
    yield* deal(from, to, shift);
    [from, to] = [to, from];
  }
  return from;
}

/** Moves all to where the digit above `shift` puts them, in the order in which they come. */
function* deal(from: RankedSlots, to: RankedSlots, shift: number): Generator<undefined, void> {
  const next = yield* startsOf(from.hints, shift);
  for (let index = 0; index < from.slots.length; index += 1) {
    if (index % STEP_SLOTS === 0) yield;
    const hint = from.hints[index] ?? 0;
    const digit = (hint >>> shift) % DIGITS;
    const place = next[digit] ?? 0;
    next[digit] = place + 1;
    to.slots[place] = from.slots[index] ?? 0;
    to.hints[place] = hint;
  }
}

/** Where those with each digit begin. */
function* startsOf(hints: Uint32Array, shift: number): Generator<undefined, Uint32Array> {
  const starts = new Uint32Array(DIGITS + 1);
  for (let index = 0; index < hints.length; index += 1) {
    if (index % STEP_SLOTS === 0) yield;
    const after = (((hints[index] ?? 0) >>> shift) % DIGITS) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let digit = 1; digit < DIGITS; digit += 1) {
    starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  }
  return starts;
}
