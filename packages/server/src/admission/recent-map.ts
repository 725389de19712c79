/**
 * A map that keeps the keys used most recently, at most `entriesMax` of them.
 *
 * Invariant: the map's own order is the order of last use, oldest first.
 */
export class RecentMap<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #entriesMax: number;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The value of a key, made where it is missing; the one longest unused makes room. */
  getOrMake(key: Key, make: (key: Key) => Value): Value {
    const value = this.#entries.get(key) ?? make(key);
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#entriesMax) this.#evictOldest();
    return value;
  }

  #evictOldest(): void {
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }
}
