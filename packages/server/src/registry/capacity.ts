/**
 * How many providers a hub takes. Renewals are never refused here: over the bound only those who
 * are not listed are turned away, and among these only unknown ones for the sake of memory.
 */
import type { Problem } from 'golem-vm-discovery-protocol';
import type { Standing } from './contract.js';
import { full, overfull } from './outcomes.js';

/** What there is to count. */
export interface Census {
  readonly listed: number;
  /** Listed or remembered. */
  readonly known: number;
}

/** How many there may be. */
export interface Bounds {
  readonly listedMax: number;
  readonly rememberedMax: number;
}

/** See the head of this file. */
export interface Capacity {
  /** Why one more listing can't be taken, if it can't. */
  refuseListing(standing: Standing): Problem | undefined;
  /** Why the `t` of a provider that is not listed can't be recorded, if it can't. */
  refuseMemory(standing: Standing): Problem | undefined;
  /** Counts a listing that is on its way to the store, until `work` is done. */
  whileArriving<Value>(work: () => Promise<Value>): Promise<Value>;
}

/** Bounds the providers of a hub. */
export function createCapacity(census: Census, { listedMax, rememberedMax }: Bounds): Capacity {
  let arriving = 0;
  const refuseMemory = (standing: Standing): Problem | undefined =>
    standing === 'unknown' && census.known + arriving >= listedMax + rememberedMax
      ? overfull()
      : undefined;
  return {
    refuseMemory,
    refuseListing(standing) {
      return census.listed + arriving >= listedMax ? full(listedMax) : refuseMemory(standing);
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
