/**
 * The market in sections: the verified and the unverified apart, each as a whole and by country.
 *
 * The whole is kept in the four orders that answers come in, each country by uptime, both along the
 * shape curve and by price. So a question by uptime or price about Tuvalu never meets the rest of
 * the world, and one about everywhere looks into one tree and not into 250. Keeping every country in
 * every order as well was tried: it made a change a third dearer and each advertisement 45 bytes
 * larger, for the sake of the rare question for most cores in a country.
 */
import type { Requirements } from 'golem-vm-discovery-protocol';
import { Nodes } from './nodes.js';
import { ORDER } from './orders.js';
import type { RankedTree } from './ranked-tree.js';
import type { Rows } from './rows.js';
import { Section } from './section.js';

const WHOLE_ORDERS = [ORDER.uptime, ORDER.cpu, ORDER.memory, ORDER.storage, ORDER.shapeCurve];
const COUNTRY_ORDERS = [ORDER.uptime, ORDER.shapeCurve];

/** The verified, or the unverified. There is at most a section for each country of the world. */
export class Part {
  readonly whole: Section;
  readonly #nodes: Nodes;
  readonly #rows: Rows;
  readonly #countries = new Map<string, Section>();

  constructor(nodes: Nodes, rows: Rows) {
    this.#nodes = nodes;
    this.#rows = rows;
    this.whole = new Section(nodes, rows, WHOLE_ORDERS, undefined);
  }

  country(code: string): Section {
    const known = this.#countries.get(code);
    if (known !== undefined) return known;
    const section = new Section(this.#nodes, this.#rows, COUNTRY_ORDERS, this.whole);
    this.#countries.set(code, section);
    return section;
  }

  /** The countries of a question, as far as there is anything. */
  countries(codes: readonly string[]): readonly Section[] {
    return codes.flatMap((code) => this.#countries.get(code) ?? []);
  }

  /** All that a question is about, those that are alike in platform and shape side by side. */
  alike(codes: readonly string[] | undefined): readonly RankedTree[] {
    const sections = codes === undefined ? [this.whole] : this.countries(codes);
    return sections.map((section) => section.tree(ORDER.shapeCurve));
  }
}

export class Sections {
  readonly nodes: Nodes;
  readonly #verified: Part;
  readonly #unverified: Part;

  constructor(rows: Rows) {
    this.nodes = new Nodes(rows);
    this.#verified = new Part(this.nodes, rows);
    this.#unverified = new Part(this.nodes, rows);
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
