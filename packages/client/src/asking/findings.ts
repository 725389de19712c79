/**
 * What a search finds, fetched page by page as it is read. Invariant: nothing is asked before
 * somebody reads, and nothing is kept: each reading asks anew.
 */
import type { Page } from './page.js';

/** How pages are fetched. */
export interface PageSource<Item> {
  /** How many advertisements a page may hold. */
  readonly pageMax: number;
  /** Fetches one page, of at most `limit`; `previous` is the page that it follows. */
  fetch(limit: number, previous: Page<Item> | undefined): Promise<Page<Item>>;
  /** Asks how many there are in all. */
  count(): Promise<number>;
}

/**
 * What a search finds, in order. Read it with `for await`, or take it as a list. Every way of
 * reading rejects with a `DiscoveryError` when the hub refuses or no hub answers.
 */
export class Findings<Item> implements AsyncIterable<Item> {
  readonly #source: PageSource<Item>;
  readonly #limit: number;

  /** `limit`: how many at most, over all pages. */
  constructor(source: PageSource<Item>, limit = Infinity) {
    this.#source = source;
    this.#limit = limit;
  }

  /** One by one. The next page is fetched when the one before has been read; leaving the loop ends the search. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { advertisements } of this.pages()) yield* advertisements;
  }

  /**
   * Page by page. All pages of one reading come from the hub that gave the first: hubs list the
   * same providers in orders of their own, and a walk that changed hubs could skip some.
   */
  async *pages(): AsyncGenerator<Page<Item>, void, undefined> {
    let left = this.#limit;
    let page = await this.#fetch(left, undefined);
    yield page;
    while (page.next !== undefined && (left -= page.advertisements.length) > 0) {
      page = await this.#fetch(left, page);
      yield page;
    }
  }

  /** The first page alone, with `total` where `count` was asked for. */
  page(): Promise<Page<Item>> {
    return this.#fetch(this.#limit, undefined);
  }

  /** All of them, as a list. Without a `limit` that may be as many as there are providers. */
  async toArray(): Promise<Item[]> {
    const all: Item[] = [];
    for await (const { advertisements } of this.pages()) all.push(...advertisements);
    return all;
  }

  /** How many fit in all, by the word of the hub, whatever the limit. One small request. */
  count(): Promise<number> {
    return this.#source.count();
  }

  /** A limit that no hub takes is handed on as it is: the hub says what is wrong with it. */
  #fetch(left: number, previous: Page<Item> | undefined): Promise<Page<Item>> {
    return this.#source.fetch(left > this.#source.pageMax ? this.#source.pageMax : left, previous);
  }
}
