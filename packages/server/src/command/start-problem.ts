/** Says in a plain line why a hub could not start, where the reason is one that an operator can repair. */
import { flagOf } from '../config/setting.js';
import { SETTINGS } from '../config/settings.js';

/** What the system says and what to do about it, by its error code. A port is chosen with what follows `with`. */
const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another process: stop that one, or choose another port with',
  EACCES: 'needs privileges that this process does not have: choose a port from 1024 on with',
  EADDRNOTAVAIL: 'is not an address of this machine: see DISCOVERY_HOST',
  ENOTFOUND: 'is not a host name that can be resolved: see DISCOVERY_HOST',
  EAFNOSUPPORT: 'is of an address family that this machine does not have: see DISCOVERY_HOST',
};

/**
 * A plain line for an error of listening; `undefined` for every other error, which is a bug. The
 * port in the error tells whether it was that of the metrics.
 */
export function describeListenError(error: unknown, metricsPort?: number): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  if (
    typeof error.code !== 'string' ||
    !/^(?:listen|bind|getaddrinfo)$/.test(String(error.syscall))
  ) {
    return undefined;
  }
  const advice = ADVICE[error.code];
  if (advice === undefined) return undefined;
  const said = `${placeOf(error)} ${advice}`;
  return said.endsWith(' with') ? `${said} ${portSettingOf(error, metricsPort)}` : said;
}

/** What Node says where the binary is missing, and where it was made for another Node or another machine. */
const UNUSABLE_ADDON =
  /Could not locate the bindings file|NODE_MODULE_VERSION|invalid ELF header|better_sqlite3\.node/;

/** Says of a store that can't be opened what to do about it, where the store itself knows no better than Node. */
export function describeStoreProblem(problem: string): string {
  return UNUSABLE_ADDON.test(problem)
    ? 'the SQLite addon is not built for this Node and machine: run npm rebuild better-sqlite3 where the hub is installed (npm 12 and later want to be allowed it first: npm install-scripts approve better-sqlite3), or name a PostgreSQL in DISCOVERY_DB_URL'
    : problem;
}

function portSettingOf(error: object, metricsPort: number | undefined): string {
  const { variable } =
    'port' in error && error.port === metricsPort ? SETTINGS.metricsPort : SETTINGS.port;
  return `${variable} or ${flagOf({ variable })}`;
}

function placeOf(error: object): string {
  const address = 'address' in error ? String(error.address) : undefined;
  const host = address ?? ('hostname' in error ? String(error.hostname) : 'the address');
  const shown = host.includes(':') ? `[${host}]` : host;
  return 'port' in error ? `${shown}:${String(error.port)}` : shown;
}
