/**
 * The orders that trees are kept in, and places in them. An order is by a key, ascending, and then
 * by provider id.
 */
import { LIMITS, type ProviderId } from 'golem-vm-discovery-protocol';

/** A plain number: it is looked at millions of times a second. */
export const ORDER = {
  uptime: 0,
  cpu: 1,
  memory: 2,
  storage: 3,
} as const;
export type Order = (typeof ORDER)[keyof typeof ORDER];

/** A place in an order, taken or not. */
export interface Place {
  readonly key: number;
  /** See `idCode`. */
  readonly idCode: number;
  readonly providerId: ProviderId;
}

const ID_CODE_BITS = 31;
const HINT_MAX = 2 ** 32 - 1;
/** A second or so: the hint is good until the year 2109, and after that only slow. */
const UPTIME_STEP_MS = 1_024;

/**
 * The first 32 bits of a place: where one place comes before another, its hint is less or equal.
 * Nodes keep the hints of what they hold beside it, and most comparisons need nothing else: without
 * them every step of a search was a miss in the caches, and a change took three times as long.
 */
export function hintOf(order: Order, key: number, idCode: number): number {
  switch (order) {
    case ORDER.uptime:
      return Math.min(Math.floor(Math.max(key, 0) / UPTIME_STEP_MS), HINT_MAX);
    case ORDER.cpu:
      return hintOfSize(key + LIMITS.cpuCoresMax, 11, idCode);
    case ORDER.memory:
      return hintOfSize(key + LIMITS.memoryGbMax, 17, idCode);
    case ORDER.storage:
      return hintOfSize(key + LIMITS.storageGbMax, 24, idCode);
  }
}

/** The size in as many bits as it needs, the upper bits of the id code in the rest. */
function hintOfSize(size: number, sizeBits: number, idCode: number): number {
  const idBits = 32 - sizeBits;
  const upper = Math.min(Math.max(size, 0), 2 ** sizeBits - 1) * 2 ** idBits;
  return Math.floor(upper) + Math.floor(idCode / 2 ** (ID_CODE_BITS - idBits));
}
