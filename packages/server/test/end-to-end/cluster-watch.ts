/**
 * Watchers who come back to any of several hubs, and lists from any of them meanwhile: what each watcher was
 * told, wherever it was told it, replayed up to the cursor of a list, is that list.
 */
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Dice } from './random-market.js';
import { ResumingWatcher } from './resuming-watcher.js';
import { compare, type List, listAt, untilTold } from './told-and-listed.js';

/** What is asked for grows as versions do: who fits comes and goes. */
const QUERIES = ['', 'country=SE&cpu=4', 'storage=150', 'cpu=8'];

/** See the head of this file. Whoever made it ends it. */
export class ClusterWatch {
  readonly #urls: () => readonly string[];
  readonly #dice: Dice;
  readonly #watchers: readonly ResumingWatcher[];
  readonly #lists: List[] = [];

  constructor(urls: () => readonly string[], dice: Dice) {
    this.#urls = urls;
    this.#dice = dice;
    this.#watchers = [...QUERIES, ...QUERIES].map(
      (query) => new ResumingWatcher(() => this.#anyUrl(), query),
    );
  }

  /** How often somebody came to another hub, or to the same again. */
  get connections(): number {
    return this.#watchers.reduce((sum, { connections }) => sum + connections, 0);
  }

  /** Lists and breaks off, until `done` says so. */
  async use(done: () => boolean): Promise<void> {
    while (!done()) {
      await wait(30);
      const watcher = this.#watchers[this.#dice(this.#watchers.length)];
      if (this.#dice(3) === 0) watcher?.drop();
      else await this.#list(this.#anyUrl(), QUERIES[this.#dice(QUERIES.length)] ?? '');
    }
  }

  /** Everybody was told everything; returns how many lists could be compared with somebody. */
  async end(): Promise<number> {
    try {
      for (const query of QUERIES) await this.#list(this.#anyUrl(), query);
      const lastRevision = Math.max(...this.#lists.map(({ revision }) => revision));
      await untilTold(this.#watchers, lastRevision);
      for (const watcher of this.#watchers) watcher.verify();
      return this.#lists.reduce((sum, list) => sum + compare(this.#watchers, list), 0);
    } finally {
      for (const watcher of this.#watchers) watcher.close();
      await Promise.all(this.#watchers.map(({ over }) => over));
    }
  }

  #anyUrl(): string {
    const urls = this.#urls();
    return urls[this.#dice(urls.length)] ?? 'http://127.0.0.1:1';
  }

  /** A hub that is away answers nothing; what it answers has to be right. */
  async #list(url: string, query: string): Promise<void> {
    const list = await listAt(url, query).catch((error: unknown) => {
      if (error instanceof assert.AssertionError || error instanceof TypeError) return undefined;
      throw error;
    });
    if (list) this.#lists.push(list);
  }
}
