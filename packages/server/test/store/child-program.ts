/**
 * A process of its own that opens a store, for what can only be tried on another process: being
 * killed, holding a file, running out of room, lacking rights. Says one JSON value a line.
 */
import { createInterface } from 'node:readline';
import type { Store } from '#src/store/contract.js';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.js';
import { clock } from './sqlite-place.js';
import { View } from './view.js';
import { advertising, NOW, offer, provider } from './writes.js';

const [mode = '', path = ''] = process.argv.slice(2);

function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function open(view: View): Promise<Store | undefined> {
  const opened = await openSqliteStore({ path, listener: view, clock, busyTimeoutMs: 0 });
  if (!opened.ok) {
    say({ refused: opened.problem });
    return undefined;
  }
  await view.load(opened.value);
  return opened.value;
}

/** Renews many providers over and over, each with one write at a time, and says what was acknowledged. */
async function writeForEver(store: Store, view: View): Promise<void> {
  const writers = Array.from({ length: 40 }, async (_, n) => {
    const id = provider(n + 1);
    for (let t = (view.timeOf(id) ?? NOW) + 1; ; t += 1) {
      const outcome = await store.advertise(advertising(id, { t }));
      if (outcome.kind === 'unavailable') return;
      say({ providerId: id, t });
    }
  });
  await Promise.all(writers);
}

/** Renews a few providers until there is no more room, waits until there is, and renews once more. */
async function runOutOfRoom(store: Store, view: View): Promise<void> {
  const name = 'x'.repeat(64);
  const body = JSON.stringify({ ...offer(4), filler: 'x'.repeat(6_000) });
  let t = NOW;
  const renewAll = (): Promise<string[]> => {
    t += 1;
    const advertisement = { ...offer(4), provider_name: name };
    const writes = Array.from({ length: 50 }, (_, n) =>
      store.advertise(advertising(provider(n + 1), { t, body, advertisement })),
    );
    return Promise.all(writes.map(async (write) => (await write).kind));
  };
  let rounds = 0;
  while (!(await renewAll()).includes('unavailable')) rounds += 1;
  const refused = await renewAll();
  const recovered = await store.heartbeat(NOW);
  say({ rounds, refused, recovered, health: view.health, again: await renewAll() });
}

async function run(): Promise<void> {
  // What root may do says nothing about what a hub may do.
  if (mode === 'open as nobody' && process.getuid?.() === 0) process.setuid?.(65_534);
  const view = new View();
  const store = await open(view);
  if (store === undefined) return;
  if (mode === 'write for ever') await writeForEver(store, view);
  if (mode === 'run out of room') await runOutOfRoom(store, view);
  say({ open: true });
  if (mode === 'hold') for await (const _ of createInterface({ input: process.stdin })) break;
  await store.close();
}

await run();
