/**
 * The axes along which boxes are cut, and an advertisement as a point on them. The first eight are
 * what requirements are about; the last two part what is equal in all of those, so that however
 * alike advertisements are, a full leaf can be cut.
 */
import type { Rows } from '../rows/rows.js';

export const AXIS = {
  cpu: 0,
  memory: 1,
  storage: 2,
  platform: 3,
  country: 4,
  /** The next three are `Infinity` for the unpriced. */
  corePrice: 5,
  memoryPrice: 6,
  storagePrice: 7,
  idCode: 8,
  slot: 9,
} as const;

/** How many axes there are. */
export const AXES = 10;

/** How many of them, from the first on, boxes have bounds on. */
export const BOUNDED_AXES = 8;

/** Writes the point of a slot to a place in `points`. */
export function writePoint(rows: Rows, slot: number, points: Float64Array, at: number): void {
  points[at + AXIS.cpu] = rows.cpu(slot);
  points[at + AXIS.memory] = rows.memory(slot);
  points[at + AXIS.storage] = rows.storage(slot);
  points[at + AXIS.platform] = rows.platform(slot);
  points[at + AXIS.country] = rows.country(slot);
  points[at + AXIS.corePrice] = rows.corePrice(slot);
  points[at + AXIS.memoryPrice] = rows.memoryPrice(slot);
  points[at + AXIS.storagePrice] = rows.storagePrice(slot);
  points[at + AXIS.idCode] = rows.idCode(slot);
  points[at + AXIS.slot] = slot;
}

/** Where a slot lies on one axis. */
export function coordinate(rows: Rows, slot: number, axis: number): number {
  switch (axis) {
    case AXIS.cpu:
      return rows.cpu(slot);
    case AXIS.memory:
      return rows.memory(slot);
    case AXIS.storage:
      return rows.storage(slot);
    case AXIS.platform:
      return rows.platform(slot);
    case AXIS.country:
      return rows.country(slot);
    case AXIS.corePrice:
      return rows.corePrice(slot);
    case AXIS.memoryPrice:
      return rows.memoryPrice(slot);
    case AXIS.storagePrice:
      return rows.storagePrice(slot);
    case AXIS.idCode:
      return rows.idCode(slot);
    default:
      return slot;
  }
}
