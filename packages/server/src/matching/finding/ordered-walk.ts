/**
 * The walk through a tree in its own order, for sorts that do not depend on the question: it passes
 * over nodes that can hold nothing, and ends when the page is full.
 *
 * Where many match, a page is full after a leaf or two. Where few do, the walk would go on for long
 * between one match and the next. So after some leaves it has all matches gathered instead, from the
 * boxes, which keep alike together, and ranks those if they are few. If they are many, the walk goes
 * on: then it is not far to the next ones.
 */
import { GATHERED_MAX, gather } from './gathering.js';
import type { Place } from '../rows/orders.js';
import type { RankedTree, Sought } from '../trees/ranked-tree.js';
import type { Search } from './search.js';

const LEAVES_BEFORE_GATHERING = 16;

export class OrderedWalk {
  readonly #search: Search;
  readonly #tree: RankedTree;
  #leavesLeft = LEAVES_BEFORE_GATHERING;
  #lastSlot = -1;
  #passed = 0;
  #matched = 0;
  #hasEnded = false;

  constructor(search: Search, tree: RankedTree) {
    this.#search = search;
    this.#tree = tree;
  }

  /** Offers the matches after a place to the best. `box` holds all that `tree` holds and the sieve admits. */
  run(after: Place | undefined, box: number): void {
    this.#walk(after);
    if (this.#hasEnded) return;
    const reached = this.#reached();
    const gathered = this.#expectsFew() ? gather(this.#search, box) : undefined;
    this.#leavesLeft = Infinity;
    if (gathered === undefined) return this.#walk(reached);
    for (const slot of gathered) {
      const key = this.#keyOf(slot);
      if (this.#search.isAfter(slot, key, reached)) this.#search.best.offer(slot, key);
    }
  }

  /** Whether matches are few, if all of the tree is like the part that has been passed. */
  #expectsFew(): boolean {
    const { root } = this.#tree;
    const entries = root === undefined ? 0 : this.#search.nodes.entries(root);
    return this.#matched * entries <= GATHERED_MAX * this.#passed;
  }

  /** Everything up to here has been walked. */
  #reached(): Place {
    return this.#search.rows.place(this.#tree.order, this.#lastSlot);
  }

  #walk(after: Place | undefined): void {
    const { root } = this.#tree;
    if (root !== undefined) this.#below(root, after && this.#tree.seek(after));
    // It did not stop for want of leaves, so it came to the end.
    this.#hasEnded ||= this.#leavesLeft > 0;
  }

  #below(node: number, after: Sought | undefined): void {
    const { nodes, sieve } = this.#search;
    if (nodes.isLeaf(node)) return this.#leaf(node, after);
    const count = nodes.count(node);
    const start = after === undefined ? 0 : this.#tree.indexOfChild(node, after);
    for (let index = start; index < count; index += 1) {
      const child = nodes.item(node, index);
      if (!sieve.mayAdmitBelow(child)) {
        this.#passed += nodes.entries(child);
        continue;
      }
      this.#hasEnded ||= !this.#mayImprove(child);
      if (this.#hasEnded || this.#leavesLeft === 0) return;
      this.#below(child, index === start ? after : undefined);
    }
  }

  /** The sort key, ascending. */
  #keyOf(slot: number): number {
    return this.#search.rows.key(this.#tree.order, slot);
  }

  #mayImprove(node: number): boolean {
    const { nodes, rows, best } = this.#search;
    if (!best.isFull) return true;
    const slot = nodes.firstSlot(node);
    return best.wouldTake(this.#keyOf(slot), rows.idCode(slot));
  }

  #leaf(leaf: number, after: Sought | undefined): void {
    const { nodes, sieve, best } = this.#search;
    const count = nodes.count(leaf);
    for (let index = this.#startIn(leaf, after); index < count; index += 1) {
      if (!sieve.admitsAt(leaf, index)) continue;
      const slot = nodes.item(leaf, index);
      this.#matched += 1;
      const key = this.#keyOf(slot);
      best.offer(slot, key);
      // Whatever follows in this tree is worse than this one, which is last or did not get in.
      this.#hasEnded = best.isFull && !best.isBeforeLast(slot, key);
      if (this.#hasEnded) return;
    }
    this.#lastSlot = nodes.item(leaf, count - 1);
    this.#leavesLeft -= 1;
    this.#passed += count;
  }

  #startIn(leaf: number, after: Sought | undefined): number {
    if (after === undefined) return 0;
    const { nodes } = this.#search;
    const index = this.#tree.indexInLeaf(leaf, after);
    const isPresent = index < nodes.count(leaf) && after.compare(nodes.item(leaf, index)) === 0;
    return isPresent ? index + 1 : index;
  }
}
