/**
 * The table of settings. Parsing, `--help`, `config` and docs/settings.md are all made from it;
 * a field of `Config` that is missing here does not compile.
 */
import type { Config } from './config.js';
import {
  addressList,
  choice,
  hostToListenOn,
  networkName,
  orOff,
  type Setting,
  wholeNumber,
  yesOrNo,
} from './setting.js';
import { parseStoreLocation, STORE_LOCATION_ALLOWED } from './store-location.js';

/** What a setting gives before units are converted: the fields of `Config`, times in seconds. */
export interface SettingValues extends Omit<Config, 'cleanupIntervalMs' | 'ttlMs'> {
  readonly cleanupIntervalSeconds: number;
  readonly ttlSeconds: number;
}

/** Every setting, in the order in which it is shown. */
export const SETTINGS: { readonly [Name in keyof SettingValues]: Setting<SettingValues[Name]> } = {
  host: {
    variable: 'DISCOVERY_HOST',
    group: 'Serving',
    defaultText: '0.0.0.0',
    ...hostToListenOn,
    summary: 'address to listen on',
    trade:
      '`127.0.0.1` keeps the hub to this machine, as behind a reverse proxy; `::` takes IPv6 and IPv4.',
  },
  port: {
    variable: 'DISCOVERY_PORT',
    group: 'Serving',
    defaultText: '7465',
    ...wholeNumber(0, 65_535),
    summary: 'port to listen on; 0 takes any free one',
    trade: 'With `0` the port is another one at each start; it is logged.',
  },
  store: {
    variable: 'DISCOVERY_DB_URL',
    group: 'Serving',
    defaultText: 'sqlite:///discovery.db',
    allowed: STORE_LOCATION_ALLOWED,
    parse: parseStoreLocation,
    summary: 'where the advertisements are kept: a file, or a database that several hubs share',
    trade:
      'Three slashes: relative to the working directory; four: absolute. In memory nothing survives a restart: every provider is unknown until it renews, and a replayed old request can list it again. Hubs that share a PostgreSQL are one hub to the world (docs/cluster.md).',
  },
  rateLimitPerMinute: {
    variable: 'DISCOVERY_RATE_LIMIT_PER_MINUTE',
    group: 'Serving',
    defaultText: '100',
    ...wholeNumber(0, 1_000_000, 'requests'),
    summary:
      'reads, and apart from them writes that were refused or list a new provider, per address and minute; 0 is off',
    trade:
      'Higher serves many requestors behind one address; lower holds back one client sooner. Verified renewals are never charged to an address, so no value of it costs a provider its lease. `0` leaves a flood to whatever stands in front.',
  },
  maxWatches: {
    variable: 'DISCOVERY_MAX_WATCHES',
    group: 'Serving',
    defaultText: '10000',
    ...wholeNumber(1, 100_000, 'watches'),
    summary: 'how many may watch at once',
    trade:
      'Each holds a connection and up to 20 kB while it rests, and more while it reads slowly. At the bound new ones are answered SYS_002, and those that watch go on.',
  },
  maxWatchesPerAddress: {
    variable: 'DISCOVERY_MAX_WATCHES_PER_ADDRESS',
    group: 'Serving',
    defaultText: '100',
    ...wholeNumber(1, 100_000, 'watches'),
    summary: 'how many may watch at once from one client address',
    trade:
      'Keeps one address from taking all places. Raise it where many requestors share an address. It does not hold where the rate limit is switched off.',
  },
  ttlSeconds: {
    variable: 'DISCOVERY_ADVERTISEMENT_TTL_SECONDS',
    group: 'Advertisements',
    defaultText: '300',
    ...wholeNumber(1, 86_400, 'seconds'),
    summary: 'how long an advertisement stays listed without a renewal',
    trade:
      'Longer means fewer renewals, and providers that died stay listed for longer. Providers renew at a third of it: at 300 s, 100,000 providers are 1,000 durable writes a second.',
  },
  cleanupIntervalSeconds: {
    variable: 'DISCOVERY_CLEANUP_INTERVAL_SECONDS',
    group: 'Advertisements',
    defaultText: '60',
    ...wholeNumber(1, 3_600, 'seconds'),
    summary: 'how often what has ended is swept from the store',
    trade:
      'No answer shows an expired advertisement for longer than a second, however late the sweeper is. Longer sweeps less often and more at a time.',
  },
  maxAdvertisements: {
    variable: 'DISCOVERY_MAX_ADVERTISEMENTS',
    group: 'Advertisements',
    defaultText: '1000000',
    ...wholeNumber(1, 10_000_000, 'advertisements'),
    summary: 'how many may be listed at once',
    trade:
      'Bounds memory and the time that a start takes. At the bound new providers are answered SYS_002, and renewals go on.',
  },
  auth: {
    variable: 'DISCOVERY_AUTH',
    group: 'Trust',
    defaultText: 'required',
    ...choice('required', 'optional'),
    summary: 'whether every write must be signed',
    trade:
      '`optional` lists providers of the 0.1 generation too, with `verified: false`. Nothing proves who those are; they never overwrite what a key has signed.',
  },
  network: {
    variable: 'DISCOVERY_NETWORK',
    group: 'Trust',
    defaultText: 'mainnet',
    ...networkName,
    summary: 'the network whose signatures this hub takes',
    trade:
      'Part of every signed text. Signatures made for another network do not verify here, and changing it refuses every provider that was not changed as well.',
  },
  ipPolicy: {
    variable: 'DISCOVERY_IP_POLICY',
    group: 'Trust',
    defaultText: 'any',
    ...choice('any', 'public', 'source'),
    summary: 'which addresses may be advertised',
    trade:
      '`any` takes every unicast address, private ones included, for networks at home. `public` takes public ones only. `source` takes only the address that the request came from: nobody can advertise an address of somebody else, and a provider needs a way out by the address that it is reached at.',
  },
  trustedProxies: {
    variable: 'DISCOVERY_TRUSTED_PROXIES',
    group: 'Trust',
    defaultText: '',
    ...addressList,
    summary: 'proxies whose X-Forwarded-For counts',
    trade:
      'Name the reverse proxy that stands in front, and nothing wider: whoever is in this list can claim any address, in rate limits as in `source`. Without it all clients behind a proxy share one budget.',
  },
  metricsPort: {
    variable: 'DISCOVERY_METRICS_PORT',
    group: 'Watching the hub',
    defaultText: 'off',
    ...orOff(wholeNumber(0, 65_535)),
    summary: 'port of the Prometheus page on 127.0.0.1; 0 takes any free one',
    trade: 'Only this machine can read it. What is not read costs next to nothing.',
  },
  debug: {
    variable: 'DISCOVERY_DEBUG',
    group: 'Watching the hub',
    defaultText: 'false',
    ...yesOrNo,
    summary: 'readable log lines, and more of them',
    trade: 'For a person at a terminal. Slower than the JSON lines, and not for log collectors.',
  },
};

/** A setting whatever its value: for everyone who shows settings. */
export type AnySetting = Setting<unknown>;

/** The table as a list, in its order. */
export const SETTING_LIST: readonly AnySetting[] = Object.values(SETTINGS);
