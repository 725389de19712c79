/**
 * The cheapest first, for a price that depends on the question. Of all nodes seen and not yet opened,
 * the one with the least lower bound is opened next, and the search ends where even that cannot get
 * into the page. What charges exactly alike lies together by id, so among equals the bound is exact
 * too: a market in which everyone charges the same is no slower.
 */
import { DIMENSION } from './nodes.js';
import { OpenNodes } from './open-nodes.js';
import type { Place } from './orders.js';
import type { RankedTree } from './ranked-tree.js';
import type { Search } from './search.js';

/** Offers the matches after a place to the best; `tree` holds the priced along the price curve. */
export function findCheapest(search: Search, tree: RankedTree, after: Place | undefined): void {
  const { nodes, best } = search;
  const open = new OpenNodes();
  if (tree.root !== undefined) openNode(search, tree.root, after, open);
  for (let node = open.takeLeast(); node !== undefined; node = open.takeLeast()) {
    if (!best.wouldTake(open.takenBound, open.takenIdCode)) return;
    if (nodes.isLeaf(node)) offerLeaf(search, node, after);
    else openChildren(search, node, after, open);
  }
}

function openChildren(search: Search, node: number, after: Place | undefined, open: OpenNodes) {
  const count = search.nodes.count(node);
  for (let index = 0; index < count; index += 1) {
    openNode(search, search.nodes.item(node, index), after, open);
  }
}

/** Puts a node among the open ones, unless it can be passed over. */
function openNode(search: Search, node: number, after: Place | undefined, open: OpenNodes): void {
  const { sieve, best } = search;
  if (!sieve.mayAdmitBelow(node)) return;
  if (after !== undefined && sieve.usdCeiling(node) < after.key) return;
  const bound = sieve.usdFloor(node);
  const idCode = chargesAlike(search, node) ? search.rows.idCode(search.nodes.firstSlot(node)) : 0;
  if (best.wouldTake(bound, idCode)) open.add(node, bound, idCode);
}

/** Whether all below a node charge the same: then they lie in the order of their ids. */
function chargesAlike({ nodes }: Search, node: number): boolean {
  return (
    nodes.low(node, DIMENSION.corePrice) === nodes.high(node, DIMENSION.corePrice) &&
    nodes.low(node, DIMENSION.memoryPrice) === nodes.high(node, DIMENSION.memoryPrice) &&
    nodes.low(node, DIMENSION.storagePrice) === nodes.high(node, DIMENSION.storagePrice)
  );
}

function offerLeaf(search: Search, leaf: number, after: Place | undefined): void {
  const { nodes, sieve, best } = search;
  const count = nodes.count(leaf);
  for (let index = 0; index < count; index += 1) {
    if (!sieve.admitsAt(leaf, index)) continue;
    const slot = nodes.item(leaf, index);
    const key = sieve.usd(slot);
    if (after === undefined || search.isAfter(slot, key, after)) best.offer(slot, key);
  }
}
