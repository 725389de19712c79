/** A real hub behind a real edge on a loopback port, with clocks and timers that a test turns. */
import assert from 'node:assert/strict';
import { createAdmission } from '#src/admission/admission.js';
import type { Config } from '#src/config/config.js';
import { createHttpEdge, type HttpEdge } from '#src/http/edge.js';
import type { PageFile } from '#src/http/page-files.js';
import type { EdgeLog } from '#src/http/problem-answers.js';
import { createIndex } from '#src/matching/advertisement-index.js';
import type { Registry } from '#src/registry/contract.js';
import { openRegistry, type HubRegistry } from '#src/registry/registry.js';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.js';
import {
  createFakeClock,
  createFakeSchedule,
  type FakeClock,
  type FakeSchedule,
} from '../fake-clock.js';

/** One line of the log: its level, its message, its fields. */
export type Line = Readonly<Record<string, unknown>>;

/** What a test holds in its hands. */
export interface EdgeUnderTest {
  readonly edge: HttpEdge;
  readonly registry: HubRegistry;
  readonly clock: FakeClock;
  readonly port: number;
  readonly url: string;
  /** Everything that was logged at error, in order. */
  readonly errors: unknown[];
  /** Everything that was logged, in order. */
  readonly lines: readonly Line[];
  /** The texts of all that is listed: equal before and after what changes nothing. */
  listed(): Promise<unknown>;
  /** Rings every timer of the registry once. */
  ring(): Promise<void>;
  close(): Promise<void>;
}

/** What a test may choose: settings, and whether the hub has loaded. */
export interface Choices extends Partial<Config> {
  readonly load?: boolean;
  readonly clock?: FakeClock;
  /** A registry whose every use case throws. */
  readonly crashing?: boolean;
  readonly page?: readonly PageFile[] | undefined;
}

const DEFAULTS: Config = {
  host: '127.0.0.1',
  port: 0,
  debug: false,
  store: { kind: 'sqlite_memory' },
  rateLimitPerMinute: 0,
  cleanupIntervalMs: 60_000,
  ttlMs: 300_000,
  maxAdvertisements: 10_000,
  maxWatches: 100,
  maxWatchesPerAddress: 10,
  auth: 'required',
  network: 'mainnet',
  ipPolicy: 'any',
  trustedProxies: [],
  metricsPort: undefined,
};

/** Opens everything; the test closes it. */
export async function openEdge({
  load = true,
  crashing = false,
  page,
  clock = createFakeClock(),
  ...settings
}: Choices = {}): Promise<EdgeUnderTest> {
  const config = { ...DEFAULTS, ...settings };
  const { auth, network, ipPolicy } = config;
  const admission = createAdmission({ auth, network, ipPolicy, clock });
  const schedule = createFakeSchedule();
  const registry = await openRealRegistry(config, clock, admission, schedule);
  if (load) await registry.load();
  const errors: unknown[] = [];
  const lines: Line[] = [];
  const edge = createHttpEdge({
    config,
    registry: crashing ? crashed(registry) : registry,
    clock,
    log: logInto({ errors, lines }, config.debug),
    version: '1.2.3',
    page,
  });
  const { port, url } = await edge.listen();
  return {
    edge,
    registry,
    clock,
    port,
    url,
    errors,
    lines,
    ring: () => schedule.ring(),
    listed: async () => (await fetch(`${url}/api/v1/advertisements?proof=true`)).json(),
    async close() {
      await edge.close();
      await registry.close();
      await admission.close();
    },
  };
}

async function openRealRegistry(
  config: Config,
  clock: FakeClock,
  admission: ReturnType<typeof createAdmission>,
  schedule: FakeSchedule,
): Promise<HubRegistry> {
  const path = config.store.kind === 'sqlite' ? config.store.path : ':memory:';
  const opened = await openRegistry({
    admission,
    index: createIndex(),
    clock,
    schedule,
    ttlMs: config.ttlMs,
    cleanupIntervalMs: config.cleanupIntervalMs,
    listedMax: config.maxAdvertisements,
    openStore: (listener) => openSqliteStore({ path, listener, clock }),
    onHealth: () => undefined,
  });
  assert.ok(opened.ok, opened.ok ? '' : opened.problem);
  return opened.value;
}

/** A registry with a bug in it, the kind that no code is meant to have. */
function crashed(registry: HubRegistry): Registry {
  const crash = () => {
    throw new Error('secret');
  };
  return {
    advertise: crash,
    withdraw: crash,
    refusedBefore: crash,
    find: crash,
    findProven: crash,
    watches: registry.watches,
    explain: crash,
    stats: crash,
    status: crash,
    get: crash,
    getProven: crash,
    standing: () => 'unknown',
    phase: () => registry.phase(),
    freshness: () => ({ silentMs: 0, isCatchingUp: false }),
    writable: () => true,
    listed: 0,
    close: () => registry.close(),
  };
}

function logInto(
  said: { readonly errors: unknown[]; readonly lines: Line[] },
  debug: boolean,
): EdgeLog {
  const write =
    (level: string) =>
    (...words: unknown[]) => {
      const [fields, message] = words;
      said.lines.push({ level, message, ...(typeof fields === 'object' && fields) });
      if (level === 'error') said.errors.push(words);
    };
  return {
    error: write('error'),
    warn: write('warn'),
    debug: write('debug'),
    isLevelEnabled: (level) => level !== 'debug' || debug,
  };
}
