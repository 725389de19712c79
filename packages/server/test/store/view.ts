/** What somebody who listens to a store knows: what it handed over, and every change since. */
import assert from 'node:assert/strict';
import type { ProviderId, Terms } from 'golem-vm-discovery-protocol';
import type {
  Change,
  Commit,
  Inheritance,
  InheritedListing,
  Memory,
  Store,
  StoreHealth,
  SharedListener,
} from '#src/store/contract.js';

import type { Held } from '#src/store/shared-truth.js';
import type { InheritedHistory, PastChange, Position, Revised, Shown } from '#src/store/history.js';

interface Identified {
  readonly providerId: string;
}

function byId(a: Identified, b: Identified): number {
  return a.providerId < b.providerId ? -1 : 1;
}

/** A view of a store. */
export class View implements SharedListener {
  readonly listings = new Map<string, InheritedListing>();
  readonly memories = new Map<string, Memory>();
  /** What came, without revisions: these are in `past`, and held to the rules as they come. */
  readonly changes: unknown[] = [];
  readonly past: PastChange[] = [];
  position: Position = { epoch: '', revision: 0 };
  readonly health: StoreHealth[] = [];
  /** Histories that took the place of what was told before. */
  readonly replaced: InheritedHistory[] = [];
  /** What was left of leases as they were handed over. */
  readonly remaining = new Map<string, number>();
  highWaterMark = 0;

  applied({ changes, position, history }: Commit): void {
    if (changes.length === 0 && !history) throw new Error('an empty list of changes came');
    if (history) {
      this.replaced.push(history);
      this.past.length = 0;
      this.#inherit(history);
    }
    for (const change of changes) {
      const { revised, ...rest } = { revised: undefined, ...change };
      this.changes.push(rest);
      this.#keep(change, revised);
      this.#apply(change);
    }
    assert.deepEqual(position, this.position, 'the position is not that of the last revision');
  }

  healthChanged(health: StoreHealth): void {
    this.health.push(health);
  }

  async load(store: Store): Promise<Inheritance> {
    const inheritance = await store.load({
      listings: (chunk) => {
        for (const one of chunk) {
          this.#once(this.listings, inheritable(one));
          if (one.remainingMs !== undefined) this.remaining.set(one.providerId, one.remainingMs);
        }
      },
      memories: (chunk) => chunk.forEach((one) => this.#once(this.memories, one)),
    });
    this.highWaterMark = inheritance.highWaterMark;
    this.#inherit(inheritance.history);
    return inheritance;
  }

  held(providerId: string): Held | undefined {
    const listing = this.listings.get(providerId);
    if (listing) return { isListed: true, t: listing.signed?.t, grant: listing.grant };
    const memory = this.memories.get(providerId);
    return memory && { isListed: false, t: memory.t, grant: 0 };
  }

  heldIds(): ProviderId[] {
    const held = [...this.listings.values(), ...this.memories.values()];
    return held.map(({ providerId }) => providerId);
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

  #inherit({ position, changes, changesAfter }: Inheritance['history']): void {
    this.position = position;
    this.past.push(...changes);
    const revisions = this.past.map(({ revision }) => revision);
    assert.deepEqual(
      revisions,
      Array.from({ length: position.revision - changesAfter }, (_, n) => changesAfter + n + 1),
    );
  }

  /** Revisions rise by 1; what was before is what this view knows; what shows nothing has none. */
  #keep(change: Change, revised: Revised | undefined): void {
    const past = revised && pastOf(change, revised);
    if (past === undefined) return;
    assert.equal(past.revision, this.position.revision + 1);
    const listing = this.listings.get(past.providerId);
    assert.deepEqual(past.before, listing && termsOf(shownOf(listing)));
    this.past.push(past);
    this.position = { ...this.position, revision: past.revision };
  }

  #apply(change: Change): void {
    switch (change.kind) {
      case 'listed':
      case 'renewed':
        this.memories.delete(change.listing.providerId);
        this.listings.set(change.listing.providerId, inheritable(change.listing));
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
    if (listing?.signed) this.listings.set(providerId, { ...listing, signed: { t } });
    const memory = this.memories.get(providerId);
    if (memory) this.memories.set(providerId, { ...memory, t });
  }
}

/** A listing as it is handed over at the next start. */
function inheritable(listing: InheritedListing): InheritedListing {
  const {
    providerId,
    advertisement,
    signed,
    source,
    createdAtMs,
    updatedAtMs,
    expiresAtMs,
    grant,
  } = listing;
  const times = { createdAtMs, updatedAtMs, expiresAtMs };
  return { providerId, advertisement, signed: signed && { t: signed.t }, source, ...times, grant };
}

/** A change as it is told after a restart. */
function pastOf(change: Change, revised: Revised): PastChange {
  if (change.kind === 'ended') {
    const { providerId, ended } = change;
    assert.ok(ended !== 'not_listed');
    return { ...revised, providerId, ended };
  }
  assert.ok('listing' in change, `${change.kind} shows nothing`);
  const { listing } = change;
  return { ...revised, providerId: listing.providerId, after: shownOf(listing) };
}

/** What answers show of a listing. */
export function shownOf(listing: InheritedListing): Shown {
  const { advertisement, signed, createdAtMs, updatedAtMs, expiresAtMs } = listing;
  const verified = signed !== undefined;
  return { advertisement, verified, createdAtMs, updatedAtMs, expiresAtMs };
}

/** What requirements look at. */
export function termsOf({ advertisement, verified }: Shown): Terms {
  const { country, resources, platform, pricing } = advertisement;
  return {
    country,
    resources,
    ...(platform !== undefined && { platform }),
    ...(pricing !== undefined && { pricing }),
    verified,
  };
}
