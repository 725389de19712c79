/**
 * What is known of an answer: its rows from the first on, in order, as far as they were asked
 * for. Invariant: the rows are what a list taken now would begin with; what happens behind their end
 * changes only the total. Memory: at most `ROWS_MAX` rows of about half a kilobyte.
 */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import type { Ordering } from './ordering.js';

/** Nobody reads further; who has more to choose from asks for something narrower. */
export const ROWS_MAX = 10_000;

/** An answer, as far as it was read. */
export interface Listing {
  readonly rows: readonly Advertisement[];
  /** How many fit in all. */
  readonly total: number;
  /** Where the rows go on; `undefined` when all are here. */
  readonly next: string | undefined;
  /** Where the changes of this answer begin; `undefined` where a hub gives none. */
  readonly cursor: string | undefined;
  /** The hub was started lately: providers may not all have come back. */
  readonly warming: boolean;
}

/** A change of what fits, as the hub tells it. */
export type Change =
  | { readonly kind: 'arrived' | 'changed'; readonly advertisement: Advertisement }
  | { readonly kind: 'gone'; readonly providerId: string };

/** The listing with another page behind its rows; what a change brought there meanwhile comes once. */
export function withPage(listing: Listing, page: Listing): Listing {
  const known = new Set(listing.rows.map(({ provider_id }) => provider_id));
  const fresh = page.rows.filter(({ provider_id }) => !known.has(provider_id));
  return bounded({ ...listing, rows: [...listing.rows, ...fresh], next: page.next });
}

/** The listing after changes, given in the order in which they happened. */
export function withChanges(
  listing: Listing,
  changes: readonly Change[],
  ordering: Ordering,
): Listing {
  // The last change of a provider says where it stands; the total counts all of them.
  const latest = new Map(changes.map((change) => [idOf(change), change]));
  const kept = listing.rows.filter(({ provider_id }) => !latest.has(provider_id));
  const placed = [...latest.values()]
    .flatMap((change) => (change.kind === 'gone' ? [] : [change.advertisement]))
    .filter((row) => isWithin(listing, row, ordering));
  const rows = placed.length === 0 ? kept : [...kept, ...placed].toSorted(ordering);
  const total = changes.reduce((sum, { kind }) => sum + EFFECT[kind], listing.total);
  return bounded({ ...listing, rows, total });
}

/** What a change does to the number of those that fit. */
const EFFECT = { arrived: 1, changed: 0, gone: -1 } as const;

function idOf(change: Change): string {
  return change.kind === 'gone' ? change.providerId : change.advertisement.provider_id;
}

/** Whether a row belongs among those that were read: behind them, it comes with its page. */
function isWithin({ rows, next }: Listing, row: Advertisement, ordering: Ordering): boolean {
  const last = rows.at(-1);
  return next === undefined || (last !== undefined && ordering(row, last) <= 0);
}

/** Without more pages the rows are all there are, but for those over the bound. */
function bounded({ rows, next, total, ...rest }: Listing): Listing {
  const shown = rows.length > ROWS_MAX ? rows.slice(0, ROWS_MAX) : rows;
  const isWhole = next === undefined && total <= ROWS_MAX;
  return {
    ...rest,
    rows: shown,
    next: shown.length === ROWS_MAX ? undefined : next,
    total: isWhole ? shown.length : Math.max(total, shown.length),
  };
}
