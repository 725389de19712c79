/**
 * What follows the store from its first commit on: the view with its clock, and the chronicle. It puts them
 * together and hands on what the store tells and asks; it keeps only whether the store takes writes.
 */
import type { AdvertisementIndex } from '../matching/contract.js';
import type { SharedListener, StoreHealth } from '../store/contract.js';
import type { Held, SharedTruth } from '../store/shared-truth.js';
import { asMonotonicMs, type Clock } from '../telemetry/clock.js';
import { Chronicle } from './chronicle.js';
import type { Entry } from './entry.js';
import { ChangeFeed } from './feed/change-feed.js';
import { createLeaseClock, type LeaseClock } from './lease-clock.js';
import { LiveView } from './live-view.js';

/** See the head of this file. */
export interface Followers {
  readonly view: LiveView;
  readonly chronicle: Chronicle;
  readonly leaseClock: LeaseClock;
  readonly health: () => StoreHealth;
  readonly listener: SharedListener;
  /** From now on leases are counted on the clock of all who share the store, if anybody does. */
  share(truth: SharedTruth | undefined): void;
}

/** What followers are made of. */
export interface FollowerParts {
  readonly index: AdvertisementIndex;
  readonly clock: Clock;
  readonly ttlMs: number;
  /** Told when the store stops or begins again to take writes. */
  readonly onHealth: (health: StoreHealth) => void;
}

export function createFollowers({ index, clock, ttlMs, onHealth }: FollowerParts): Followers {
  let shared: SharedTruth | undefined;
  let health: StoreHealth = { kind: 'writable' };
  const leaseClock = createLeaseClock(() =>
    shared ? asMonotonicMs(shared.leaseMs()) : clock.monotonicMs(),
  );
  const monotonicMs = (): number => clock.monotonicMs();
  const view = new LiveView({ index, leaseClock, monotonicMs, ttlMs, feed: new ChangeFeed() });
  const chronicle = new Chronicle();
  return {
    view,
    chronicle,
    leaseClock,
    health: () => health,
    share(truth) {
      shared = truth;
    },
    listener: {
      applied(commit) {
        view.apply(commit);
        chronicle.note(commit.changes);
      },
      healthChanged(changed) {
        health = changed;
        if (changed.kind === 'refusing') leaseClock.pause();
        else leaseClock.resume();
        onHealth(changed);
      },
      held: (providerId) => heldOf(view.find(providerId)),
      heldIds: () => view.ids(),
    },
  };
}

/** What lapsed is listed to the store for as long as it was not ended there. */
function heldOf(entry: Entry | undefined): Held | undefined {
  return entry && { isListed: entry.state !== 'remembered', t: entry.t, grant: entry.grant };
}
