/** A store under test: opened, listened to, and opened again in the same place. */
import { strict as assert } from 'node:assert';
import type { Inheritance, Store, SharedListener } from '#src/store/contract.js';
import { View } from '../view.js';

/** A place where a store keeps its truth; made empty for each test. */
export interface Place {
  /** Opens the store that lives here; the session closes it. */
  open(listener: SharedListener, bounds?: { readonly maxQueuedWrites: number }): Promise<Store>;
  remove(): Promise<void>;
}

/** One store in one place, from the beginning of a test to its end. */
export class Session {
  readonly #makePlace: () => Promise<Place>;
  #opened: { readonly place: Place; readonly store: Store; readonly view: View } | undefined;

  constructor(makePlace: () => Promise<Place>) {
    this.#makePlace = makePlace;
  }

  get store(): Store {
    return this.#present().store;
  }

  /** What a listener knows of the store that is open. */
  get view(): View {
    return this.#present().view;
  }

  /** Opens a store in an empty place. */
  async begin(): Promise<Inheritance> {
    const place = await this.#makePlace();
    return this.#openIn(place);
  }

  /** Closes the store and opens what it left. */
  async reopen(bounds?: { readonly maxQueuedWrites: number }): Promise<Inheritance> {
    const { place, store } = this.#present();
    await store.close();
    return this.#openIn(place, bounds);
  }

  async end(): Promise<void> {
    const { place, store } = this.#present();
    await store.close();
    await place.remove();
  }

  async #openIn(place: Place, bounds?: { readonly maxQueuedWrites: number }): Promise<Inheritance> {
    const view = new View();
    const store = await place.open(view, bounds);
    this.#opened = { place, store, view };
    return view.load(store);
  }

  #present(): { readonly place: Place; readonly store: Store; readonly view: View } {
    assert.ok(this.#opened, 'no store is open');
    return this.#opened;
  }
}

/** Asserts that `actual` has these values, at any depth, whatever else it has. */
export function assertHas(actual: unknown, expected: object): void {
  assert.ok(typeof actual === 'object' && actual !== null, 'there is no such object');
  const found = new Map<string, unknown>(Object.entries(actual));
  for (const [key, value] of Object.entries<unknown>({ ...expected })) {
    if (typeof value === 'object' && value !== null) assertHas(found.get(key), value);
    else assert.equal(found.get(key), value, key);
  }
}
