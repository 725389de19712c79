/** What the page knows of the answer to its search, and how that changes. Pure. */
import { type Change, type Listing, withChanges, withPage } from '../search/listing.js';
import { orderingOf } from '../search/ordering.js';
import type { Search } from '../search/search.js';

/** An answer, and the search that it answers: while the next is on its way they are those before. */
export interface Answered {
  readonly search: Search;
  readonly listing: Listing;
  /** Who arrived with the latest changes. */
  readonly arrivals: ReadonlySet<string>;
}

/** What is known. */
export interface FindingState {
  readonly answered: Answered | undefined;
  readonly isAsking: boolean;
  /** Why the last question came to nothing, for a person. */
  readonly failure: string | undefined;
  /** How many batches of changes there have been: whoever depends on the market looks again. */
  readonly pulse: number;
  /** What the latest changes came to. */
  readonly latest: { readonly arrived: number; readonly left: number };
}

/** What happens. */
export type FindingEvent =
  | { readonly kind: 'asked' }
  | { readonly kind: 'answered'; readonly search: Search; readonly listing: Listing }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'continued'; readonly page: Listing; readonly after: string }
  | { readonly kind: 'changed'; readonly changes: readonly Change[] }
  /** Nobody looks: changes are not followed, so there is no going on from here. */
  | { readonly kind: 'paused' };

const NOBODY: ReadonlySet<string> = new Set();
const NO_NEWS = { arrived: 0, left: 0 } as const;

export const NOTHING_KNOWN: FindingState = {
  answered: undefined,
  isAsking: true,
  failure: undefined,
  pulse: 0,
  latest: NO_NEWS,
};

/** The state after an event. */
export function nextState(state: FindingState, event: FindingEvent): FindingState {
  switch (event.kind) {
    case 'asked':
      return { ...state, isAsking: true };
    case 'answered': {
      const { search, listing } = event;
      const answered = { search, listing, arrivals: NOBODY };
      const known = { answered, isAsking: false, failure: undefined, latest: NO_NEWS };
      return { ...state, ...known, pulse: state.pulse + 1 };
    }
    case 'failed':
      return { ...state, isAsking: false, failure: event.message };
    case 'continued':
      return continued(state, event.page, event.after);
    case 'changed':
      return changed(state, event.changes);
    case 'paused':
      return { ...state, answered: state.answered && withoutCursor(state.answered) };
  }
}

/** A page that follows another answer than the one that is shown comes too late. */
function continued(state: FindingState, page: Listing, after: string): FindingState {
  const { answered } = state;
  if (answered === undefined || answered.listing.next !== after) return state;
  return { ...state, answered: { ...answered, listing: withPage(answered.listing, page) } };
}

function changed(state: FindingState, changes: readonly Change[]): FindingState {
  const { answered, pulse } = state;
  if (answered === undefined) return state;
  const listing = withChanges(answered.listing, changes, orderingOf(answered.search));
  const arrivals = new Set(
    changes.flatMap((change) =>
      change.kind === 'arrived' ? [change.advertisement.provider_id] : [],
    ),
  );
  const left = changes.filter(({ kind }) => kind === 'gone').length;
  return {
    ...state,
    answered: { ...answered, listing, arrivals },
    pulse: pulse + 1,
    latest: { arrived: arrivals.size, left },
  };
}

function withoutCursor(answered: Answered): Answered {
  return { ...answered, listing: { ...answered.listing, cursor: undefined } };
}
