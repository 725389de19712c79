/**
 * A database with many listings, written through the store itself in a fraction of the time that so
 * many signed requests would take. Signatures in it are no signatures: a hub verified them long ago.
 */
import { join } from 'node:path';
import type * as sqlite from '../packages/server/dist/src/store/sqlite/sqlite-store.js';
import type * as telemetry from '../packages/server/dist/src/telemetry/clock.js';
import { type MarketEntry, marketEntries } from './market.js';

/*
 * The store is no part of what the package exports. Compiled, this file lies one folder deeper than
 * its source, so a path that is right for the compiler is wrong at run time: values are imported by
 * URL, and only types by path.
 */
const { openSqliteStore }: typeof sqlite = await importInside('store/sqlite/sqlite-store.js');
const { systemClock }: typeof telemetry = await importInside('telemetry/clock.js');

function importInside<Module>(path: string): Promise<Module> {
  return import(new URL(`../../packages/server/dist/src/${path}`, import.meta.url).href);
}

const SEED = 3;
const AT_ONCE = 4_000;
/** Longer than any run takes: a hub takes over only what was alive of late. */
const AHEAD_MS = 3_600_000;
const NO_SIGNATURE = `v1=0x${'ab'.repeat(64)}1b`;

const nothing = (): undefined => undefined;

/** Writes `discovery.db` into a folder, with so many listings. */
export async function seedDatabase(folder: string, count: number): Promise<void> {
  const opened = await openSqliteStore({
    path: join(folder, 'discovery.db'),
    listener: { applied: nothing, healthChanged: nothing },
    clock: systemClock,
  });
  if (!opened.ok) throw new Error(opened.problem);
  const store = opened.value;
  await store.load({ listings: nothing, memories: nothing });
  const entries = marketEntries(SEED);
  for (let written = 0; written < count; written += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - written) }, () =>
      store.advertise(writeOf(entries.next().value)),
    );
    const outcomes = await Promise.all(batch);
    if (outcomes.some(({ kind }) => kind !== 'listed')) throw new Error('a listing was refused');
  }
  await store.heartbeat(Date.now() + AHEAD_MS);
  await store.close();
}

function writeOf({ providerId, advertisement, verified, createdAtMs }: MarketEntry) {
  const t = Date.now();
  return {
    providerId,
    advertisement,
    body: JSON.stringify(advertisement),
    signed: verified ? { t, signature: `t=${t},${NO_SIGNATURE}` } : undefined,
    source: '127.0.0.1',
    receivedAtMs: createdAtMs,
    ttlMs: AHEAD_MS,
  };
}
