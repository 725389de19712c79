/**
 * Finds all matches at once, where they are few: in the boxes, which keep alike together, so that most
 * are passed over. Gives up as soon as they turn out to be more than `GATHERED_MAX`.
 */
import { NO_MATCH, OPEN } from './box-sieve.js';
import { createPicked } from './row-scan.js';
import type { Search } from './search.js';

/**
 * More matches than this are not ranked one by one. Where there are as many among a million, the page of an
 * ordered walk is some 40,000 entries long, of which bounds let most be passed over. With 2,000 a huge shape
 * took seven times as long, since the boxes of all countries were visited first.
 */
export const GATHERED_MAX = 500;

/** All slots in a box that match, in any order; `undefined` where they are too many. */
export function gather(search: Search, root: number): readonly number[] | undefined {
  const gathered: number[] = [];
  return gatherBelow(search, root, search.boxSieve.asked, gathered) ? gathered : undefined;
}

/** One for all searches: they never interleave. */
const picked = createPicked();

/** Returns `false` to give up. */
function gatherBelow(search: Search, box: number, open: number, gathered: number[]): boolean {
  const { boxes, boxRows, boxSieve } = search;
  const left = boxSieve.openIn(box, open);
  if (left === NO_MATCH) return true;
  if (left === OPEN.nothing && boxes.count(box) > GATHERED_MAX) return false;
  if (boxes.isCut(box)) {
    return (
      gatherBelow(search, boxes.lowHalf(box), left, gathered) &&
      gatherBelow(search, boxes.highHalf(box), left, gathered)
    );
  }
  const leaf = boxes.leaf(box);
  const count = boxSieve.pick(leaf, boxes.count(box), left, picked);
  for (let at = 0; at < count; at += 1) gathered.push(boxRows.slot(leaf, picked[at] ?? 0));
  return gathered.length <= GATHERED_MAX;
}
