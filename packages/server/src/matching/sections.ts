/**
 * All sections, and which of them a question is about. Every advertisement is in two: that of all
 * countries and that of its own. So a question about any country looks into one tree and not into
 * 250, and one about Tuvalu never meets the rest of the world.
 */
import type { Requirements } from 'golem-vm-discovery-protocol';
import type { Offer } from './contract.js';
import { Nodes } from './nodes.js';
import type { Rows } from './rows.js';
import { Section } from './section.js';

/** The sections of the verified, or of the unverified. At most one for each country there is. */
class CountrySections {
  readonly #nodes: Nodes;
  readonly #rows: Rows;
  readonly #everywhere: Section;
  readonly #byCountry = new Map<string, Section>();

  constructor(nodes: Nodes, rows: Rows) {
    this.#nodes = nodes;
    this.#rows = rows;
    this.#everywhere = new Section(nodes, rows, undefined);
  }

  of(country: string): Section {
    const known = this.#byCountry.get(country);
    if (known !== undefined) return known;
    const section = new Section(this.#nodes, this.#rows, this.#everywhere);
    this.#byCountry.set(country, section);
    return section;
  }

  asked(countries: readonly string[] | undefined): readonly Section[] {
    if (countries === undefined) return [this.#everywhere];
    return countries.flatMap((country) => this.#byCountry.get(country) ?? []);
  }
}

export class Sections {
  readonly nodes: Nodes;
  readonly #verified: CountrySections;
  readonly #unverified: CountrySections;

  constructor(rows: Rows) {
    this.nodes = new Nodes(rows);
    this.#verified = new CountrySections(this.nodes, rows);
    this.#unverified = new CountrySections(this.nodes, rows);
  }

  /** Where an advertisement is at home: in the section of its country, which is part of the whole. */
  home({ advertisement, verified }: Offer): Section {
    return (verified ? this.#verified : this.#unverified).of(advertisement.country);
  }

  /** The sections that a question is about, among the verified or the unverified. */
  asked(requirements: Requirements, verified: boolean): readonly Section[] {
    if (verified) return this.#verified.asked(requirements.country);
    return requirements.verified === true ? [] : this.#unverified.asked(requirements.country);
  }
}
