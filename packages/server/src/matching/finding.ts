/**
 * From a question to its results: the verified first, and the unverified where those don't fill the
 * page; in each of the two, the sections and the trees that answer it soonest.
 */
import type { FindQuery, Requirements, Sort } from 'golem-vm-discovery-protocol';
import type { Best } from './best.js';
import { countMatches } from './census.js';
import { findCheapest } from './cheapest.js';
import { idCode } from './id-code.js';
import { ORDER, type Place } from './orders.js';
import { OrderedWalk } from './ordered-walk.js';
import { type Position, UNPRICED_KEY } from './ranking.js';
import type { RankedTree } from './ranked-tree.js';
import type { Rows } from './rows.js';
import { type KeptOrder, Search } from './search.js';
import type { Section } from './section.js';
import type { Part, Sections } from './sections.js';
import type { Sieve } from './sieve.js';

const KEPT_ORDERS: Readonly<Record<Sort, KeptOrder | undefined>> = {
  uptime: ORDER.uptime,
  cpu: ORDER.cpu,
  memory: ORDER.memory,
  storage: ORDER.storage,
  price: undefined,
};

/** What is searched, and what the results of one question after the other are collected in. */
export interface Market {
  readonly rows: Rows;
  readonly sections: Sections;
  readonly best: Best;
}

/** One result, and its place in the answer. */
export interface Finding {
  readonly slot: number;
  readonly key: number;
  readonly verified: boolean;
}

/** The first results of a question after a position: the page, and one more where there is more. */
export function findResults(
  { rows, sections, best }: Market,
  sieve: Sieve,
  { requirements, sort, limit }: FindQuery,
  after: Position | undefined,
): readonly Finding[] {
  const found: Finding[] = [];
  for (const verified of sections.partsAsked(requirements)) {
    if ((verified && after?.verified === false) || found.length > limit) continue;
    best.begin(limit + 1 - found.length);
    const search = new Search(rows, sections.nodes, sieve, best, KEPT_ORDERS[sort]);
    const isResumed = after?.verified === verified;
    const place = isResumed ? { ...after, idCode: idCode(after.providerId) } : undefined;
    findInPart(search, sections.part(verified), requirements, place);
    for (let rank = 0; rank < best.count; rank += 1) {
      found.push({ slot: best.slot(rank), key: best.key(rank), verified });
    }
  }
  return found;
}

function findInPart(
  search: Search,
  part: Part,
  { country }: Requirements,
  after: Place | undefined,
): void {
  const { order } = search;
  if (order === undefined) {
    if (country === undefined) findByPrice(search, part.whole, part.alike(undefined), after);
    for (const section of country === undefined ? [] : part.countries(country)) {
      findByPrice(search, section, [section.tree(ORDER.shapeCurve)], after);
    }
  } else if (order === ORDER.uptime && country !== undefined) {
    for (const section of part.countries(country)) {
      new OrderedWalk(search, section.tree(order)).run(after, [section.tree(ORDER.shapeCurve)]);
    }
  } else {
    new OrderedWalk(search, part.whole.tree(order)).run(after, part.alike(country));
  }
}

/** The unpriced come last, by id. */
function findByPrice(
  search: Search,
  section: Section,
  alike: readonly RankedTree[],
  after: Place | undefined,
): void {
  const isAmongUnpriced = after?.key === UNPRICED_KEY;
  if (!isAmongUnpriced) findCheapest(search, section.priced, after);
  if (!search.best.wouldTake(UNPRICED_KEY, 0)) return;
  new OrderedWalk(search, section.unpriced).run(isAmongUnpriced ? after : undefined, alike);
}

/** How many results a question has in all. */
export function countResults(
  sections: Sections,
  sieve: Sieve,
  { requirements }: FindQuery,
): number {
  let total = 0;
  for (const verified of sections.partsAsked(requirements)) {
    for (const tree of sections.part(verified).alike(requirements.country)) {
      total += countMatches(sections.nodes, sieve, tree);
    }
  }
  return total;
}
