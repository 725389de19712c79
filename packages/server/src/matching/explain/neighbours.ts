/** Writes down what there is to say of an advertisement that nearly matches. */
import type { Attendance } from '../attendance.js';
import type { Neighbour } from '../contract.js';
import type { Names } from '../rows/names.js';
import type { ProviderSlots } from '../providers/provider-slots.js';
import type { Rows } from '../rows/rows.js';
import { missedNames } from './missed.js';
import type { Describe } from './nearest.js';
import type { Yardstick } from './yardstick.js';
import { wholeShape } from '../whole-shape.js';

/** What is known of slots. */
export interface SlotRecords {
  readonly slots: ProviderSlots;
  readonly rows: Rows;
  readonly attendance: Attendance;
  readonly platforms: Names;
  readonly countries: Names;
  readonly yardstick: Yardstick;
}

/** Describes the neighbours of one question. */
export function createDescription(records: SlotRecords): Describe {
  const { slots, rows, attendance, platforms, countries, yardstick } = records;
  const isWholeShape = wholeShape(yardstick.requirements) !== undefined;
  return ({ slot, index, mask, shortfall }): Neighbour => {
    const usd = yardstick.usd(index);
    return {
      providerId: slots.providerIn(slot),
      country: countries.nameOf(rows.country(slot)),
      platform: platforms.nameOf(rows.platform(slot)) || undefined,
      resources: { cpu: rows.cpu(slot), memory: rows.memory(slot), storage: rows.storage(slot) },
      verified: attendance.isVerified(slot),
      usdPerMonth: isWholeShape && usd !== Infinity ? usd : undefined,
      missing: missedNames(mask).map((requirement) => ({
        requirement,
        shortfall: yardstick.shortfall(index, requirement),
      })),
      shortfall,
    };
  };
}
