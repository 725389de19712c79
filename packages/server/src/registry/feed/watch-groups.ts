/**
 * Everyone who watches, in groups. They are found by what a change can't hide: its country and platform.
 * Invariant: there is a group exactly where somebody watches, live or not yet. Cost of a change: a look at
 * each group with its country and platform, or none of them given.
 */
import type { Requirements, Terms } from 'golem-vm-discovery-protocol';
import type { ToldChange } from './watch-event.js';
import { WatchGroup } from './watch-group.js';

/** No country, or no platform, in particular. */
const ANY = '';

/** See the head of this file. */
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
