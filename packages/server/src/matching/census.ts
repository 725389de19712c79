/**
 * Counts matches without looking at each: a node of which all or none match counts as a whole, only
 * the leaves at the edge of the requirements are looked into.
 */
import type { Nodes } from './nodes.js';
import type { RankedTree } from './ranked-tree.js';
import type { Sieve } from './sieve.js';

/** How many slots of a tree the sieve admits. */
export function countMatches(nodes: Nodes, sieve: Sieve, tree: RankedTree): number {
  return tree.root === undefined ? 0 : countBelow(nodes, sieve, tree.root);
}

function countBelow(nodes: Nodes, sieve: Sieve, node: number): number {
  if (!sieve.mayAdmitBelow(node)) return 0;
  if (sieve.admitsAllBelow(node)) return nodes.entries(node);
  const leaf = nodes.isLeaf(node);
  const count = nodes.count(node);
  let matches = 0;
  for (let index = 0; index < count; index += 1) {
    const item = nodes.item(node, index);
    matches += leaf ? Number(sieve.admitsAt(node, index)) : countBelow(nodes, sieve, item);
  }
  return matches;
}
