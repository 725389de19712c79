/**
 * The market in sections: the verified and the unverified apart, each as a whole and by country.
 *
 * The whole is kept in the four orders that answers come in, and in boxes; each country by uptime. So a
 * question by uptime about Tuvalu never meets the rest of the world, and one about everywhere looks
 * into one tree and not into 250. Keeping every country in every order as well was tried: it made a
 * change a third dearer and each advertisement 45 bytes larger, for the sake of the rare question for
 * most cores in a country.
 */
import type { Requirements } from 'golem-vm-discovery-protocol';
import type { BoxRoom } from '../boxes/box-filling.js';
import { BoxRows } from '../boxes/box-rows.js';
import { BoxTree } from '../boxes/box-tree.js';
import { Boxes } from '../boxes/boxes.js';
import { Nodes } from '../trees/nodes.js';
import { ORDER } from '../rows/orders.js';
import type { Rows } from '../rows/rows.js';
import { Section } from './section.js';

const WHOLE_ORDERS = [ORDER.uptime, ORDER.cpu, ORDER.memory, ORDER.storage];
const COUNTRY_ORDERS = [ORDER.uptime];

/** What the trees of all sections share. */
export interface SectionRoom extends BoxRoom {
  readonly nodes: Nodes;
}

/** The verified, or the unverified. There is at most a section for each country of the world. */
export class Part {
  readonly whole: Section;
  readonly boxTree: BoxTree;
  readonly #room: SectionRoom;
  /** By number of the country: one that is given to another country has left its section empty. */
  readonly #countries: (Section | undefined)[] = [];

  constructor(room: SectionRoom) {
    this.#room = room;
    this.boxTree = new BoxTree(room);
    this.whole = new Section(room, WHOLE_ORDERS, this.boxTree);
  }

  country(number: number): Section {
    const known = this.#countries[number];
    if (known !== undefined) return known;
    const section = new Section(this.#room, COUNTRY_ORDERS, this.whole);
    this.#countries[number] = section;
    return section;
  }
}

export class Sections {
  readonly room: SectionRoom;
  readonly #verified: Part;
  readonly #unverified: Part;

  constructor(rows: Rows) {
    this.room = { rows, nodes: new Nodes(rows), boxes: new Boxes(), boxRows: new BoxRows() };
    this.#verified = new Part(this.room);
    this.#unverified = new Part(this.room);
  }

  /** The verified or the unverified. */
  part(isVerified: boolean): Part {
    return isVerified ? this.#verified : this.#unverified;
  }

  /** Which parts a question is about, in the order of the answer. */
  partsAsked({ verified }: Requirements): readonly boolean[] {
    return verified === true ? [true] : [true, false];
  }
}
