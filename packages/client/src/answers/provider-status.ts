/** Whether a hub answered with how a provider stands. */
import type { ProviderStatus } from 'golem-vm-discovery-protocol';
import { isFlag, isNumber, isText, isTime, optional, record, type Check } from './shape.js';

const FIELDS: Readonly<Record<keyof ProviderStatus, Check>> = {
  provider_id: isText,
  state: isText,
  message: isText,
  verified: optional(isFlag),
  since: optional(isTime),
  renewed_at: optional(isTime),
  until: optional(isTime),
  ended_at: optional(isTime),
  price_rank: optional(
    record({
      country: isText,
      resources: record({ cpu: isNumber, memory: isNumber, storage: isNumber }),
      usd_per_month: isNumber,
      rank: isNumber,
      of: isNumber,
    }),
  ),
  last_refusal: optional(record({ code: isText, message: isText, at: isTime })),
};

const fitsStatus = record(FIELDS);

/** Whether the value is the answer of `/providers/{id}/status`. */
export function isProviderStatus(value: unknown): value is ProviderStatus {
  return fitsStatus(value);
}
