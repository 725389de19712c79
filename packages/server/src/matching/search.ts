/**
 * What one question carries through the trees: its sieve, its sort key, and the best so far.
 */
import type { Best } from './best.js';
import type { Nodes } from './nodes.js';
import type { ORDER, Place } from './orders.js';
import type { Rows } from './rows.js';
import type { Sieve } from './sieve.js';

/** The orders that answers come in and trees are kept in; the price of a shape is no such order. */
export type KeptOrder =
  | typeof ORDER.uptime
  | typeof ORDER.cpu
  | typeof ORDER.memory
  | typeof ORDER.storage;

export class Search {
  readonly rows: Rows;
  readonly nodes: Nodes;
  readonly sieve: Sieve;
  readonly best: Best;
  /** `undefined`: by the price of the required shape. */
  readonly order: KeptOrder | undefined;

  constructor(rows: Rows, nodes: Nodes, sieve: Sieve, best: Best, order: KeptOrder | undefined) {
    this.rows = rows;
    this.nodes = nodes;
    this.sieve = sieve;
    this.best = best;
    this.order = order;
  }

  /** The sort key, ascending. */
  keyOf(slot: number): number {
    return this.order === undefined ? this.sieve.usd(slot) : this.rows.key(this.order, slot);
  }

  /** Whether a slot comes after a place in the answer. */
  isAfter(slot: number, key: number, place: Place): boolean {
    return key === place.key ? this.rows.compareIds(slot, place) > 0 : key > place.key;
  }
}
