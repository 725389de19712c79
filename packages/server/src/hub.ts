/**
 * The composition of a hub: config in, something that listens and closes cleanly out. This is
 * the only file that knows all the rooms; it decides nothing.
 *
 * Order of closing: the edge first (nothing new comes in, what is under way is answered), then
 * the registry with its store (what was acknowledged is committed already, what waits is now),
 * then the threads that nobody asks any more.
 */
import { accept, refuse, type Result } from 'golem-vm-discovery-protocol';
import { createAdmission } from './admission/admission.js';
import type { Implementation } from './admission/verification.js';
import type { Config } from './config/config.js';
import { createHttpEdge } from './http/edge.js';
import { pageFolder, readPageFiles } from './http/page-files.js';
import { createIndex } from './matching/advertisement-index.js';
import { serveHubMetrics } from './hub-metrics.js';
import { openRegistry } from './registry/registry.js';
import { createSystemSchedule } from './registry/schedule.js';
import type { Inheritance, SharedListener, Store, StoreHealth } from './store/contract.js';
import { openPostgresStore } from './store/postgres/postgres-store.js';
import { openSqliteStore } from './store/sqlite/sqlite-store.js';
import type { Clock } from './telemetry/clock.js';
import type { Log } from './telemetry/log.js';
import type { MetricsPage } from './telemetry/metrics-page.js';

/** How long to wait for a database that is not there when a hub starts. Then the process ends, and whoever supervises it is told. */
const DATABASE_PATIENCE_MS = 60_000;

/** What a hub needs from the process around it. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Aborted when the process is asked to stop: a start that waits for its database waits no longer. */
  readonly stopping?: AbortSignal;
  /** Called for a bug that nobody can answer for: the process should end. */
  readonly onBug: (error: unknown) => void;
}

/** Where a hub listens, and what it found when it started. */
export interface Listening {
  readonly url: string;
  /** Where Prometheus reads, if it may. */
  readonly metricsUrl: string | undefined;
  readonly inheritance: Inheritance;
}

/** A hub. */
export interface Hub {
  /**
   * Listens, then loads: until it resolves, `/readyz` is 503 and everything else SYS_002. Rejects when the
   * port is taken, and with `UnreadableStore` when its store is lost meanwhile; the caller closes it then, and does not use it again.
   */
  listen(): Promise<Listening>;
  /** How many are listed now. */
  listed(): number;
  /** How signatures are verified: `native`, or `portable` where no binary fits this machine. */
  readonly verification: Implementation;
  /** Drains, commits and lets go of everything. Safe to call twice. */
  close(): Promise<void>;
}

/** Opens the store and puts a hub together around it. A refusal is a sentence for the operator. */
export async function createHub(
  config: Config,
  surroundings: Surroundings,
): Promise<Result<Hub, string>> {
  const { clock, log, version } = surroundings;
  const admission = createAdmission({
    auth: config.auth,
    network: config.network,
    ipPolicy: config.ipPolicy,
    clock,
    providersMax: config.maxAdvertisements,
    ...(config.rateLimitPerMinute === 0 && { providerWritesPerMinuteMax: 0 }),
    onWorkerCrash: (cause) =>
      log.error({ err: cause }, 'a verification thread ended and is replaced'),
  });
  const opened = await openRegistry({
    admission,
    index: createIndex(),
    clock,
    schedule: createSystemSchedule(surroundings.onBug),
    ttlMs: config.ttlMs,
    cleanupIntervalMs: config.cleanupIntervalMs,
    listedMax: config.maxAdvertisements,
    openStore: (listener) => openStore(config, listener, surroundings),
    onHealth: (health) => logHealth(log, health),
  });
  if (!opened.ok) {
    await admission.close();
    return refuse(opened.problem);
  }
  const registry = opened.value;
  const edge = createHttpEdge({
    config,
    registry,
    clock,
    log,
    version,
    page: readPageFiles(pageFolder()),
  });
  let metrics: MetricsPage | undefined;
  return accept({
    verification: admission.implementation,
    listed: () => registry.listed,
    async listen() {
      metrics = await serveHubMetrics(registry, config.metricsPort);
      const { url } = await edge.listen();
      return { url, metricsUrl: metrics?.url, inheritance: await registry.load() };
    },
    async close() {
      await edge.close();
      await registry.close();
      await admission.close();
      await metrics?.close();
    },
  });
}

function openStore(
  { store: location, network, auth, ttlMs }: Config,
  listener: SharedListener,
  { clock, log, onBug, stopping }: Surroundings,
): Promise<Result<Store, string>> {
  if (location.kind === 'postgres') {
    const notice = (message: string): void => log.warn(message);
    const agreement = {
      DISCOVERY_NETWORK: network,
      DISCOVERY_AUTH: auth,
      DISCOVERY_ADVERTISEMENT_TTL_SECONDS: String(ttlMs / 1_000),
    };
    return openPostgresStore({
      url: location.url,
      listener,
      clock,
      notice,
      agreement,
      patienceMs: DATABASE_PATIENCE_MS,
      stopping,
    });
  }
  const path = location.kind === 'sqlite' ? location.path : ':memory:';
  const lost = (message: string): void => onBug(new Error(message));
  return openSqliteStore({ path, listener, clock, lost });
}

function logHealth(log: Log, health: StoreHealth): void {
  if (health.kind === 'refusing') log.error({ reason: health.message }, 'the store refuses writes');
  else log.info('the store takes writes again');
}
