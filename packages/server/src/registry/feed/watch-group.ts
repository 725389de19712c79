/**
 * All who watch with the same requirements: what one is told, all are told, so it is worked out
 * and written down once.
 */
import type { Requirements } from 'golem-vm-discovery-protocol';
import type { Position } from '../../store/history.js';
import { type Question, questionOf, type ToldChange, type WatchEvent } from './watch-event.js';

/** Some events in order, the very same object for everyone who is told them. */
export interface EventBatch {
  readonly epoch: string;
  readonly events: readonly WatchEvent[];
  /** Whoever was told these has been told everything up to it. */
  readonly revision: number;
}

/** Whoever is told what happens as it happens. */
export interface Member {
  tell(batch: EventBatch): void;
  /** Leaves, and reads by itself what it was not told. */
  fallBack(): void;
}

/** See the head of this file. */
export class WatchGroup {
  readonly question: Question;
  /** Those who are told what happens as it happens. */
  readonly members = new Set<Member>();
  /** How many watch with these requirements, live or not. */
  watches = 0;
  #pending: WatchEvent[] = [];

  constructor(requirements: Requirements) {
    this.question = questionOf(requirements);
  }

  /** How many events wait to be told. */
  get pending(): number {
    return this.#pending.length;
  }

  /** Takes note of a change; `true` where it concerns this group. */
  note(change: ToldChange): boolean {
    const event = change.eventFor(this.question);
    if (event) this.#pending.push(event);
    return event !== undefined;
  }

  /** What waits to be told, up to a position; it waits no longer. */
  cut({ epoch, revision }: Position): EventBatch {
    const events = this.#pending;
    this.#pending = [];
    return { epoch, events, revision };
  }
}
