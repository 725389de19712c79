/**
 * A thread with a store of its own and nobody who listens to it: so many advertisements wait in it at any
 * time, of which eight of ten renew and change nothing, one changes, and one is of a new provider.
 */
import { parentPort } from 'node:worker_threads';
import {
  type AdvertisementBody,
  parseProviderId,
  type ProviderId,
} from 'golem-vm-discovery-protocol';
import type { AdvertiseWrite, Store } from '../../packages/server/dist/src/store/contract.js';
import type { PostgresStoreOptions } from '../../packages/server/dist/src/store/postgres/postgres-store-options.js';
import type { StoreLoad, StoreNode } from './measure-stores.js';

/** Compiled, this file lies one folder deeper than its source: the value is imported by URL. */
const storeUrl = new URL(
  '../../../packages/server/dist/src/store/postgres/postgres-store.js',
  import.meta.url,
);
const storeModule: unknown = await import(storeUrl.href);
if (!canOpen(storeModule)) throw new Error(`${storeUrl.href} opens no store`);
const opener = storeModule;

/** Plain numbers are times enough here. */
type Options = Omit<PostgresStoreOptions, 'clock'> & {
  readonly clock: { wallMs(): number; monotonicMs(): number };
};

type Opened =
  | { readonly ok: true; readonly value: Store }
  | { readonly ok: false; readonly problem: string };

function canOpen(
  module: unknown,
): module is { openPostgresStore(options: Options): Promise<Opened> } {
  return typeof module === 'object' && module !== null && 'openPostgresStore' in module;
}

/** Room for the providers of each thread. */
const PROVIDERS_MAX = 10_000_000;

const TTL_MS = 86_400_000;
const SOURCE = '203.0.113.10';

/** How many cores each provider says that it has, by its number: providers that are new come behind. */
const cores: number[] = [];
let turn = 0;
let node: StoreNode | undefined;
let store: Store | undefined;

async function open(url: string): Promise<Store> {
  const opened = await opener.openPostgresStore({
    url,
    clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() },
    listener: {
      applied: () => undefined,
      healthChanged: ({ kind }) => {
        if (kind === 'refusing') throw new Error('the database takes no writes');
      },
      held: () => undefined,
      heldIds: () => [],
    },
  });
  if (!opened.ok) throw new Error(opened.problem);
  await opened.value.load({ listings: () => undefined, memories: () => undefined });
  opened.value.shared?.follow();
  return opened.value;
}

function nextWrite({ part, providers }: StoreNode): AdvertiseWrite {
  turn += 1;
  if (turn % 10 === 0) return write(part, cores.push(8) - 1);
  const index = turn % providers;
  if (turn % 10 === 1) cores[index] = 1 + (turn % 64);
  return write(part, index);
}

function write(part: number, index: number): AdvertiseWrite {
  const t = Date.now();
  const advertisement: AdvertisementBody = {
    ip_address: SOURCE,
    country: 'SE',
    resources: { cpu: cores[index] ?? 8, memory: 32, storage: 500 },
    platform: 'x86_64',
    pricing: { usd_per_core_month: 4.5, usd_per_gb_ram_month: 1.2, usd_per_gb_storage_month: 0.05 },
  };
  return {
    providerId: idOf(part * PROVIDERS_MAX + index),
    advertisement,
    body: JSON.stringify(advertisement),
    signed: { t, signature: `t=${t},v1=0x${'ab'.repeat(65)}` },
    source: SOURCE,
    receivedAtMs: t,
    ttlMs: TTL_MS,
  };
}

function idOf(number: number): ProviderId {
  const id = parseProviderId(`0x${number.toString(16).padStart(40, '0')}`);
  if (!id.ok) throw new Error(id.problem.message);
  return id.value.id;
}

/** Writes until `next` gives nothing more; how many were committed. */
async function writeAll(
  to: Store,
  inFlight: number,
  next: () => AdvertiseWrite | undefined,
): Promise<number> {
  let committed = 0;
  async function writeInTurn(): Promise<void> {
    for (let each = next(); each !== undefined; each = next()) {
      const { kind } = await to.advertise(each);
      if (kind !== 'listed' && kind !== 'renewed') throw new Error(`a write was ${kind}`);
      committed += 1;
    }
  }
  await Promise.all(Array.from({ length: inFlight }, writeInTurn));
  return committed;
}

async function begin(given: StoreNode): Promise<number> {
  node = given;
  store = await open(given.url);
  return writeAll(store, given.inFlight, () =>
    cores.length < given.providers ? write(given.part, cores.push(8) - 1) : undefined,
  );
}

async function renew({ ms }: StoreLoad): Promise<number> {
  const [to, by] = [store, node];
  if (!to || !by) throw new Error('there is no store yet');
  const endMs = performance.now() + ms;
  return writeAll(to, by.inFlight, () => (performance.now() < endMs ? nextWrite(by) : undefined));
}

parentPort?.on('message', (question: StoreNode | StoreLoad) => {
  const answer = 'url' in question ? begin(question) : renew(question);
  void answer.then((committed) => parentPort?.postMessage(committed));
});
