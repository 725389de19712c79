/**
 * Runs a hub until it is asked to stop. Acknowledged writes are durable before they are
 * acknowledged, so a stop in a hurry loses none of them; a stop in peace also answers what waits.
 */
import type { EffectiveSettings } from '../config/read-settings.js';
import type { Config } from '../config/config.js';
import { SETTINGS } from '../config/settings.js';
import { redactSecrets } from '../config/redaction.js';
import type { Hub, Listening } from '../hub.js';
import { systemClock } from '../telemetry/clock.js';
import { createLog, type Log } from '../telemetry/log.js';
import { describeInherited } from './inherited.js';
import { start } from './starting.js';
import { listenForStop } from './stopping.js';

/** How a run ended: an exit code, and a plain line for `stderr` where the start was refused. */
export interface Ended {
  readonly exitCode: number;
  readonly message?: string;
}

/** Resolves when the hub has stopped. */
export async function serve(settings: EffectiveSettings, version: string): Promise<Ended> {
  const { config } = settings;
  const log = createLog({ debug: config.debug });
  const onBug = (error: unknown) => exitAfterBug(log, error);
  process.on('uncaughtException', onBug);
  const stop = listenForStop(process, () => log.fatal('did not stop in time'));
  // Imported only now, so that `--help` and a refused setting need no native module.
  const { createHub } = await import('../hub.js');
  const surroundings = { clock: systemClock, log, version, stopping: stop.signal, onBug };
  const started = await start({
    create: () => createHub(config, surroundings),
    stop,
    metricsPort: config.metricsPort,
    notice: (message) => log.warn(message),
  });
  if (started.kind === 'refused') return { exitCode: 1, message: started.message };
  if (started.kind === 'listening') {
    const { hub, listening } = started;
    logStart(log, settings, listening, hub, version);
    log.info({ signal: await stop.requested }, 'stopping');
    await hub.close();
  }
  log.info('stopped');
  return { exitCode: 0 };
}

/** After a bug nobody knows what state the process is in. What is durable stays so, and a supervisor starts it again. */
function exitAfterBug(log: Log, error: unknown): void {
  log.fatal({ err: error }, 'ending after an error that nothing expected');
  process.exit(1);
}

function logStart(
  log: Log,
  { config, given, notices }: EffectiveSettings,
  { url, metricsUrl, inheritance }: Listening,
  hub: Hub,
  version: string,
): void {
  for (const notice of [...notices, ...inheritance.notices]) log.warn(notice);
  const { lastAliveMs } = inheritance;
  const inherited = describeInherited(hub.listed(), lastAliveMs, systemClock.wallMs());
  if (inherited !== undefined) log.info(inherited);
  if (hub.verification !== 'native') {
    log.warn('no native addon for signatures fits this machine: verifying takes 20 times as long');
  }
  if (metricsUrl !== undefined) log.info(`metrics at ${metricsUrl}`);
  log.info(
    { version, advertisements: hub.listed(), ...summaryOf(config, given), pid: process.pid },
    `listening on ${url}`,
  );
}

function summaryOf(
  config: Config,
  given: EffectiveSettings['given'],
): Readonly<Record<string, string | number>> {
  const store = given.find(({ setting }) => setting.variable === SETTINGS.store.variable);
  return {
    store: redactSecrets(store?.text ?? ''),
    auth: config.auth,
    network: config.network,
    ipPolicy: config.ipPolicy,
    rateLimitPerMinute: config.rateLimitPerMinute,
    ttlSeconds: config.ttlMs / 1_000,
  };
}
