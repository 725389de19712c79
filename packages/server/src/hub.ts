/**
 * The composition of a hub: config in, something that listens and closes cleanly out. This is
 * the only file that knows all the rooms; it decides nothing.
 */
import { accept, type Result } from 'golem-vm-discovery-protocol';
import { createAdmission } from './admission/admission.js';
import type { Config, StoreLocation } from './config/config.js';
import { createHttpEdge, type HttpEdge } from './http/edge.js';
import { createIndex } from './matching/advertisement-index.js';
import { openRegistry, type HubRegistry } from './registry/registry.js';
import { createSystemSchedule } from './registry/schedule.js';
import type { Inheritance } from './store/contract.js';
import { openSqliteStore } from './store/sqlite/sqlite-store.js';
import type { Clock } from './telemetry/clock.js';
import type { Log } from './telemetry/log.js';

/** What a hub needs from the process around it. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
}

/** Where a hub listens, and what it found when it started. */
export interface Listening {
  readonly url: string;
  readonly inheritance: Inheritance;
}

/** A hub. `close` drains, commits and lets go of everything; it is safe to call twice. */
export interface Hub {
  /** Listens, then loads: until it resolves, `/readyz` says 503 and everything else SYS_002. */
  listen(): Promise<Listening>;
  /** How many are listed now. */
  listed(): number;
  close(): Promise<void>;
}
