/**
 * The index: everything that is visible, and the answer to `find`.
 * Invariant: an answer is exactly what filtering everything and sorting the rest would give.
 * Cost: linear in what is listed.
 */
import {
  type FindQuery,
  type ProviderId,
  type Requirements,
  type Resources,
  type Result,
  type Sort,
  accept,
  estimatePrice,
  monthlyUsd,
} from 'golem-vm-discovery-protocol';
import type { AdvertisementIndex, Match, Offer, Page } from './contract.js';
import { formatPageToken, parsePageToken } from './page-token.js';
import { type Position, UNPRICED_KEY, comparePositions } from './ranking.js';
import { recordHead, recordText } from './record-text.js';

interface Entry {
  offer: Offer;
  readonly head: string;
}

/** Makes an empty index. */
export function createIndex(): AdvertisementIndex {
  const entries = new Map<ProviderId, Entry>();

  function find(query: FindQuery): Result<Page> {
    const after = query.after === undefined ? undefined : parsePageToken(query, query.after);
    if (after?.ok === false) return after;
    const shape = wholeShape(query.requirements);
    const found = [...entries.values()]
      .filter(({ offer }) => fits(offer, query.requirements, shape))
      .map((entry) => ({ entry, position: positionOf(entry.offer, query.sort, shape) }))
      .toSorted((one, other) => comparePositions(one.position, other.position));
    const rest = after
      ? found.filter(({ position }) => comparePositions(position, after.value) > 0)
      : found;
    const page = rest.slice(0, query.limit);
    const last = rest.length > page.length ? page.at(-1) : undefined;
    return accept({
      matches: page.map(({ entry }) => matchOf(entry, shape)),
      next: last && formatPageToken(query, last.position),
      total: query.count ? found.length : undefined,
    });
  }

  return {
    get size() {
      return entries.size;
    },
    put(offer) {
      entries.set(offer.providerId, { offer, head: recordHead(offer) });
    },
    renew(providerId, updatedAtMs, expiresAtMs) {
      const entry = entries.get(providerId);
      if (entry === undefined) throw new Error('a renewal of a provider that is not present');
      entry.offer = { ...entry.offer, updatedAtMs, expiresAtMs };
    },
    remove: (providerId) => entries.delete(providerId),
    get(providerId) {
      const entry = entries.get(providerId);
      return entry && matchOf(entry, undefined);
    },
    find,
  };
}

function matchOf({ offer, head }: Entry, shape: Resources | undefined): Match {
  const estimate = shape && estimatePrice(shape, offer.advertisement.pricing);
  return { providerId: offer.providerId, text: recordText(head, offer, estimate) };
}

function wholeShape({ cpu, memory, storage }: Requirements): Resources | undefined {
  if (cpu === undefined || memory === undefined || storage === undefined) return undefined;
  return { cpu, memory, storage };
}

function fits(
  { advertisement, verified }: Offer,
  wanted: Requirements,
  shape: Resources | undefined,
): boolean {
  const { resources, country, platform, pricing } = advertisement;
  const price = shape && monthlyUsd(shape, pricing);
  return (
    resources.cpu >= (wanted.cpu ?? 0) &&
    resources.memory >= (wanted.memory ?? 0) &&
    resources.storage >= (wanted.storage ?? 0) &&
    (wanted.country?.includes(country) ?? true) &&
    (wanted.platform === undefined || wanted.platform === platform) &&
    (wanted.verified === undefined || verified) &&
    (wanted.max_usd_per_month === undefined || (price ?? Infinity) <= wanted.max_usd_per_month)
  );
}

function positionOf(offer: Offer, sort: Sort, shape: Resources | undefined): Position {
  return {
    verified: offer.verified,
    key: sortKey(offer, sort, shape),
    providerId: offer.providerId,
  };
}

function sortKey(offer: Offer, sort: Sort, shape: Resources | undefined): number {
  if (sort === 'uptime') return offer.createdAtMs;
  if (sort !== 'price') return -offer.advertisement.resources[sort];
  return (shape && monthlyUsd(shape, offer.advertisement.pricing)) ?? UNPRICED_KEY;
}
