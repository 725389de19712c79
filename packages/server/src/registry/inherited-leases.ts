/**
 * Leases as they are handed over at start, in any order, until they can be queued in the order in which
 * they end. They are kept by the second, so that ordering a million of them never takes long at once.
 */
import { sortInSteps } from '../matching/trees/sliced-sort.js';
import type { DueQueue } from './due-queue.js';
import { DUE, type EntryColumns } from './entry-columns.js';
import { Entry } from './entry.js';

const SECOND_MS = 1_000;
/** Queued in one step: a millisecond. */
const STEP_SEATS = 8_192;

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
      yield* this.#queue(Uint32Array.from(seats), queue);
    }
    this.#bySecond.clear();
  }

  /** All of a million leases may end in one second. */
  *#queue(seats: Uint32Array, queue: DueQueue): Generator<undefined, void> {
    const dueAt = (seat: number) => this.#columns.double(seat, DUE);
    yield* sortInSteps(seats, (one, other) => dueAt(one) - dueAt(other));
    for (const [place, seat] of seats.entries()) {
      if (place % STEP_SEATS === 0) yield;
      queue.append(new Entry(this.#columns, seat));
    }
  }
}
