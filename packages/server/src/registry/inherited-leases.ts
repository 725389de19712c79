/**
 * Leases as they are handed over at start, in any order, until they can be queued in the order in which
 * they end. They are kept by the second, so that ordering a million of them never takes long at once.
 */
import type { DueQueue } from './due-queue.js';
import type { Entry } from './entry.js';

const SECOND_MS = 1_000;

export class InheritedLeases {
  readonly #bySecond = new Map<number, Entry[]>();

  /** Takes an entry that is in no queue. */
  add(entry: Entry): void {
    const second = Math.floor(entry.due / SECOND_MS);
    const entries = this.#bySecond.get(second);
    if (entries) entries.push(entry);
    else this.#bySecond.set(second, [entry]);
  }

  /** Queues everything, in steps; nothing is left here. */
  *queueInto(queue: DueQueue): Generator<undefined, void> {
    const seconds = [...this.#bySecond.keys()].toSorted((a, b) => a - b);
    for (const second of seconds) {
      const entries = this.#bySecond.get(second) ?? [];
      for (const entry of entries.toSorted((a, b) => a.due - b.due)) queue.append(entry);
      yield;
    }
    this.#bySecond.clear();
  }
}
