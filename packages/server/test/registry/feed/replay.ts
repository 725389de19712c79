/**
 * What a watcher knows: the events that it was told, replayed, and held to every promise as they
 * come. It knows the wire and nothing of how a hub works.
 */
import { strict as assert } from 'node:assert';
import { entryOf, type ListAt, type Told } from './watched-market.js';

function revisionIn(cursor: string): number {
  return Number(cursor.slice(cursor.indexOf('-') + 1));
}

/** See the head of this file. */
export class Replay {
  readonly #known: Map<string, string>;
  #revision: number | undefined;
  #inSnapshot: boolean;

  /** `from`: the list that a watch was resumed from; `undefined` where it begins with a snapshot. */
  constructor(from: ListAt | undefined) {
    this.#known = new Map(from?.records);
    this.#revision = from && revisionIn(from.cursor);
    this.#inSnapshot = from === undefined;
  }

  /** Everything up to it was told. */
  get revision(): number | undefined {
    return this.#revision;
  }

  get known(): ReadonlyMap<string, string> {
    return this.#known;
  }

  tell({ name, cursor, data }: Told): void {
    if (this.#inSnapshot) return this.#tellSnapshot(name, cursor, data);
    assert.ok(cursor !== undefined, `an event without a cursor after the snapshot: ${name}`);
    const revision = revisionIn(cursor);
    const last = this.#revision ?? -1;
    if (name === 'bookmark') assert.ok(revision >= last, 'a bookmark of the past');
    else assert.ok(revision > last, `${name} at ${revision} was told after ${last}`);
    this.#revision = revision;
    this.#apply(name, data);
  }

  #tellSnapshot(name: string, cursor: string | undefined, data: string): void {
    if (name === 'bookmark') {
      assert.ok(cursor !== undefined, 'the bookmark that ends a snapshot has no cursor');
      this.#revision = revisionIn(cursor);
      this.#inSnapshot = false;
      return;
    }
    assert.deepEqual([name, cursor], ['advertised', undefined]);
    this.#apply(name, data);
  }

  #apply(name: string, data: string): void {
    if (name === 'bookmark') return;
    const [id, record] = entryOf(data);
    assert.equal(this.#known.has(id), name !== 'advertised', `${name} of ${id}`);
    if (name === 'advertised' || name === 'changed') this.#known.set(id, record);
    else this.#known.delete(id);
  }
}
