/**
 * The reference that the index is held against: everything in a list, filtered and sorted anew
 * for each question, straight from the wording of the API. It shares no code with the index.
 */
import {
  type FindQuery,
  type ProviderId,
  type Requirements,
  type Sort,
  monthlyUsd,
} from 'golem-vm-discovery-protocol';
import type { Offer } from '#src/matching/contract.js';

export class NaiveIndex {
  readonly #offers = new Map<ProviderId, Offer>();

  get size(): number {
    return this.#offers.size;
  }

  get(providerId: ProviderId): Offer | undefined {
    return this.#offers.get(providerId);
  }

  put(offer: Offer): void {
    this.#offers.set(offer.providerId, offer);
  }

  renew(providerId: ProviderId, updatedAtMs: number, expiresAtMs: number): void {
    const offer = this.#offers.get(providerId);
    if (offer === undefined) throw new Error('not present');
    this.#offers.set(providerId, { ...offer, updatedAtMs, expiresAtMs });
  }

  remove(providerId: ProviderId): boolean {
    return this.#offers.delete(providerId);
  }

  /** Everything that matches, in the order of the answer; no pages. */
  findAll({ requirements, sort }: Pick<FindQuery, 'requirements' | 'sort'>): readonly Offer[] {
    return [...this.#offers.values()]
      .filter((offer) => matches(offer, requirements))
      .toSorted((one, other) => compare(one, other, requirements, sort));
  }
}

function matches(offer: Offer, wanted: Requirements): boolean {
  const { resources, country, platform } = offer.advertisement;
  if (wanted.cpu !== undefined && resources.cpu < wanted.cpu) return false;
  if (wanted.memory !== undefined && resources.memory < wanted.memory) return false;
  if (wanted.storage !== undefined && resources.storage < wanted.storage) return false;
  if (wanted.country !== undefined && !wanted.country.includes(country)) return false;
  if (wanted.platform !== undefined && platform !== wanted.platform) return false;
  if (wanted.verified === true && !offer.verified) return false;
  if (wanted.max_usd_per_month === undefined) return true;
  const usd = usdOf(offer, wanted);
  return usd !== undefined && usd <= wanted.max_usd_per_month;
}

function usdOf(offer: Offer, { cpu, memory, storage }: Requirements): number | undefined {
  if (cpu === undefined || memory === undefined || storage === undefined) return undefined;
  return monthlyUsd({ cpu, memory, storage }, offer.advertisement.pricing);
}

function compare(one: Offer, other: Offer, wanted: Requirements, sort: Sort): number {
  return (
    Number(other.verified) - Number(one.verified) ||
    compareKeys(one, other, wanted, sort) ||
    (one.providerId < other.providerId ? -1 : 1)
  );
}

function compareKeys(one: Offer, other: Offer, wanted: Requirements, sort: Sort): number {
  if (sort === 'uptime') return one.createdAtMs - other.createdAtMs;
  if (sort !== 'price')
    return other.advertisement.resources[sort] - one.advertisement.resources[sort];
  const [cheap, dear] = [usdOf(one, wanted), usdOf(other, wanted)];
  if (cheap === undefined || dear === undefined) {
    return Number(cheap === undefined) - Number(dear === undefined);
  }
  return cheap - dear;
}
