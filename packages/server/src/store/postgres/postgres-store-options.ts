/** What a store on PostgreSQL is opened with, and what holds where it is not said. */
import type { Clock } from '../../telemetry/clock.js';
import type { SharedListener } from '../contract.js';
import type { QueueBounds } from '../write-queue.js';
import type { Agreement } from './agreement.js';
import type { DatabaseTime } from './database-time.js';

/** How to open a store. */
export interface PostgresStoreOptions extends Partial<QueueBounds> {
  /** `postgresql://user:password@host:port/database`; several hosts, with commas between, are tried in turn. */
  readonly url: string;
  readonly listener: SharedListener;
  readonly clock: Pick<Clock, 'wallMs' | 'monotonicMs'>;
  /** Settings that all who use the database must have been given alike. */
  readonly agreement?: Agreement;
  /** Given things that an operator should read, while the store is open. */
  readonly notice?: (message: string) => void;
  /** By which clock times are decided. Default: the database's. */
  readonly time?: DatabaseTime;
  /** How long to wait for a database that does not let us in, milliseconds. Default 0: it is tried once. */
  readonly patienceMs?: number;
  /** Ends that waiting. */
  readonly stopping?: AbortSignal | undefined;
  /** How long `close` waits for the database. Default 10 s. */
  readonly closeTimeoutMs?: number;
}

/** The defaults. */
export const POSTGRES_DEFAULTS = {
  maxQueuedWrites: 8_000,
  maxBatchWrites: 1_000,
  writeTimeoutMs: 3_000,
  closeTimeoutMs: 10_000,
} as const;
