/**
 * What one question carries through the trees: what is searched, its sieves, and the best so far.
 */
import type { Best } from './best.js';
import type { BoxRows } from '../boxes/box-rows.js';
import type { BoxSieve } from './box-sieve.js';
import type { Boxes } from '../boxes/boxes.js';
import type { Nodes } from '../trees/nodes.js';
import type { Place } from '../rows/orders.js';
import type { Rows } from '../rows/rows.js';
import type { SectionRoom } from '../sections/sections.js';
import type { Sieve } from './sieve.js';

/** What is searched, and what the results of one question after the other are collected in. */
export interface SearchRoom extends SectionRoom {
  readonly best: Best;
}

export class Search implements SearchRoom {
  readonly rows: Rows;
  readonly nodes: Nodes;
  readonly boxes: Boxes;
  readonly boxRows: BoxRows;
  readonly best: Best;
  readonly sieve: Sieve;
  readonly boxSieve: BoxSieve;

  constructor(room: SearchRoom, sieve: Sieve, boxSieve: BoxSieve) {
    this.rows = room.rows;
    this.nodes = room.nodes;
    this.boxes = room.boxes;
    this.boxRows = room.boxRows;
    this.best = room.best;
    this.sieve = sieve;
    this.boxSieve = boxSieve;
  }

  /** The same search with one only of the countries that it is for. */
  inCountry(country: number): Search {
    return new Search(this, this.sieve, this.boxSieve.inCountry(country));
  }

  /** Whether a slot comes after a place in the answer. */
  isAfter(slot: number, key: number, place: Place): boolean {
    return key === place.key ? this.rows.compareIds(slot, place) > 0 : key > place.key;
  }
}
