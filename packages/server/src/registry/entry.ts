/**
 * What the registry knows of one provider: the last `t`, and either a lease (`listed`) or the memory of
 * one that ended. A field is four or eight megabytes among a million, so there is what admission and
 * leases need, and nothing else.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import { DUE, type EntryColumns, GRANT, RENEWED, STATE, T } from './entry-columns.js';
import { asLeaseMs, type LeaseMs } from './lease-clock.js';

const STATES = ['new', 'listed', 'lapsed', 'remembered'] as const;

/**
 * `new`: just made, in no queue. `listed`: its lease runs, or ran out a moment ago. `lapsed`: its lease ran out, reads no longer show
 * it, and the store has not yet committed that it ended. `remembered`: it is not listed, its `t` is kept.
 */
export type EntryState = (typeof STATES)[number];

/** `new`, as columns have it. */
export const NEW = STATES.indexOf('new');

/** On the monotonic clock, earlier than anything: for renewals that an earlier run granted. */
export const LONG_AGO_MS = -Infinity;

/**
 * One provider, as it is in the columns now: a look at a seat, which is worth nothing once the
 * provider was dropped from the ledger. The live view owns what it shows.
 */
export class Entry {
  readonly seat: number;
  readonly #columns: EntryColumns;

  constructor(columns: EntryColumns, seat: number) {
    this.#columns = columns;
    this.seat = seat;
  }

  get providerId(): ProviderId {
    return this.#columns.providerIn(this.seat);
  }

  get state(): EntryState {
    return STATES[this.#columns.integer(this.seat, STATE)] ?? 'new';
  }

  set state(state: EntryState) {
    this.#columns.setInteger(this.seat, STATE, STATES.indexOf(state));
  }

  /** The last accepted `t`; `undefined` for one that is listed unsigned. */
  get t(): number | undefined {
    const t = this.#columns.double(this.seat, T);
    return Number.isNaN(t) ? undefined : t;
  }

  set t(t: number | undefined) {
    this.#columns.setDouble(this.seat, T, t ?? NaN);
  }

  /** The grant of the present lease, which an expiration must name. */
  get grant(): number {
    return this.#columns.integer(this.seat, GRANT);
  }

  set grant(grant: number) {
    this.#columns.setInteger(this.seat, GRANT, grant);
  }

  /** When the lease ends, or when the memory may be purged. */
  get due(): LeaseMs {
    return asLeaseMs(this.#columns.double(this.seat, DUE));
  }

  set due(due: LeaseMs) {
    this.#columns.setDouble(this.seat, DUE, due);
  }

  /** When it last renewed, on the monotonic clock: it is the pace of the provider, which goes on while leases stand still. */
  get renewedMs(): number {
    return this.#columns.double(this.seat, RENEWED);
  }

  set renewedMs(renewedMs: number) {
    this.#columns.setDouble(this.seat, RENEWED, renewedMs);
  }

  /** The network that last renewed it. */
  get source(): string | undefined {
    return this.#columns.source(this.seat);
  }

  set source(source: string | undefined) {
    this.#columns.setSource(this.seat, source);
  }
}
