/**
 * A first-in-first-out queue of entries, linked through the entries themselves. Every lease is
 * granted for the same time, so the order of granting is the order of expiry, and no heap is
 * needed: renewing moves an entry to the end in constant time and leaves no garbage behind.
 *
 * Invariant: `due` rises from head to tail, because the lease clock never goes back.
 */
import type { Entry } from './entry.js';
import type { LeaseMs } from './lease-clock.js';

/** See the head of this file. An entry is in at most one queue. */
export class DueQueue {
  #head: Entry | undefined;
  #tail: Entry | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Appends an entry that is in no queue. */
  append(entry: Entry): void {
    entry.previous = this.#tail;
    entry.next = undefined;
    if (this.#tail === undefined) this.#head = entry;
    else this.#tail.next = entry;
    this.#tail = entry;
    this.#size += 1;
  }

  /** Takes out an entry that is in this queue. */
  remove(entry: Entry): void {
    if (entry.previous === undefined) this.#head = entry.next;
    else entry.previous.next = entry.next;
    if (entry.next === undefined) this.#tail = entry.previous;
    else entry.next.previous = entry.previous;
    entry.previous = undefined;
    entry.next = undefined;
    this.#size -= 1;
  }

  /** The entry that is due first. */
  get first(): Entry | undefined {
    return this.#head;
  }

  /** Takes out and returns the first entry that is due at `now`, if there is one. */
  takeDue(now: LeaseMs): Entry | undefined {
    const head = this.#head;
    if (head === undefined || head.due > now) return undefined;
    this.remove(head);
    return head;
  }

  /** The first entries that are due at `now`, at most `countMax`, left where they are. */
  peekDue(now: LeaseMs, countMax: number): Entry[] {
    const due: Entry[] = [];
    let entry = this.#head;
    while (entry !== undefined && entry.due <= now && due.length < countMax) {
      due.push(entry);
      entry = entry.next;
    }
    return due;
  }
}
