/**
 * The index: everything that is visible, and the answer to `find`.
 * Invariant: an answer is exactly what filtering everything and sorting the rest would give.
 */
import {
  type FindQuery,
  type ProviderId,
  type Requirements,
  type Resources,
  type Result,
  accept,
} from 'golem-vm-discovery-protocol';
import type { AdvertisementIndex, Match, Offer, Page } from './contract.js';
import { type Finding, countResults, findResults } from './finding.js';
import { Names } from './names.js';
import { formatPageToken, parsePageToken } from './page-token.js';
import { ProviderSlots } from './provider-slots.js';
import { type Position, UNPRICED_KEY } from './ranking.js';
import { Records } from './records.js';
import { type RowContent, Rows } from './rows.js';
import type { Section } from './section.js';
import { Sections } from './sections.js';
import { Sieve } from './sieve.js';

/** Makes an empty index. */
export function createIndex(): AdvertisementIndex {
  return new Index();
}

class Index implements AdvertisementIndex {
  readonly #slots = new ProviderSlots();
  readonly #platforms = new Names();
  readonly #rows = new Rows(this.#slots);
  readonly #records = new Records(this.#rows);
  readonly #sections = new Sections(this.#rows);
  /** By slot: where it has been inserted. */
  readonly #homes: (Section | undefined)[] = [];

  get size(): number {
    return this.#slots.size;
  }

  put(offer: Offer): void {
    const known = this.#slots.slotOf(offer.providerId);
    if (known !== undefined) this.#takeOut(known);
    const slot = known ?? this.#slots.take(offer.providerId);
    this.#rows.write(slot, rowContent(offer, this.#platforms.take(platformName(offer))));
    this.#records.write(slot, offer);
    const home = this.#sections.home(offer);
    this.#homes[slot] = home;
    home.insert(slot);
  }

  renew(providerId: ProviderId, updatedAtMs: number, expiresAtMs: number): void {
    const slot = this.#slots.slotOf(providerId);
    if (slot === undefined) throw new Error('a renewal of a provider that is not present');
    this.#records.renew(slot, updatedAtMs, expiresAtMs);
  }

  remove(providerId: ProviderId): boolean {
    const slot = this.#slots.slotOf(providerId);
    if (slot === undefined) return false;
    this.#takeOut(slot);
    this.#records.release(slot);
    this.#slots.release(slot);
    return true;
  }

  get(providerId: ProviderId): Match | undefined {
    const slot = this.#slots.slotOf(providerId);
    return slot === undefined ? undefined : this.#match(slot, undefined);
  }

  find(query: FindQuery): Result<Page> {
    const after = query.after === undefined ? undefined : parsePageToken(query, query.after);
    if (after?.ok === false) return after;
    const { platform } = query.requirements;
    const number = platform === undefined ? undefined : this.#platforms.numberOf(platform);
    const isOffered = platform === undefined || number !== undefined;
    return accept(isOffered ? this.#page(query, number, after?.value) : emptyPage(query));
  }

  #page(query: FindQuery, platform: number | undefined, after: Position | undefined): Page {
    const sections = this.#sections;
    const sieve = new Sieve(this.#rows, sections.nodes, query.requirements, platform);
    const found = findResults(this.#rows, sections, sieve, query, after);
    const shape = wholeShape(query.requirements);
    return {
      matches: found.slice(0, query.limit).map(({ slot }) => this.#match(slot, shape)),
      next: this.#nextToken(query, found),
      total: query.count ? countResults(sections, sieve, query) : undefined,
    };
  }

  #nextToken(query: FindQuery, found: readonly Finding[]): string | undefined {
    const last = found.length > query.limit ? found[query.limit - 1] : undefined;
    if (last === undefined) return undefined;
    const { slot, key, verified } = last;
    return formatPageToken(query, { verified, key, providerId: this.#slots.providerIn(slot) });
  }

  #match(slot: number, shape: Resources | undefined): Match {
    return { providerId: this.#slots.providerIn(slot), text: this.#records.text(slot, shape) };
  }

  /** Takes a slot out of the trees. Its row must still be what it was. */
  #takeOut(slot: number): void {
    this.#homes[slot]?.remove(slot);
    this.#homes[slot] = undefined;
    this.#platforms.release(this.#rows.platform(slot));
  }
}

function emptyPage({ count }: FindQuery): Page {
  return { matches: [], next: undefined, total: count ? 0 : undefined };
}

/** Giving no platform counts as one of its own, which no question can name. */
function platformName({ advertisement }: Offer): string {
  return advertisement.platform ?? '';
}

function rowContent({ advertisement, createdAtMs }: Offer, platform: number): RowContent {
  const { resources, pricing } = advertisement;
  const core = pricing?.usd_per_core_month;
  const memory = pricing?.usd_per_gb_ram_month;
  const storage = pricing?.usd_per_gb_storage_month;
  const isPriced = core !== undefined && memory !== undefined && storage !== undefined;
  const prices = isPriced ? { core, memory, storage } : UNPRICED;
  return { createdAtMs, resources, platform, prices };
}

const UNPRICED = { core: UNPRICED_KEY, memory: UNPRICED_KEY, storage: UNPRICED_KEY };

function wholeShape({ cpu, memory, storage }: Requirements): Resources | undefined {
  if (cpu === undefined || memory === undefined || storage === undefined) return undefined;
  return { cpu, memory, storage };
}
