/** Whether a hub answered with an explanation. */
import type { Explanation, NearMiss, Relaxation } from 'golem-vm-discovery-protocol';
import { isFlag, isNumber, isText, listOf, optional, record, type Check } from './shape.js';

const isMissing = listOf(record({ requirement: isText, shortfall: isNumber, message: isText }));

const NEAR_MISS_FIELDS: Readonly<Record<keyof NearMiss, Check>> = {
  provider_id: isText,
  country: isText,
  platform: optional(isText),
  resources: record({ cpu: isNumber, memory: isNumber, storage: isNumber }),
  verified: isFlag,
  usd_per_month: optional(isNumber),
  shortfall: isNumber,
  missing: isMissing,
};

const RELAXATION_FIELDS: Readonly<Record<keyof Relaxation, Check>> = {
  requirement: isText,
  asked: isText,
  enough: optional(isText),
  change: isNumber,
  message: isText,
  query: isText,
};

const FIELDS: Readonly<Record<keyof Explanation, Check>> = {
  message: isText,
  listed: isNumber,
  matching: isNumber,
  requirements: listOf(
    record({
      requirement: isText,
      asked: isText,
      rules_out: isNumber,
      rules_out_alone: isNumber,
      matching_without: isNumber,
    }),
  ),
  nearest: listOf(record(NEAR_MISS_FIELDS)),
  relaxation: optional(record(RELAXATION_FIELDS)),
};

const fitsExplanation = record(FIELDS);

/** Whether the value is the answer of `/advertisements/explain`. */
export function isExplanation(value: unknown): value is Explanation {
  return fitsExplanation(value);
}
