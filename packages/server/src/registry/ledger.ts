/**
 * Every provider that is known, listed or remembered, by id.
 * Invariant: whoever is in it holds its number once. Cost: a lookup of the id, and 48 bytes each.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { ProviderNumbers } from '../matching/providers/provider-numbers.js';
import { EntryColumns } from './entry-columns.js';
import { Entry, LONG_AGO_MS, NEW } from './entry.js';
import type { LeaseMs } from './lease-clock.js';

export class Ledger {
  readonly columns: EntryColumns;
  #size = 0;

  /** Its seats are numbers that the index has for them too: ids are looked up in one place. */
  constructor(numbers: ProviderNumbers) {
    this.columns = new EntryColumns(numbers);
  }

  get size(): number {
    return this.#size;
  }

  get(providerId: ProviderId): Entry | undefined {
    const seat = this.columns.seatOf(providerId);
    return seat === undefined ? undefined : new Entry(this.columns, seat);
  }

  /** All of them, in no order. */
  *ids(): Generator<ProviderId> {
    for (let seat = 0; seat < this.columns.end; seat += 1) {
      if (this.columns.isTaken(seat)) yield this.columns.providerIn(seat);
    }
  }

  /** An entry for a provider that was not known, in no queue yet. */
  add(providerId: ProviderId, now: LeaseMs): Entry {
    const entry = new Entry(this.columns, this.columns.take(providerId, NEW));
    this.#size += 1;
    entry.t = undefined;
    entry.grant = 0;
    entry.due = now;
    entry.renewedMs = LONG_AGO_MS;
    return entry;
  }

  /** Forgets a provider, which is in no queue any more. */
  delete({ seat }: Entry): void {
    this.columns.release(seat);
    this.#size -= 1;
  }
}
