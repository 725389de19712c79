/**
 * The hub behind the page, as far as the page asks it. Every question goes through the SDK, which
 * retries and judges as it would for anyone. Invariant: in no minute more than 44 questions and 15
 * streams, of the hundred that a hub allows an address, besides streams that the browser takes up again by itself;
 * nothing here holds anything open.
 */
import { DiscoveryClient, type Surroundings } from 'golem-vm-discovery-client';
import {
  ADVERTISEMENTS_PATH,
  formatRequirements,
  type Requirements,
} from 'golem-vm-discovery-protocol';
import type { Listing } from '../search/listing.js';
import type { Search } from '../search/search.js';
import { BROWSER } from './browser.js';
import { createPace, type Pace } from './pace.js';

/** How many rows come at once: as many as a hub gives, 55 kB compressed. */
const PAGE_ROWS = 1_000;

/** A hub. */
export interface Hub {
  /** Its URL, without a slash at its end and without quotes, so that it can stand in any line of code. */
  readonly url: string;
  readonly client: DiscoveryClient;
  /** What `client` works in: for one that judges otherwise, and asks at the same pace. */
  readonly surroundings: Surroundings;
  /** When a stream may be opened. */
  readonly streams: Pace;
}

/** A visit begins with four, and a table is read to its end with nine. */
const QUESTIONS = { burst: 20, eachMs: 2_500 } as const;
const STREAMS = { burst: 3, eachMs: 5_000 } as const;

/** Who gives no signal never gives up. */
const NEVER = new AbortController().signal;

/** The hub that serves the page: where the page is, whatever a proxy put in front of it. */
export function createHub(pageUrl: string): Hub {
  const { href } = new URL('.', pageUrl);
  const url = href.replace(/\/$/, '').replaceAll("'", '%27');
  const questions = createPace(QUESTIONS, BROWSER);
  const surroundings: Surroundings = {
    ...BROWSER,
    async fetch(asked, init) {
      await questions.turn(init.signal ?? NEVER);
      return BROWSER.fetch(asked, init);
    },
  };
  const client = new DiscoveryClient({ hubs: url, surroundings });
  return { url, client, surroundings, streams: createPace(STREAMS, BROWSER) };
}

/** Asks for the first page of an answer, or for the one behind `after`. Rejects with a `DiscoveryError`. */
export async function askListing(
  { client }: Hub,
  { requirements, sort }: Search,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Listing> {
  const wanted = { ...requirements, sort, limit: PAGE_ROWS, count: true } as const;
  const page = await client.find({ ...wanted, after, signal }).page();
  const { advertisements: rows, next, total = rows.length, cursor, warming } = page;
  return { rows, next, total, cursor, warming };
}

/** Where the changes of an answer are told. */
export function watchUrl({ url }: Hub, requirements: Requirements, cursor: string): string {
  const query = [formatRequirements(requirements), `since=${cursor}`].filter((part) => part !== '');
  return `${url}${ADVERTISEMENTS_PATH}/watch?${query.join('&')}`;
}
