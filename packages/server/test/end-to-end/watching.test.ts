/**
 * Watchers over real sockets and a hub that is killed, stopped and started again, with random traffic
 * meanwhile. What each was told, replayed, equals what a list says at its cursor.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createTemporaryFolder, type HubProcess, startHub } from './hub-process.js';
import { createDice, randomAdvertisement } from './random-market.js';
import { ResumingWatcher } from './resuming-watcher.js';
import { createEd25519Stranger, type Stranger } from './strangers.js';
import { compare, type List, listAt, untilTold } from './told-and-listed.js';
import { advertise, withdraw } from './wire-client.js';

const SEED = 20_261_122;
const PROVIDERS = 40;
const STEPS = 400;

const QUERIES = [
  '',
  'country=DE',
  'country=SE,US&platform=arm64',
  'cpu=8',
  'cpu=2&memory=2&storage=50&max_usd_per_month=20',
  'verified=true&memory=64',
] as const;

describe('watchers of a hub that is killed and stopped under traffic', () => {
  const dice = createDice(SEED);
  const strangers: Stranger[] = [];
  const watchers: ResumingWatcher[] = [];
  const lists: List[] = [];
  let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;
  let hub: HubProcess;

  const start = (): Promise<HubProcess> =>
    startHub(folder.path, {
      // Some run out, most are withdrawn or renewed before.
      DISCOVERY_ADVERTISEMENT_TTL_SECONDS: '3',
    });

  before(async () => {
    folder = await createTemporaryFolder();
    hub = await start();
    for (let n = 0; n < PROVIDERS; n += 1) strangers.push(createEd25519Stranger());
  });

  after(async () => {
    for (const watcher of watchers) watcher.close();
    await Promise.all(watchers.map(({ over }) => over));
    await hub.end('SIGKILL');
    await folder.remove();
  });

  function watch(query: string): void {
    watchers.push(new ResumingWatcher(() => hub.url, query));
  }

  const list = (query: string): Promise<List> => listAt(hub.url, query);

  async function restart(signal: NodeJS.Signals): Promise<void> {
    await hub.end(signal);
    hub = await start();
  }

  async function act(step: number): Promise<void> {
    const stranger = strangers[dice(PROVIDERS)];
    const watcher = watchers[dice(watchers.length)];
    const query = QUERIES[dice(QUERIES.length)] ?? '';
    const what = dice(100);
    if (stranger === undefined) return;
    if (step === 130 || step === 260) await restart('SIGKILL');
    else if (step === 200) await restart('SIGTERM');
    else if (what < 55)
      await advertise(hub.url, stranger, JSON.stringify(randomAdvertisement(dice)), Date.now());
    else if (what < 70) await withdraw(hub.url, stranger, Date.now());
    else if (what < 80) lists.push(await list(query));
    else if (what < 84) watch(query);
    else if (what < 92) watcher?.drop();
    else if (what < 96) watcher?.stall(200);
    else await wait(60);
  }

  it('tells each of them a history that leads from list to list', async () => {
    for (const query of QUERIES) watch(query);
    for (let step = 0; step < STEPS; step += 1) {
      await act(step);
      for (const watcher of watchers) watcher.verify();
    }
    const last = await Promise.all(QUERIES.map((query) => list(query)));
    const end = Math.max(...last.map(({ revision }) => revision));
    await untilTold(watchers, end);
    for (const watcher of watchers) watcher.verify();
    const compared = [...lists, ...last].reduce((sum, each) => sum + compare(watchers, each), 0);
    assert.ok(compared > 30, `only ${compared} lists could be compared`);
    const departures = watchers.some(({ connections }) => connections > 3);
    assert.ok(departures, 'nobody ever came back');
  });
});
