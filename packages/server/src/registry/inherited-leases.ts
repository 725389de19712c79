/**
 * Leases as they are handed over at start, in any order, until they can be queued in the order in which
 * they end. They are kept by the second, so that ordering a million of them never takes long at once.
 */
import type { DueQueue } from './due-queue.js';
import { DUE, type EntryColumns } from './entry-columns.js';
import { Entry } from './entry.js';

const SECOND_MS = 1_000;

export class InheritedLeases {
  readonly #columns: EntryColumns;
  /** Seats: an object for each of a million would be garbage soon. */
  readonly #bySecond = new Map<number, number[]>();

  constructor(columns: EntryColumns) {
    this.#columns = columns;
  }

  /** Takes an entry that is in no queue. */
  add(entry: Entry): void {
    const second = Math.floor(entry.due / SECOND_MS);
    const seats = this.#bySecond.get(second);
    if (seats) seats.push(entry.seat);
    else this.#bySecond.set(second, [entry.seat]);
  }

  /** Queues everything, in steps; nothing is left here. */
  *queueInto(queue: DueQueue): Generator<undefined, void> {
    const seconds = [...this.#bySecond.keys()].toSorted((a, b) => a - b);
    for (const second of seconds) {
      const seats = this.#bySecond.get(second) ?? [];
      const dueAt = (seat: number) => this.#columns.double(seat, DUE);
      for (const seat of seats.toSorted((a, b) => dueAt(a) - dueAt(b))) {
        queue.append(new Entry(this.#columns, seat));
      }
      yield;
    }
    this.#bySecond.clear();
  }
}
