/**
 * All that is listed somewhere (in a country, or everywhere), in some orders: an advertisement is in a tree for
 * each of them, and in what the section is part of.
 */
import type { Nodes } from '../trees/nodes.js';
import type { Order } from '../rows/orders.js';
import { RankedTree } from '../trees/ranked-tree.js';
import type { Rows } from '../rows/rows.js';

/** What goes along with a section: whatever goes in or out there does so here. */
export interface Whole {
  insert(slot: number): void;
  remove(slot: number): void;
  change(old: number, slot: number): void;
}

export class Section implements Whole {
  readonly #whole: Whole;
  readonly #trees: ReadonlyMap<Order, RankedTree>;

  constructor(
    room: { readonly nodes: Nodes; readonly rows: Rows },
    orders: readonly Order[],
    whole: Whole,
  ) {
    this.#whole = whole;
    this.#trees = new Map(
      orders.map((order) => [order, new RankedTree(order, room.nodes, room.rows)]),
    );
  }

  /** Whether what goes in or out here does so there too. */
  isPartOf(whole: Whole): boolean {
    return this.#whole === whole;
  }

  /** The tree in one of the orders of this section. */
  tree(order: Order): RankedTree {
    const tree = this.#trees.get(order);
    if (tree === undefined) throw new RangeError(`this section is not kept in order ${order}`);
    return tree;
  }

  /** Takes all its slots at once, in steps; the section must be empty. What it is part of takes them by itself. */
  *fill(slots: ArrayLike<number>): Generator<undefined, void> {
    for (const tree of this.#trees.values()) yield* tree.fill(slots);
  }

  insert(slot: number): void {
    this.#whole.insert(slot);
    for (const tree of this.#trees.values()) tree.insert(slot);
  }

  remove(slot: number): void {
    this.#whole.remove(slot);
    for (const tree of this.#trees.values()) tree.remove(slot);
  }

  /** Puts `slot` in the place of `old`, which has the same provider. */
  change(old: number, slot: number): void {
    this.#whole.change(old, slot);
    for (const tree of this.#trees.values()) tree.change(old, slot);
  }
}
