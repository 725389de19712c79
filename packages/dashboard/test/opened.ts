/** What a test or a suite opened. Invariant: all of it is closed, last first, though opening something else failed. */

/** What can be opened. */
export interface Closable {
  close(): Promise<void>;
}

/** Keeps what is opened until it is closed. */
export interface Opened {
  /** Resolves as `opening` does. */
  add<Thing extends Closable>(opening: Promise<Thing>): Promise<Thing>;
  /** Closes everything; twice without harm. */
  close(): Promise<void>;
}

/** Keeps nothing yet. */
export function createOpened(): Opened {
  const openings: Promise<Closable>[] = [];
  return {
    add(opening) {
      openings.push(opening);
      return opening;
    },
    async close() {
      const settled = await Promise.allSettled(openings.splice(0));
      for (const each of settled.toReversed()) {
        if (each.status === 'fulfilled') await each.value.close();
      }
    },
  };
}
