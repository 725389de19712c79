/**
 * Counts matches without looking at each: a box of which all or none match counts as a whole, only
 * the leaves at the edge of the requirements are looked into.
 * Cost: among a million below a millisecond, mostly; a few where a cap on the price runs through the middle of
 * the market.
 */
import type { BoxSieve } from './box-sieve.js';
import { NO_MATCH, OPEN } from './box-sieve.js';
import type { Boxes } from '../boxes/boxes.js';

/** How many rows in a box the sieve admits; `open` is what is open around it. */
export function countMatches(
  boxes: Boxes,
  sieve: BoxSieve,
  box: number,
  open = sieve.asked,
): number {
  const left = sieve.openIn(box, open);
  if (left === NO_MATCH) return 0;
  if (left === OPEN.nothing) return boxes.count(box);
  if (!boxes.isCut(box)) return sieve.count(boxes.leaf(box), boxes.count(box), left);
  return (
    countMatches(boxes, sieve, boxes.lowHalf(box), left) +
    countMatches(boxes, sieve, boxes.highHalf(box), left)
  );
}
