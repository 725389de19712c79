/**
 * Sorting that lets others in: a million numbers that are compared by what they stand for take a second or two, for
 * which a hub that is starting would answer nobody. Runs are sorted one by one and then merged, and after some milliseconds it stops for
 * as long as the caller likes.
 */

/** Numbers in a step: some milliseconds. */
const RUN_ITEMS = 16_384;

/** Below zero where the first comes first. */
export type Compare = (one: number, other: number) => number;

/** Sorts in place, stable. Nothing is in order before the last step. */
export function* sortInSteps(items: Uint32Array, compare: Compare): Generator<undefined, void> {
  const { length } = items;
  for (let start = 0; start < length; start += RUN_ITEMS) {
    items.subarray(start, start + RUN_ITEMS).sort(compare);
    yield;
  }
  let from = items;
  let to = length > RUN_ITEMS ? items.slice() : items;
  for (let run = RUN_ITEMS; run < length; run *= 2) {
    yield* mergeRuns(from, to, run, compare);
    [from, to] = [to, from];
  }
  if (from !== items) items.set(from);
}

/** Merges sorted runs of `run` numbers two by two. */
function* mergeRuns(
  from: Uint32Array,
  to: Uint32Array,
  run: number,
  compare: Compare,
): Generator<undefined, void> {
  for (let start = 0; start < from.length; start += 2 * run) {
    let left = start;
    let right = Math.min(start + run, from.length);
    const middle = right;
    const end = Math.min(right + run, from.length);
    for (let at = start; at < end; at += 1) {
      if (at % RUN_ITEMS === 0) yield;
      const takesLeft =
        right === end || (left < middle && compare(from[left] ?? 0, from[right] ?? 0) <= 0);
      to[at] = (takesLeft ? from[left] : from[right]) ?? 0;
      if (takesLeft) left += 1;
      else right += 1;
    }
  }
}
