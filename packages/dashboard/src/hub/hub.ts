/**
 * The hub behind the page, as far as the page asks it. Every question goes through the SDK, which
 * retries and judges as it would for anyone; nothing here holds anything open.
 */
import { DiscoveryClient } from 'golem-vm-discovery-client';
import {
  ADVERTISEMENTS_PATH,
  formatRequirements,
  type Requirements,
} from 'golem-vm-discovery-protocol';
import type { Listing } from '../search/listing.js';
import type { Search } from '../search/search.js';

/** How many rows come at once: as many as a hub gives, 60 kB compressed. */
const PAGE_ROWS = 1_000;

/** A hub. */
export interface Hub {
  /** Its URL, without a slash at its end and without quotes, so that it can stand in any line of code. */
  readonly url: string;
  readonly client: DiscoveryClient;
}

/** The hub that serves the page: where the page is, whatever a proxy put in front of it. */
export function createHub(pageUrl: string): Hub {
  const { href } = new URL('.', pageUrl);
  const url = href.replace(/\/$/, '').replaceAll("'", '%27');
  return { url, client: new DiscoveryClient({ hubs: url }) };
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
