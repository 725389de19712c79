/**
 * How many providers a hub takes. Renewals are never refused here: over the bound only those
 * who are not listed yet are turned away.
 */
import type { Problem } from 'golem-vm-discovery-protocol';
import { full } from './outcomes.js';

/** For every listing that may be, at most this many providers are known, listed or remembered. */
const KNOWN_PER_LISTED_MAX = 2;

/** What there is to count. */
export interface Census {
  readonly listed: number;
  readonly known: number;
}

/** See the head of this file. */
export interface Capacity {
  /** Why one more listing can't be taken, if it can't. */
  refuseListing(): Problem | undefined;
  /** Why one more provider can't be remembered, if it can't. */
  refuseMemory(): Problem | undefined;
  /** Counts a listing that is on its way to the store, until `work` is done. */
  whileArriving<Value>(work: () => Promise<Value>): Promise<Value>;
}

/** Bounds the providers of a hub at `listedMax` listings. */
export function createCapacity(census: Census, listedMax: number): Capacity {
  let arriving = 0;
  const knownMax = listedMax * KNOWN_PER_LISTED_MAX;
  const isOverfull = (): boolean => census.known + arriving >= knownMax;
  return {
    refuseListing() {
      return census.listed + arriving >= listedMax || isOverfull() ? full(listedMax) : undefined;
    },
    refuseMemory() {
      return isOverfull() ? full(listedMax) : undefined;
    },
    async whileArriving(work) {
      arriving += 1;
      try {
        return await work();
      } finally {
        arriving -= 1;
      }
    },
  };
}
