/**
 * The hub behind the page, as far as the page asks it. Every question goes through the SDK, which
 * retries and judges as it would for anyone; nothing here holds anything open.
 */
import { DiscoveryClient, DiscoveryError, Transport } from 'golem-vm-discovery-client';
import {
  ADVERTISEMENTS_PATH,
  type Explanation,
  formatRequirements,
  type ProviderStatus,
  type Requirements,
  type Stats,
} from 'golem-vm-discovery-protocol';
import type { Listing } from '../search/listing.js';
import type { Search } from '../search/search.js';

/** How many rows come at once: as many as a hub gives, 60 kB compressed. */
const PAGE_ROWS = 1_000;

/** A hub. */
export interface Hub {
  /** Its URL, without a slash at its end. */
  readonly url: string;
  readonly client: DiscoveryClient;
  readonly transport: Transport;
}

/** The hub that serves the page: where the page is, whatever a proxy put in front of it. */
export function createHub(pageUrl: string): Hub {
  const url = new URL('.', pageUrl).href.replace(/\/$/, '');
  return {
    url,
    client: new DiscoveryClient({ hubs: url }),
    transport: new Transport({ hubs: url }),
  };
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

/** Asks why requirements match what they match. */
export function askExplanation(
  hub: Hub,
  requirements: Requirements,
  signal: AbortSignal,
): Promise<Explanation> {
  const path = `${ADVERTISEMENTS_PATH}/explain`;
  return ask(hub, path, formatRequirements(requirements), signal, isExplanation);
}

/** Asks for the market in numbers. */
export function askStats(hub: Hub, signal: AbortSignal): Promise<Stats> {
  return ask(hub, '/api/v1/stats', '', signal, isStats);
}

/** Asks whether a provider is listed, and if not, why not. AUTH_001 or REQ_001 for what is no id. */
export function askStatus(
  hub: Hub,
  providerId: string,
  signal: AbortSignal,
): Promise<ProviderStatus> {
  const path = `/api/v1/providers/${encodeURIComponent(providerId)}/status`;
  return ask(hub, path, '', signal, isStatus);
}

/** Where the changes of an answer are told. */
export function watchUrl({ url }: Hub, requirements: Requirements, cursor: string): string {
  const query = [formatRequirements(requirements), `since=${cursor}`].filter((part) => part !== '');
  return `${url}${ADVERTISEMENTS_PATH}/watch?${query.join('&')}`;
}

async function ask<Answer>(
  { transport }: Hub,
  path: string,
  query: string,
  signal: AbortSignal,
  isAnswer: (body: unknown) => body is Answer,
): Promise<Answer> {
  const answer = await transport.send({ method: 'GET', path, query }, { signal });
  if (!answer.ok) throw new DiscoveryError(answer.failure);
  if (isAnswer(answer.body)) return answer.body;
  throw new DiscoveryError({ code: 'UNREADABLE', message: `${path} answered something else` });
}

function has<Name extends string>(
  value: unknown,
  ...names: readonly Name[]
): value is Record<Name, unknown> {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}

function isExplanation(value: unknown): value is Explanation {
  return has(value, 'matching', 'requirements', 'nearest') && Array.isArray(value.nearest);
}

function isStatus(value: unknown): value is ProviderStatus {
  return has(value, 'provider_id', 'state', 'message');
}

function isStats(value: unknown): value is Stats {
  return has(value, 'providers', 'countries', 'traffic') && Array.isArray(value.countries);
}
