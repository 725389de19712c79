/** What somebody who listens to a store knows: what it handed over, and every change since. */
import type {
  Change,
  Inheritance,
  Listing,
  Memory,
  Store,
  StoreHealth,
  StoreListener,
} from '#src/store/contract.js';

interface Identified {
  readonly providerId: string;
}

function byId(a: Identified, b: Identified): number {
  return a.providerId < b.providerId ? -1 : 1;
}

/** A view of a store. */
export class View implements StoreListener {
  readonly listings = new Map<string, Listing>();
  readonly memories = new Map<string, Memory>();
  readonly changes: Change[] = [];
  readonly health: StoreHealth[] = [];
  highWaterMark = 0;

  applied(changes: readonly Change[]): void {
    if (changes.length === 0) throw new Error('an empty list of changes came');
    for (const change of changes) this.#apply(change);
  }

  healthChanged(health: StoreHealth): void {
    this.health.push(health);
  }

  async load(store: Store): Promise<Inheritance> {
    const inheritance = await store.load({
      listings: (chunk) => chunk.forEach((one) => this.#once(this.listings, one)),
      memories: (chunk) => chunk.forEach((one) => this.#once(this.memories, one)),
    });
    this.highWaterMark = inheritance.highWaterMark;
    return inheritance;
  }

  /** Everything known, in an order of its own, to compare with another view. */
  known(): unknown {
    return {
      listings: [...this.listings.values()].toSorted(byId),
      memories: [...this.memories.values()].toSorted(byId),
      highWaterMark: this.highWaterMark,
    };
  }

  /** The last `t` of a provider, as far as it is known. */
  timeOf(providerId: string): number | undefined {
    return this.listings.get(providerId)?.signed?.t ?? this.memories.get(providerId)?.t;
  }

  #once<Item extends { readonly providerId: string }>(items: Map<string, Item>, item: Item): void {
    if (this.listings.has(item.providerId) || this.memories.has(item.providerId)) {
      throw new Error(`${item.providerId} was handed over twice`);
    }
    items.set(item.providerId, item);
  }

  #apply(change: Change): void {
    this.changes.push(change);
    switch (change.kind) {
      case 'listed':
      case 'renewed':
        this.memories.delete(change.listing.providerId);
        this.listings.set(change.listing.providerId, change.listing);
        return;
      case 'ended': {
        const { providerId, t, ended, endedAtMs } = change;
        this.listings.delete(providerId);
        if (t !== undefined) this.memories.set(providerId, { providerId, t, ended, endedAtMs });
        return;
      }
      case 'lowered':
        return this.#lower(change.providerId, change.t);
      case 'forgotten':
        this.highWaterMark = Math.max(this.highWaterMark, this.timeOf(change.providerId) ?? 0);
        this.memories.delete(change.providerId);
    }
  }

  #lower(providerId: string, t: number): void {
    const listing = this.listings.get(providerId);
    if (listing?.signed)
      this.listings.set(providerId, { ...listing, signed: { ...listing.signed, t } });
    const memory = this.memories.get(providerId);
    if (memory) this.memories.set(providerId, { ...memory, t });
  }
}
