/**
 * The walk through a tree in its own order, for sorts that do not depend on the question: it passes
 * over nodes that can hold nothing, and ends when the page is full.
 *
 * Where many match, a page is full after a leaf or two. Where few do, the walk would go on for long
 * between one match and the next. So after some leaves it has all matches gathered instead, from the
 * tree that keeps alike together, and ranks those if they are few. If they are many, the walk goes
 * on: then it is not far to the next ones.
 */
import { gather } from './gathering.js';
import type { RankedTree } from './ranked-tree.js';
import { ORDER, type Place } from './rows.js';
import { UNPRICED_KEY } from './ranking.js';
import type { Search } from './search.js';

const LEAVES_BEFORE_GATHERING = 16;

export class OrderedWalk {
  readonly #search: Search;
  readonly #tree: RankedTree;
  #leavesLeft = LEAVES_BEFORE_GATHERING;
  #lastSlot = -1;
  #hasEnded = false;

  /** `tree` is in the order of the search; or it holds the unpriced, by id, in a search by price. */
  constructor(search: Search, tree: RankedTree) {
    this.#search = search;
    this.#tree = tree;
  }

  /** Offers the matches after a place to the best. `alike` holds all that `tree` holds, and may hold more. */
  run(after: Place | undefined, alike: RankedTree): void {
    this.#walk(after);
    if (this.#hasEnded) return;
    const reached = this.#reached();
    const gathered = gather(this.#search, alike);
    this.#leavesLeft = Infinity;
    if (gathered === undefined) return this.#walk(reached);
    for (const slot of gathered) {
      const key = this.#search.keyOf(slot);
      if (this.#search.isAfter(slot, key, reached)) this.#search.best.offer(slot, key);
    }
  }

  /** Everything up to here has been walked, as a place in the answer. */
  #reached(): Place {
    const slot = this.#lastSlot;
    return { ...this.#search.rows.place(this.#tree.order, slot), key: this.#search.keyOf(slot) };
  }

  #walk(after: Place | undefined): void {
    const { root } = this.#tree;
    const isById = this.#tree.order === ORDER.id;
    if (root !== undefined) this.#below(root, after && isById ? { ...after, key: 0 } : after);
    this.#hasEnded ||= this.#leavesLeft > 0;
  }

  #below(node: number, after: Place | undefined): void {
    const { nodes, sieve } = this.#search;
    if (nodes.isLeaf(node)) return this.#leaf(node, after);
    const count = nodes.count(node);
    const start = after === undefined ? 0 : this.#tree.indexOfChild(node, after);
    for (let index = start; index < count; index += 1) {
      const child = nodes.item(node, index);
      if (!sieve.mayAdmitBelow(child)) continue;
      this.#hasEnded ||= !this.#mayImprove(child);
      if (this.#hasEnded || this.#leavesLeft === 0) return;
      this.#below(child, index === start ? after : undefined);
    }
  }

  #mayImprove(node: number): boolean {
    const { nodes, best } = this.#search;
    const key = this.#tree.order === ORDER.id ? UNPRICED_KEY : nodes.firstKey(node);
    return best.wouldTake(key, nodes.firstIdCode(node));
  }

  #leaf(leaf: number, after: Place | undefined): void {
    const { nodes, sieve, best } = this.#search;
    const count = nodes.count(leaf);
    for (let index = this.#startIn(leaf, after); index < count; index += 1) {
      const slot = nodes.item(leaf, index);
      if (!sieve.admits(slot)) continue;
      const key = this.#search.keyOf(slot);
      best.offer(slot, key);
      // Whatever follows in this tree is worse than this one, which is last or did not get in.
      this.#hasEnded = best.isFull && !best.isBeforeLast(slot, key);
      if (this.#hasEnded) return;
    }
    this.#lastSlot = nodes.item(leaf, count - 1);
    this.#leavesLeft -= 1;
  }

  #startIn(leaf: number, after: Place | undefined): number {
    if (after === undefined) return 0;
    const { nodes, rows } = this.#search;
    const index = this.#tree.indexInLeaf(leaf, after);
    const isPresent =
      index < nodes.count(leaf) &&
      rows.compare(this.#tree.order, nodes.item(leaf, index), after) === 0;
    return isPresent ? index + 1 : index;
  }
}
