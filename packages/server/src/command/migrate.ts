/**
 * Moves everything that a hub has stored in a file into a PostgreSQL that several hubs can share. The file is
 * held meanwhile, so that nothing can be said to the old hub that the new ones would not know, and is left as
 * it was.
 */
import { LIMITS, type ProviderId } from 'golem-vm-discovery-protocol';
import type { InheritedListing, Memory, Store, StoredProof } from '../store/contract.js';
import { UnreadableStore } from '../store/unreadable-store.js';
import { systemClock } from '../telemetry/clock.js';
import { SETTINGS } from '../config/settings.js';
import { parseStoreLocation } from '../config/store-location.js';
import type { Ended } from './serve.js';

/** From where to where, as it was given. */
export interface Migration {
  readonly from: string;
  readonly to: string;
}

/** Providers between two lines of progress. */
const PROGRESS_EVERY = 10_000;

const NO_WAY_BACK =
  '--from must be a file: there is no way from a database back into one. A hub on a new file starts empty, and providers come back with their next renewal';

/** Resolves when it is done. `say` is given a line now and then. */
export async function migrateStore(
  { from, to }: Migration,
  say: (line: string) => void,
): Promise<Ended> {
  const [source, target] = [parseStoreLocation(from), parseStoreLocation(to)];
  if (source.ok && source.value.kind === 'postgres') return refused(NO_WAY_BACK);
  if (!source.ok || source.value.kind !== 'sqlite') {
    return refused('--from must be the file of a hub, as in sqlite:////var/lib/discovery.db');
  }
  if (!target.ok || target.value.kind !== 'postgres') {
    return refused('--to must be a database, as in postgresql://user:password@host/discovery');
  }
  const { path } = source.value;
  // Imported only now, so that a refused command needs no native module.
  const { openSqliteStore } = await import('../store/sqlite/sqlite-store.js');
  const listener = { applied: () => undefined, healthChanged: () => undefined };
  const opened = await openSqliteStore({ path, onlyExisting: true, listener, clock: systemClock });
  if (!opened.ok) return refused(speakingOf('--from', opened.problem));
  try {
    return await move(opened.value, target.value.url, say);
  } catch (error) {
    if (error instanceof UnreadableStore) return refused(error.message);
    throw error;
  } finally {
    await opened.value.close();
  }
}

async function move(store: Store, url: string, say: (line: string) => void): Promise<Ended> {
  const { importIntoPostgres } = await import('../store/postgres/importing.js');
  const listings: InheritedListing[] = [];
  const memories: Memory[] = [];
  const inheritance = await store.load({
    listings: (chunk) => void listings.push(...chunk),
    memories: (chunk) => void memories.push(...chunk),
  });
  for (const notice of inheritance.notices) say(notice);
  const count = listings.length + memories.length;
  say(`moving ${listings.length} advertisements and ${memories.length} memories of those who left`);
  const holdings = {
    listings,
    memories,
    inheritance,
    proofs: (providerIds: readonly ProviderId[]) => readProofs(store, providerIds),
  };
  const imported = await importIntoPostgres(url, holdings, (done) => {
    if (done % PROGRESS_EVERY === 0) say(`${done} of ${count}`);
  });
  if (!imported.ok) return refused(speakingOf('--to', imported.problem));
  say(
    `done: start hubs with the new DISCOVERY_DB_URL within 15 minutes, and never again one on the old file`,
  );
  return { exitCode: 0 };
}

async function readProofs(
  store: Store,
  providerIds: readonly ProviderId[],
): Promise<ReadonlyMap<ProviderId, StoredProof>> {
  const all = new Map<ProviderId, StoredProof>();
  for (let from = 0; from < providerIds.length; from += LIMITS.proofPageMax) {
    const proofs = await store.proofs(providerIds.slice(from, from + LIMITS.proofPageMax));
    if (proofs === undefined) throw new UnreadableStore('the file could not be read');
    for (const [providerId, proof] of proofs) all.set(providerId, proof);
  }
  return all;
}

/** Stores speak of the setting by which hubs are told of them; here it was a flag. */
function speakingOf(flag: string, problem: string): string {
  return problem.replaceAll(SETTINGS.store.variable, flag);
}

function refused(message: string): Ended {
  return { exitCode: 1, message };
}
