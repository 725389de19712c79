/**
 * From a question to its results: the verified first, and the unverified where those don't fill
 * the page; in each of the two, the sections that the question is about.
 */
import type { FindQuery, Sort } from 'golem-vm-discovery-protocol';
import { Best } from './best.js';
import { countMatches } from './census.js';
import { idCode } from './id-code.js';
import type { Position } from './ranking.js';
import { ORDER, type Rows } from './rows.js';
import { type KeptOrder, Search } from './search.js';
import type { Sections } from './sections.js';
import type { Sieve } from './sieve.js';

const KEPT_ORDERS: Readonly<Record<Sort, KeptOrder | undefined>> = {
  uptime: ORDER.uptime,
  cpu: ORDER.cpu,
  memory: ORDER.memory,
  storage: ORDER.storage,
  price: undefined,
};

/** One result, and its place in the answer. */
export interface Finding {
  readonly slot: number;
  readonly key: number;
  readonly verified: boolean;
}

/** The first results of a question after a position: the page, and one more where there is more. */
export function findResults(
  rows: Rows,
  sections: Sections,
  sieve: Sieve,
  { requirements, sort, limit }: FindQuery,
  after: Position | undefined,
): readonly Finding[] {
  const found: Finding[] = [];
  for (const verified of [true, false]) {
    if ((verified && after?.verified === false) || found.length > limit) continue;
    const best = new Best(rows, limit + 1 - found.length);
    const search = new Search(rows, sections.nodes, sieve, best, KEPT_ORDERS[sort]);
    const isResumed = after?.verified === verified;
    const place = isResumed ? { ...after, idCode: idCode(after.providerId) } : undefined;
    for (const section of sections.asked(requirements, verified)) section.find(search, place);
    for (let rank = 0; rank < best.count; rank += 1) {
      found.push({ slot: best.slot(rank), key: best.key(rank), verified });
    }
  }
  return found;
}

/** How many results a question has in all. */
export function countResults(
  sections: Sections,
  sieve: Sieve,
  { requirements }: FindQuery,
): number {
  let total = 0;
  for (const verified of [true, false]) {
    for (const { alike } of sections.asked(requirements, verified)) {
      total += countMatches(sections.nodes, sieve, alike);
    }
  }
  return total;
}
