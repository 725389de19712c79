/**
 * What one question carries through the trees: its sieves, its sort key, and the best so far.
 */
import type { Best } from './best.js';
import type { BoxRows } from '../boxes/box-rows.js';
import type { BoxSieve } from './box-sieve.js';
import type { Boxes } from '../boxes/boxes.js';
import type { Nodes } from '../trees/nodes.js';
import type { Order, Place } from '../rows/orders.js';
import type { Rows } from '../rows/rows.js';
import type { Sieve } from './sieve.js';

/** What is searched, and what the results of one question after the other are collected in. */
export interface SearchRoom {
  readonly rows: Rows;
  readonly nodes: Nodes;
  readonly boxes: Boxes;
  readonly boxRows: BoxRows;
  readonly best: Best;
}

export class Search {
  readonly rows: Rows;
  readonly nodes: Nodes;
  readonly boxes: Boxes;
  readonly boxRows: BoxRows;
  readonly best: Best;
  readonly sieve: Sieve;
  readonly boxSieve: BoxSieve;
  /** `undefined`: by the price of the required shape. */
  readonly order: Order | undefined;

  constructor(room: SearchRoom, sieve: Sieve, boxSieve: BoxSieve, order: Order | undefined) {
    this.rows = room.rows;
    this.nodes = room.nodes;
    this.boxes = room.boxes;
    this.boxRows = room.boxRows;
    this.best = room.best;
    this.sieve = sieve;
    this.boxSieve = boxSieve;
    this.order = order;
  }

  /** The same search with one only of the countries that it is for. */
  inCountry(country: number): Search {
    return new Search(this, this.sieve, this.boxSieve.inCountry(country), this.order);
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
