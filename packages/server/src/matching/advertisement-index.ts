/**
 * The index: everything that is visible, and the answer to `find`.
 * Invariant: an answer is exactly what filtering everything and sorting the rest would give.
 * Cost: docs/matching.md has the figures. An advertisement is in five trees in the orders of answers, and
 * in one of boxes, which counts, gathers the few, and finds the cheapest.
 */
import {
  type FindQuery,
  type Pricing,
  type ProviderId,
  type Requirements,
  type Resources,
  type Result,
  accept,
} from 'golem-vm-discovery-protocol';
import type {
  AdvertisementIndex,
  Loading,
  MarketStats,
  Offer,
  Page,
  PageRecord,
  PriceRank,
  Survey,
} from './contract.js';
import { Best } from './finding/best.js';
import { BoxSieve } from './finding/box-sieve.js';
import { type Match, countResults, findResults } from './finding/finding.js';
import { Insight } from './insight.js';
import { startLoading } from './sections/loading.js';
import { Names } from './rows/names.js';
import { formatPageToken, parsePageToken } from './records/page-token.js';
import { ProviderNumbers } from './providers/provider-numbers.js';
import { ProviderSlots } from './providers/provider-slots.js';
import { type Position, UNPRICED_KEY } from './rows/ranking.js';
import { PageList } from './records/page-list.js';
import { Records } from './records/records.js';
import { type RowContent, Rows, type UnitPrices } from './rows/rows.js';
import type { Section } from './sections/section.js';
import { Sections } from './sections/sections.js';
import { type RequiredNumbers, Sieve } from './finding/sieve.js';
import { wholeShape } from './whole-shape.js';

/** Makes an empty index. */
export function createIndex(): AdvertisementIndex {
  return new Index();
}

