/**
 * From a question to its results: the verified first, and the unverified where those don't fill the
 * page; in each of the two, the sections and the trees that answer it soonest.
 */
import type { FindQuery, Requirements, Sort } from 'golem-vm-discovery-protocol';
import type { Best } from './best.js';
import type { BoxSieve } from './box-sieve.js';
import { countMatches } from './count-matches.js';
import { idCode } from '../providers/id-code.js';
import { ORDER, type Order, type Place } from '../rows/orders.js';
import { OrderedWalk } from './ordered-walk.js';
import type { Position } from '../rows/ranking.js';
import { PriceWalk } from './price-walk.js';
import { Search } from './search.js';
import type { Part, Sections } from '../sections/sections.js';
import type { Sieve } from './sieve.js';

const KEPT_ORDERS: Readonly<Record<Sort, Order | undefined>> = {
  uptime: ORDER.uptime,
  cpu: ORDER.cpu,
  memory: ORDER.memory,
  storage: ORDER.storage,
  price: undefined,
};

/** The sections that are searched, and what the results of one question after the other are collected in. */
export interface Market {
  readonly sections: Sections;
  readonly best: Best;
}

/** The tests of one question. */
export interface Sieves {
  readonly sieve: Sieve;
  readonly boxSieve: BoxSieve;
}

/** One result, and its place in the answer. */
export interface Match {
  readonly slot: number;
  readonly key: number;
  readonly verified: boolean;
}

/** The first results of a question after a position: the page, and one more where there is more. */
export function findResults(
  { sections, best }: Market,
  { sieve, boxSieve }: Sieves,
  { requirements, sort, limit }: FindQuery,
  after: Position | undefined,
): readonly Match[] {
  const search = new Search({ ...sections.room, best }, sieve, boxSieve);
  const found: Match[] = [];
  for (const verified of sections.partsAsked(requirements)) {
    if ((verified && after?.verified === false) || found.length > limit) continue;
    best.begin(limit + 1 - found.length);
    const isResumed = after?.verified === verified;
    const place = isResumed ? { ...after, idCode: idCode(after.providerId) } : undefined;
    findInPart(search, sections.part(verified), sort, place);
    for (let rank = 0; rank < best.count; rank += 1) {
      found.push({ slot: best.slot(rank), key: best.key(rank), verified });
    }
  }
  return found;
}

function findInPart(search: Search, part: Part, sort: Sort, after: Place | undefined): void {
  const order = KEPT_ORDERS[sort];
  const { countries } = search.boxSieve;
  const box = part.boxTree.root;
  if (box === undefined) return;
  if (order === undefined) {
    new PriceWalk(search, after).run(box);
  } else if (order === ORDER.uptime && countries !== undefined) {
    for (const country of countries) {
      const tree = part.country(country).tree(order);
      new OrderedWalk(search.inCountry(country), tree).run(after, box);
    }
  } else {
    new OrderedWalk(search, part.whole.tree(order)).run(after, box);
  }
}

/** How many advertisements meet some requirements. */
export function countResults(
  sections: Sections,
  sieve: BoxSieve,
  requirements: Requirements,
): number {
  let total = 0;
  for (const verified of sections.partsAsked(requirements)) {
    const { root } = sections.part(verified).boxTree;
    if (root !== undefined) total += countMatches(sections.room.boxes, sieve, root);
  }
  return total;
}
