/**
 * What the registry holds in memory about one provider: the last `t`, and either a lease
 * (`listed`) or the memory of one that ended. At a million providers every field here is
 * eight megabytes, so an entry holds what admission and leases need, and nothing else.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { LeaseMs } from './lease-clock.js';

/**
 * `new`: just made, in no queue. `listed`: its lease runs, or ran out a moment ago. `lapsed`: its lease ran out, reads no longer show
 * it, and the store has not yet committed that it ended. `remembered`: it is not listed, its `t` is kept.
 */
export type EntryState = 'new' | 'listed' | 'lapsed' | 'remembered';

/** One provider. Mutable: the live view owns it. The links belong to the queue that it is in. */
export interface Entry {
  readonly providerId: ProviderId;
  state: EntryState;
  /** The last accepted `t`; `undefined` for one that is listed unsigned. */
  t: number | undefined;
  /** The grant of the present lease, which an expiration must name. */
  grant: number;
  /** When the lease ends, or when the memory may be purged. */
  due: LeaseMs;
  /** When it last renewed, on the monotonic clock: it is the pace of the provider, which goes on while leases stand still. */
  renewedMs: number;
  /** The network that last renewed it. */
  source: string | undefined;
  previous: Entry | undefined;
  next: Entry | undefined;
}

/** On the monotonic clock, earlier than anything: for renewals that an earlier run granted. */
export const LONG_AGO_MS = -Infinity;

/** An entry for a provider that was not known, in no queue yet. */
export function createEntry(providerId: ProviderId, now: LeaseMs): Entry {
  return {
    providerId,
    state: 'new',
    t: undefined,
    grant: 0,
    due: now,
    renewedMs: LONG_AGO_MS,
    source: undefined,
    previous: undefined,
    next: undefined,
  };
}
