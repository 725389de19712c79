/**
 * The trees of one part of the market, in all of which it is whole: an advertisement is in each of the
 * section's orders, and either among the priced, along the price curve, or among the unpriced, by id.
 */
import type { Nodes } from './nodes.js';
import { ORDER, type Order } from './orders.js';
import { RankedTree } from './ranked-tree.js';
import { UNPRICED_KEY } from './ranking.js';
import type { Rows } from './rows.js';

export class Section {
  readonly priced: RankedTree;
  readonly unpriced: RankedTree;
  readonly #rows: Rows;
  readonly #whole: Section | undefined;
  readonly #trees: ReadonlyMap<Order, RankedTree>;

  /** `whole`: the section that this one is part of; what goes in or out here does so there too. */
  constructor(nodes: Nodes, rows: Rows, orders: readonly Order[], whole: Section | undefined) {
    const tree = (order: Order) => new RankedTree(order, nodes, rows);
    this.priced = tree(ORDER.priceCurve);
    this.unpriced = tree(ORDER.id);
    this.#rows = rows;
    this.#whole = whole;
    this.#trees = new Map(orders.map((order) => [order, tree(order)]));
  }

  /** Whether what goes in or out here does so there too. */
  isPartOf(whole: Section): boolean {
    return this.#whole === whole;
  }

  /** The tree in one of the orders of this section. */
  tree(order: Order): RankedTree {
    const tree = this.#trees.get(order);
    if (tree === undefined) throw new RangeError(`this section is not kept in order ${order}`);
    return tree;
  }

  /** Takes all its slots at once; the section must be empty. What it is part of takes them by itself. */
  fill(slots: readonly number[]): void {
    for (const tree of this.#trees.values()) tree.fill(slots);
    const isPriced = (slot: number) => this.#pricedOrNot(slot) === this.priced;
    this.priced.fill(slots.filter(isPriced));
    this.unpriced.fill(slots.filter((slot) => !isPriced(slot)));
  }

  insert(slot: number): void {
    this.#whole?.insert(slot);
    for (const tree of this.#trees.values()) tree.insert(slot);
    this.#pricedOrNot(slot).insert(slot);
  }

  remove(slot: number): void {
    this.#whole?.remove(slot);
    for (const tree of this.#trees.values()) tree.remove(slot);
    this.#pricedOrNot(slot).remove(slot);
  }

  /** Puts `slot` in the place of `old`, which has the same provider. */
  change(old: number, slot: number): void {
    this.#whole?.change(old, slot);
    for (const tree of this.#trees.values()) tree.change(old, slot);
    const [from, to] = [this.#pricedOrNot(old), this.#pricedOrNot(slot)];
    if (from === to) return from.change(old, slot);
    from.remove(old);
    to.insert(slot);
  }

  #pricedOrNot(slot: number): RankedTree {
    return this.#rows.corePrice(slot) === UNPRICED_KEY ? this.unpriced : this.priced;
  }
}