class Index implements AdvertisementIndex {
  readonly numbers = new ProviderNumbers();
  readonly #slots = new ProviderSlots(this.numbers);
  readonly #platforms = new Names();
  readonly #countries = new Names();
  readonly #rows = new Rows(this.#slots);
  readonly #records = new Records(this.#rows);
  readonly #list = new PageList(this.#records);
  readonly #sections = new Sections(this.#rows);
  readonly #market = {
    sections: this.#sections,
    best: new Best(this.#rows),
  };
  readonly #insight = new Insight({
    slots: this.#slots,
    rows: this.#rows,
    sections: this.#sections,
    platforms: this.#platforms,
    countries: this.#countries,
  });

  get size(): number {
    return this.#slots.size;
  }

  startLoading(): Loading {
    if (this.size > 0) throw new Error('only an empty index is loaded');
    return startLoading({
      sections: this.#sections,
      place: (offer) => this.#place(offer, this.#rowContent(offer)),
      homeOf: (slot) => this.#homeOf(slot),
      vacate: (slot) => this.#vacate(slot),
    });
  }

  /** Writes what there is to know of an offer into a slot of its own, in which nothing finds it yet. */
  #place(offer: Offer, content: RowContent): number {
    const slot = this.#slots.take(offer.providerId);
    this.#rows.write(slot, offer.providerId, content);
    this.#records.write(slot, offer);
    this.#insight.arrive(slot, offer.verified);
    return slot;
  }

  /** Where a slot is inserted. */
  #homeOf(slot: number): Section {
    return this.#sections.part(this.#rows.isVerified(slot)).country(this.#rows.country(slot));
  }

  /** What a provider had before stays in its slot until what it has now has taken its place. */
  put(offer: Offer): void {
    const old = this.#slots.slotOf(offer.providerId);
    const content = this.#rowContent(offer);
    if (old !== undefined && this.#rows.holds(old, content)) {
      // What it has now took the same names once more.
      this.#releaseNames(old);
      this.#records.release(old);
      this.#records.write(old, offer);
      return;
    }
    const slot = this.#place(offer, content);
    const home = this.#homeOf(slot);
    if (old === undefined) return home.insert(slot);
    const oldHome = this.#homeOf(old);
    if (oldHome === home) {
      home.change(old, slot);
    } else {
      // In this order: no tree can tell two slots of one provider apart.
      oldHome.remove(old);
      home.insert(slot);
    }
    this.#vacate(old);
  }

  renew(providerId: ProviderId, updatedAtMs: number, expiresAtMs: number): void {
    const slot = this.#slots.slotOf(providerId);
    if (slot === undefined) throw new Error('a renewal of a provider that is not present');
    this.#records.renew(slot, updatedAtMs, expiresAtMs);
  }

  remove(providerId: ProviderId): boolean {
    const slot = this.#slots.slotOf(providerId);
    if (slot === undefined) return false;
    this.#homeOf(slot).remove(slot);
    this.#vacate(slot);
    return true;
  }

  get(providerId: ProviderId): string | undefined {
    const slot = this.#slots.slotOf(providerId);
    return slot === undefined ? undefined : this.#records.text(slot);
  }

  find(query: FindQuery): Result<Page> {
    const after = query.after === undefined ? undefined : parsePageToken(query, query.after);
    if (after?.ok === false) return after;
    const numbers = this.#requiredNumbers(query.requirements);
    return accept(
      numbers === undefined ? this.#emptyPage(query) : this.#page(query, numbers, after?.value),
    );
  }

  stats(): MarketStats {
    return this.#insight.stats();
  }

  explain(requirements: Requirements): Survey {
    return this.#insight.explain(requirements, this.#numbersOf(requirements));
  }

  priceRank(providerId: ProviderId): PriceRank | undefined {
    const slot = this.#slots.slotOf(providerId);
    return slot === undefined ? undefined : this.#insight.priceRank(slot);
  }

  #page(query: FindQuery, numbers: RequiredNumbers, after: Position | undefined): Page {
    const sections = this.#sections;
    const { nodes } = sections.room;
    const sieve = new Sieve(this.#rows, nodes, query.requirements, numbers);
    const boxSieve = new BoxSieve(sections.room, query.requirements, numbers);
    const found = findResults(this.#market, { sieve, boxSieve }, query, after);
    const shape = wholeShape(query.requirements);
    const shown = found.slice(0, query.limit).map(({ slot }) => slot);
    // Before the list, which is written over the same bytes.
    const records = query.proof ? shown.map((slot) => this.#record(slot, shape)) : undefined;
    return {
      list: this.#list.write(shown, shape),
      records,
      next: this.#nextToken(query, found),
      total: query.count ? countResults(sections, boxSieve, query.requirements) : undefined,
    };
  }

  #emptyPage({ count, proof }: FindQuery): Page {
    return {
      list: this.#list.write([], undefined),
      records: proof ? [] : undefined,
      next: undefined,
      total: count ? 0 : undefined,
    };
  }

  #record(slot: number, shape: Resources | undefined): PageRecord {
    const alone = this.#list.write([slot], shape).bytes;
    const text = alone.toString('latin1', 1, alone.length - 1);
    return { providerId: this.#slots.providerIn(slot), text };
  }

  /** `undefined` where nobody offers what the requirements name. */
  #requiredNumbers(requirements: Requirements): RequiredNumbers | undefined {
    const numbers = this.#numbersOf(requirements);
    const isPlatformMissing = requirements.platform !== undefined && numbers.platform === undefined;
    return numbers.countries?.size === 0 || isPlatformMissing ? undefined : numbers;
  }

  /** Without those that nobody bears. */
  #numbersOf({ platform, country }: Requirements): RequiredNumbers {
    const countries = country?.flatMap((code) => this.#countries.numberOf(code) ?? []);
    return {
      platform: platform === undefined ? undefined : this.#platforms.numberOf(platform),
      countries: countries && new Set(countries),
    };
  }

  #nextToken(query: FindQuery, found: readonly Match[]): string | undefined {
    const last = found.length > query.limit ? found[query.limit - 1] : undefined;
    if (last === undefined) return undefined;
    const { slot, key, verified } = last;
    return formatPageToken(query, { verified, key, providerId: this.#slots.providerIn(slot) });
  }

  #rowContent({ advertisement, verified, createdAtMs }: Offer): RowContent {
    const { resources, pricing, platform = NO_PLATFORM, country } = advertisement;
    return {
      verified,
      createdAtMs,
      resources,
      platform: this.#platforms.take(platform),
      country: this.#countries.take(country),
      prices: unitPrices(pricing),
    };
  }

  #releaseNames(slot: number): void {
    this.#platforms.release(this.#rows.platform(slot));
    this.#countries.release(this.#rows.country(slot));
  }

  /** Leaves a slot that no tree holds any more to the next. */
  #vacate(slot: number): void {
    this.#insight.leave(slot);
    this.#releaseNames(slot);
    this.#records.release(slot);
    this.#slots.release(slot);
  }
}

/** Giving no platform counts as one of its own, which no question can name. */
const NO_PLATFORM = '';

/** Priced means: all three. */
function unitPrices(pricing: Pricing | undefined): UnitPrices {
  const core = pricing?.usd_per_core_month;
  const memory = pricing?.usd_per_gb_ram_month;
  const storage = pricing?.usd_per_gb_storage_month;
  const isPriced = core !== undefined && memory !== undefined && storage !== undefined;
  return isPriced ? { core, memory, storage } : UNPRICED;
}

const UNPRICED = { core: UNPRICED_KEY, memory: UNPRICED_KEY, storage: UNPRICED_KEY };
