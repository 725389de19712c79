/** What a hub is told at start, decided once and closed: everything after `config/` takes a `Config`, nobody else reads the environment. */

/** Where the truth is kept. */
export type StoreLocation =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'sqlite_memory' }
  /** `url` may hold a password: it goes to the database and nowhere else. */
  | { readonly kind: 'postgres'; readonly url: string };

/** Which addresses a provider may advertise (DISCOVERY_IP_POLICY). */
export type IpPolicy = 'any' | 'public' | 'source';

/** The settings of a hub, parsed. Units are in the names. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly debug: boolean;
  readonly store: StoreLocation;
  /** Reads, and apart from them chargeable writes, per client address and minute; 0 is off. */
  readonly rateLimitPerMinute: number;
  readonly cleanupIntervalMs: number;
  readonly ttlMs: number;
  readonly maxAdvertisements: number;
  /** Watches at once, in all and from one address. */
  readonly maxWatches: number;
  readonly maxWatchesPerAddress: number;
  readonly auth: 'required' | 'optional';
  readonly network: string;
  readonly ipPolicy: IpPolicy;
  /** Addresses or CIDRs whose X-Forwarded-For counts. */
  readonly trustedProxies: readonly string[];
  /** Prometheus text on 127.0.0.1; `undefined` is off. */
  readonly metricsPort: number | undefined;
}
