/**
 * The trees of one part of the market: the verified or the unverified, of one country or of all.
 * A question chooses its sections by country and verifiedness; all the rest is up to the sieve.
 * Everything is in the same four orders that answers come in; the priced lie along the price curve as
 * well, the unpriced by id, and all of them along the shape curve.
 */
import { findCheapest } from './cheapest.js';
import type { Nodes } from './nodes.js';
import { OrderedWalk } from './ordered-walk.js';
import { RankedTree } from './ranked-tree.js';
import { UNPRICED_KEY } from './ranking.js';
import { ORDER, type Order, type Place, type Rows } from './rows.js';
import type { KeptOrder, Search } from './search.js';

export class Section {
  readonly #rows: Rows;
  readonly #whole: Section | undefined;
  readonly #kept: Readonly<Record<KeptOrder, RankedTree>>;
  readonly #priced: RankedTree;
  readonly #unpriced: RankedTree;
  /** Every advertisement of the section, those that are alike in platform and shape side by side. */
  readonly alike: RankedTree;

  /** `whole`: the section that this one is part of; what goes in or out here does so there too. */
  constructor(nodes: Nodes, rows: Rows, whole: Section | undefined) {
    const tree = (order: Order) => new RankedTree(order, nodes, rows);
    this.#rows = rows;
    this.#whole = whole;
    this.#kept = [tree(ORDER.uptime), tree(ORDER.cpu), tree(ORDER.memory), tree(ORDER.storage)];
    this.#priced = tree(ORDER.priceCurve);
    this.#unpriced = tree(ORDER.id);
    this.alike = tree(ORDER.shapeCurve);
  }

  insert(slot: number): void {
    this.#whole?.insert(slot);
    for (const tree of this.#treesOf(slot)) tree.insert(slot);
  }

  remove(slot: number): void {
    this.#whole?.remove(slot);
    for (const tree of this.#treesOf(slot)) tree.remove(slot);
  }

  /** Offers the matches after a place to the best of the search. */
  find(search: Search, after: Place | undefined): void {
    if (search.order !== undefined) {
      new OrderedWalk(search, this.#kept[search.order]).run(after, this.alike);
      return;
    }
    const isAmongUnpriced = after?.key === UNPRICED_KEY;
    if (!isAmongUnpriced) findCheapest(search, this.#priced, after);
    if (!search.best.wouldTake(UNPRICED_KEY, 0)) return;
    const walk = new OrderedWalk(search, this.#unpriced);
    walk.run(isAmongUnpriced ? after : undefined, this.alike);
  }

  #treesOf(slot: number): readonly RankedTree[] {
    const isPriced = this.#rows.corePrice(slot) !== UNPRICED_KEY;
    const { 0: uptime, 1: cpu, 2: memory, 3: storage } = this.#kept;
    return [uptime, cpu, memory, storage, isPriced ? this.#priced : this.#unpriced, this.alike];
  }
}
