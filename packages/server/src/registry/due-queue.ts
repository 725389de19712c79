/**
 * A first-in-first-out queue of entries, linked through their columns. Every lease is granted for
 * the same time, so the order of granting is the order of expiry, and no heap is needed: renewing
 * moves an entry to the end in constant time and leaves no garbage behind.
 *
 * Invariant: `due` rises from head to tail, because the lease clock never goes back.
 */
import { type EntryColumns, NEXT, NO_SEAT, PREVIOUS } from './entry-columns.js';
import { Entry } from './entry.js';
import type { LeaseMs } from './lease-clock.js';

/** See the head of this file. An entry is in at most one queue. */
export class DueQueue {
  readonly #columns: EntryColumns;
  #head = NO_SEAT;
  #tail = NO_SEAT;
  #size = 0;

  constructor(columns: EntryColumns) {
    this.#columns = columns;
  }

  get size(): number {
    return this.#size;
  }

  /** Appends an entry that is in no queue. */
  append({ seat }: Entry): void {
    this.#columns.setInteger(seat, PREVIOUS, this.#tail);
    this.#columns.setInteger(seat, NEXT, NO_SEAT);
    if (this.#tail === NO_SEAT) this.#head = seat;
    else this.#columns.setInteger(this.#tail, NEXT, seat);
    this.#tail = seat;
    this.#size += 1;
  }

  /** Takes out an entry that is in this queue. */
  remove({ seat }: Entry): void {
    const previous = this.#columns.integer(seat, PREVIOUS);
    const next = this.#columns.integer(seat, NEXT);
    if (previous === NO_SEAT) this.#head = next;
    else this.#columns.setInteger(previous, NEXT, next);
    if (next === NO_SEAT) this.#tail = previous;
    else this.#columns.setInteger(next, PREVIOUS, previous);
    this.#size -= 1;
  }

  /** The entry that is due first. */
  get first(): Entry | undefined {
    return this.#at(this.#head);
  }

  /** Takes out and returns the first entry that is due at `now`, if there is one. */
  takeDue(now: LeaseMs): Entry | undefined {
    const { first } = this;
    if (first === undefined || first.due > now) return undefined;
    this.remove(first);
    return first;
  }

  /** The first entries that are due at `now`, at most `countMax`, left where they are. */
  peekDue(now: LeaseMs, countMax: number): Entry[] {
    const due: Entry[] = [];
    let entry = this.first;
    while (entry !== undefined && entry.due <= now && due.length < countMax) {
      due.push(entry);
      entry = this.#at(this.#columns.integer(entry.seat, NEXT));
    }
    return due;
  }

  #at(seat: number): Entry | undefined {
    return seat === NO_SEAT ? undefined : new Entry(this.#columns, seat);
  }
}
