/** `npm run bench:watch`: thousands of watchers on one hub. docs/benchmarks.md says how to read it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol';
import { isQuick, readCommandLine } from './command-line.js';
import { createLoadGenerator, type LoadGenerator, perSecond } from './load-generator.js';
import { createRandom, MARKET_COUNTRIES } from './market.js';
import { packQuestions } from './questions.js';
import { median } from './rounds.js';
import { type ServerProcess, startHub } from './server-process.js';
import { type Crowd, createCrowd } from './watch-crowd.js';
import { WatchedProviders } from './watched-providers.js';

const quick = readCommandLine(isQuick);

const WATCHERS = quick ? 500 : 5_000;
/** Requirements that changes concern, and one more that the rest of the watchers have. */
const CONCERNED_GROUPS = 49;
const GROUP_WATCHERS = quick ? 5 : 50;
const PROVIDERS = quick ? 500 : 5_000;
const CHANGES_PER_SECOND = 500;
const SECONDS = quick ? 2 : 10;
const ROUNDS = quick ? 1 : 3;
const DEAF = quick ? 100 : 1_000;
/** Until the kernel's own buffers are full, and those who do not read are found out. */
const DEAF_SECONDS = quick ? 3 : 30;
const TARGETS = { p99Ms: 250, idleKb: 20, findRatio: 0.7 };

const COUNTRIES = MARKET_COUNTRIES.slice(0, CONCERNED_GROUPS);
const WATCH_PATH = `${ADVERTISEMENTS_PATH}/watch`;

/** 50 different requirements: a change concerns all who have one of the first 49. */
function crowdPaths(): string[] {
  const concerned = COUNTRIES.flatMap((country) =>
    Array.from({ length: GROUP_WATCHERS }, () => `${WATCH_PATH}?country=${country}&cpu=2`),
  );
  const others = Array.from(
    { length: WATCHERS - concerned.length },
    () => `${WATCH_PATH}?cpu=1024`,
  );
  return [...concerned, ...others];
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function memoryKb({ metricsPort }: ServerProcess, name: string): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const line = page.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.split(' ')[1]) / 1_024;
}

/** Runs `work` while so many changes a second are made. */
async function whileChanging<Value>(
  { hub, changer, providers }: Scene,
  seconds: number,
  work: () => Promise<Value>,
): Promise<Value> {
  const count = seconds * CHANGES_PER_SECOND;
  const changes = changer.run({
    port: hub.port,
    batch: providers.signChanges(count),
    from: 0,
    to: count,
    repeats: false,
    connections: 32,
    ms: seconds * 1_000,
    perSecond: CHANGES_PER_SECOND,
  });
  const value = await work();
  const { answered } = await changes;
  if (answered < count * 0.95) print(`  only ${answered} of ${count} changes were made in time`);
  return value;
}

interface Scene {
  readonly hub: ServerProcess;
  readonly changer: LoadGenerator;
  readonly asker: LoadGenerator;
  readonly crowd: Crowd;
  readonly providers: WatchedProviders;
}

async function findsPerSecond(scene: Scene): Promise<number> {
  const batch = packQuestions(createRandom(7), 2_000, 'in a country');
  const run = async (): Promise<number> => {
    const plan = { port: scene.hub.port, batch, from: 0, to: 2_000, repeats: true };
    const result = await scene.asker.run({ ...plan, connections: 64, ms: 4_000 });
    return perSecond(result);
  };
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rates.push(await whileChanging(scene, 5, run));
  return median(rates);
}

async function delays({ crowd }: Scene, during: () => Promise<unknown>): Promise<string> {
  await crowd.count();
  await during();
  await wait(500);
  const sorted = (await crowd.counted()).toSorted();
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return `${sorted.length} arrivals, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, last ${sorted.at(-1)} ms`;
}

async function measure(scene: Scene): Promise<void> {
  const { hub, crowd, asker, providers } = scene;
  await asker.run({
    port: hub.port,
    batch: providers.signFirst(),
    from: 0,
    to: PROVIDERS,
    repeats: false,
    connections: 64,
    ms: 120_000,
  });
  await findsPerSecond(scene);
  const without = await findsPerSecond(scene);
  await wait(2_000);
  const before = await memoryKb(hub, 'process_resident_memory_bytes');
  const openedMs = performance.now();
  await crowd.open(hub.port, crowdPaths(), true);
  const opening = performance.now() - openedMs;
  await wait(3_000);
  const resting = await memoryKb(hub, 'process_resident_memory_bytes');
  const idleKb = (resting - before) / WATCHERS;
  print(`open        ${WATCHERS} watchers in ${Math.round(opening)} ms`);
  print(`idle        ${idleKb.toFixed(1)} kB of memory each (at most ${TARGETS.idleKb})`);
  const quiet = await delays(scene, () => whileChanging(scene, SECONDS, () => wait(1)));
  print(`arrival     ${quiet} (p99 at most ${TARGETS.p99Ms})`);
  const busy: number[] = [];
  const loaded = await delays(scene, async () => void busy.push(await findsPerSecond(scene)));
  const rate = busy[0] ?? Number.NaN;
  print(
    `find        ${Math.round(without)} a second without watchers, ${Math.round(rate)} with: ${(rate / without).toFixed(2)} (at least ${TARGETS.findRatio})`,
  );
  print(`            meanwhile ${loaded}`);
  await crowd.leave();
  await measureDeaf(scene);
}

/** Those who never read. */
async function measureDeaf(scene: Scene): Promise<void> {
  const { hub, crowd } = scene;
  await wait(3_000);
  const memory = async (): Promise<string> => {
    const heap = await memoryKb(hub, 'nodejs_heap_size_used_bytes');
    const external = await memoryKb(hub, 'nodejs_external_memory_bytes');
    const resident = await memoryKb(hub, 'process_resident_memory_bytes');
    return `heap ${mb(heap)}, external ${mb(external)}, resident ${mb(resident)} MB`;
  };
  print(`deaf        before: ${await memory()}`);
  await crowd.open(
    hub.port,
    Array.from({ length: DEAF }, () => WATCH_PATH),
    false,
  );
  for (let passed = 0; passed < DEAF_SECONDS; passed += DEAF_SECONDS / 3) {
    await whileChanging(scene, DEAF_SECONDS / 3, () => wait(1));
    print(
      `            ${DEAF} who never read, after ${passed + DEAF_SECONDS / 3} s: ${await memory()}`,
    );
  }
  await crowd.leave();
}

function mb(kb: number): string {
  return (kb / 1_024).toFixed(0);
}

const folder = await mkdtemp(join(tmpdir(), 'golem-discovery-bench-'));
const hub = await startHub(folder, false, { DISCOVERY_MAX_WATCHES: '20000' });
const [changer, asker, crowd] = [createLoadGenerator(), createLoadGenerator(), createCrowd()];
try {
  await measure({
    hub,
    changer,
    asker,
    crowd,
    providers: new WatchedProviders(PROVIDERS, COUNTRIES),
  });
} finally {
  await Promise.all([changer.close(), asker.close(), crowd.close()]);
  await hub.close();
  await rm(folder, { recursive: true });
}
