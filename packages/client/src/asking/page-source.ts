/** The pages of one search, whatever becomes of what is on them. */
import { unreadable } from '../transport/unreadable.js';
import { DiscoveryError } from '../discovery-error.js';
import type { Transport } from '../transport/transport.js';
import type { PageSource } from './findings.js';
import { askPage, type Page } from './page.js';
import type { Wanted } from './requirements-query.js';

/** What is wanted, and how much of the answer. */
export interface FindOptions extends Wanted {
  /** How many at most, over all pages. Default: all. */
  readonly limit?: number | undefined;
  /** Go on behind the page whose `next` this is, at the `hub` that it came from; the rest of the question must be the same. */
  readonly after?: string | undefined;
  /** Ask this hub alone, by its URL. Default: whichever of the client's hubs answers. */
  readonly hub?: string | undefined;
  /** Also say how many fit in all: `total` of a page. */
  readonly count?: true | undefined;
  /** Ends the search with `ABORTED`. */
  readonly signal?: AbortSignal | undefined;
}

/** How the pages of this search are asked for, and read. */
export interface PageReading<Item> {
  readonly pageMax: number;
  /** Asked for besides what is wanted. */
  readonly parameters: object;
  readonly read: (page: Page) => Page<Item> | Promise<Page<Item>>;
}

/** Makes the pages of a search; nothing is asked yet. */
export function createPageSource<Item>(
  transport: Transport,
  options: FindOptions,
  { pageMax, parameters, read }: PageReading<Item>,
): PageSource<Item> {
  const { limit: _limit, after, hub, signal, ...wanted } = options;
  return {
    pageMax,
    async fetch(limit, previous) {
      const asked = { ...wanted, ...parameters, limit, after: previous?.next ?? after };
      return read(await askPage(transport, asked, { signal, hub: previous?.hub ?? hub }));
    },
    async count() {
      const asked = { ...wanted, ...parameters, proof: undefined, limit: 1, count: true };
      const page = await askPage(transport, asked, { signal, hub });
      if (page.total !== undefined) return page.total;
      throw new DiscoveryError(unreadable(page.hub, 'how many there are'));
    },
  };
}
