/** One page of a search, as a hub answered it. */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol/vocabulary';
import { isAdvertisementList } from '../answers/advertisement.js';
import { unreadable } from '../transport/unreadable.js';
import { DiscoveryError } from '../discovery-error.js';
import type { SendOptions, Transport } from '../transport/transport.js';
import { ask } from './ask.js';
import { nextPageToken } from './page-link.js';
import { queryOf } from './requirements-query.js';

/** One page of a search. */
export interface Page<Item = Advertisement> {
  readonly advertisements: readonly Item[];
  /** How many fit in all, by the word of the hub; only where `count` was asked for. */
  readonly total: number | undefined;
  /** Give it back as `after` to go on from here; `undefined` on the last page. */
  readonly next: string | undefined;
  /** Where the changes of this answer begin, for a watch; `undefined` where a hub gives none. */
  readonly cursor: string | undefined;
  /** The hub was started less than a lease ago: providers may not all have come back yet. */
  readonly warming: boolean;
  /** The URL of the hub that answered. */
  readonly hub: string;
}

/** What is asked for, by the names of the wire; `limit` always, since it bounds what is read. */
export interface PageParameters {
  readonly limit: number;
}

/** Asks for one page. */
export async function askPage(
  transport: Transport,
  parameters: PageParameters,
  options: SendOptions,
): Promise<Page> {
  const { limit } = parameters;
  const question = {
    path: ADVERTISEMENTS_PATH,
    query: queryOf(parameters),
    expected: `a list of at most ${limit} advertisements`,
    // Whoever sends more than was asked for would have us check proofs without end.
    isAnswer: (body: unknown): body is readonly Advertisement[] =>
      isAdvertisementList(body) && body.length <= limit,
  };
  const { body, headers, hub } = await ask(transport, question, options);
  const next = nextPageToken(headers.get('link'));
  // Whoever promises more and gives nothing would be asked for ever.
  if (body.length === 0 && next !== undefined) {
    throw new DiscoveryError(unreadable(hub, 'advertisements on a page that has a next one'));
  }
  return {
    advertisements: body,
    total: totalOf(headers),
    next,
    cursor: headers.get('x-discovery-cursor') ?? undefined,
    warming: headers.get('x-discovery-state') === 'warming',
    hub,
  };
}

function totalOf(headers: Headers): number | undefined {
  const text = headers.get('x-total-count') ?? '';
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}
