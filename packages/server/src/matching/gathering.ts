/**
 * Finds all matches at once, where they are few: in a tree that keeps alike together, so that most
 * of it is passed over. Gives up as soon as they turn out to be more than `GATHERED_MAX`.
 */
import type { RankedTree } from './ranked-tree.js';
import type { Search } from './search.js';

/**
 * More matches than this are not ranked one by one. Where there are as many among a million, the
 * next page of an ordered walk is some 10,000 entries away at most.
 */
export const GATHERED_MAX = 2_000;

/** All slots of some trees that the sieve admits, in any order; `undefined` where they are too many. */
export function gather(
  search: Search,
  trees: readonly RankedTree[],
): readonly number[] | undefined {
  const gathered: number[] = [];
  for (const { root } of trees) {
    if (root === undefined || !search.sieve.mayAdmitBelow(root)) continue;
    if (!gatherBelow(search, root, gathered)) return undefined;
  }
  return gathered;
}

/** Returns `false` to give up. */
function gatherBelow(search: Search, node: number, gathered: number[]): boolean {
  const { nodes, sieve } = search;
  const count = nodes.count(node);
  if (nodes.isLeaf(node)) {
    for (let index = 0; index < count; index += 1) {
      if (sieve.admitsAt(node, index)) gathered.push(nodes.item(node, index));
    }
    return gathered.length <= GATHERED_MAX;
  }
  for (let index = 0; index < count; index += 1) {
    const child = nodes.item(node, index);
    if (!sieve.mayAdmitBelow(child)) continue;
    if (nodes.entries(child) > GATHERED_MAX && sieve.admitsAllBelow(child)) return false;
    if (!gatherBelow(search, child, gathered)) return false;
  }
  return true;
}
