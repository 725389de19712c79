/** Where the SQLite stores of tests live: a folder of their own, removed afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store, StoreListener } from '#src/store/contract.js';
import { openSqliteStore, type SqliteStoreOptions } from '#src/store/sqlite/sqlite-store.js';
import { asWallMs } from '#src/telemetry/clock.js';
import { NOW } from './writes.js';

/** The wall clock of these tests stands still. */
export const clock = { wallMs: () => asWallMs(NOW) };

/** A folder with room for one store. */
export interface SqlitePlace {
  readonly path: string;
  open(listener: StoreListener, options?: Partial<SqliteStoreOptions>): Promise<Store>;
  remove(): Promise<void>;
}

export async function makeSqlitePlace(): Promise<SqlitePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'discovery-store-'));
  const path = join(folder, 'discovery.db');
  return {
    path,
    async open(listener, options = {}) {
      const opened = await openSqliteStore({ path, listener, clock, ...options });
      if (!opened.ok) throw new Error(opened.problem);
      return opened.value;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
