/**
 * All who watch with the same requirements: what one is told, all are told, so it is worked out
 * and written down once. Groups are found by what a change can't hide: its country and platform.
 * Cost of a change: a look at each group with its country and platform, or none of them given.
 */
import type { Requirements, Terms } from 'golem-vm-discovery-protocol';
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

const ANY = '';

/** The groups of everyone who watches, live or not yet. */
export class WatchGroups {
  readonly #groups = new Map<string, WatchGroup>();
  readonly #places = new Map<string, Set<WatchGroup>>();

  /** How many there are. */
  get size(): number {
    return this.#groups.size;
  }

  /** One more watches with these requirements. */
  take(requirements: Requirements): WatchGroup {
    const key = keyOf(requirements);
    const group = this.#groups.get(key) ?? this.#add(key, requirements);
    group.watches += 1;
    return group;
  }

  /** One less watches. */
  release(group: WatchGroup): void {
    group.watches -= 1;
    if (group.watches > 0) return;
    const { requirements } = group.question;
    this.#groups.delete(keyOf(requirements));
    for (const place of placesOf(requirements)) {
      const groups = this.#place(place);
      groups.delete(group);
      if (groups.size === 0) this.#places.delete(place);
    }
  }

  /** The groups that a change may concern, each once. */
  concernedBy(change: ToldChange): ReadonlySet<WatchGroup> {
    const concerned = new Set<WatchGroup>();
    for (const terms of change.terms) {
      for (const place of terms ? placesIn(terms) : []) {
        for (const group of this.#places.get(place) ?? []) concerned.add(group);
      }
    }
    return concerned;
  }

  #add(key: string, requirements: Requirements): WatchGroup {
    const group = new WatchGroup(requirements);
    this.#groups.set(key, group);
    for (const place of placesOf(requirements)) this.#place(place).add(group);
    return group;
  }

  #place(place: string): Set<WatchGroup> {
    const found = this.#places.get(place);
    if (found) return found;
    const made = new Set<WatchGroup>();
    this.#places.set(place, made);
    return made;
  }
}

/** Its fields come in one order, and countries are sorted. */
function keyOf(requirements: Requirements): string {
  return JSON.stringify(requirements);
}

function placesOf({ country, platform = ANY }: Requirements): string[] {
  return (country ?? [ANY]).map((code) => `${code}/${platform}`);
}

function placesIn({ country, platform }: Terms): string[] {
  const platforms = platform === undefined ? [ANY] : [ANY, platform];
  return [country, ANY].flatMap((place) => platforms.map((name) => `${place}/${name}`));
}
