/** Whether a hub answered with advertisements. Nothing is believed here but the shape; see `verification/` for the rest. */
import type { Advertisement, GrantedAdvertisement } from 'golem-vm-discovery-protocol';
import { isFlag, isNumber, isText, isTime, optional, record, type Check } from './shape.js';

const unitPrice = optional(isNumber);

/** A field that is added to the type does not compile until it is checked here. */
const FIELDS: Readonly<Record<keyof Advertisement, Check>> = {
  provider_id: isText,
  ip_address: isText,
  country: isText,
  resources: record({ cpu: isNumber, memory: isNumber, storage: isNumber }),
  platform: optional(isText),
  pricing: optional(
    record({
      usd_per_core_month: unitPrice,
      usd_per_gb_ram_month: unitPrice,
      usd_per_gb_storage_month: unitPrice,
      glm_per_core_month: unitPrice,
      glm_per_gb_ram_month: unitPrice,
      glm_per_gb_storage_month: unitPrice,
    }),
  ),
  provider_name: optional(isText),
  created_at: isTime,
  updated_at: isTime,
  expires_at: isTime,
  verified: isFlag,
  estimate: optional(
    record({ usd_per_month: isNumber, usd_per_hour: isNumber, glm_per_month: unitPrice }),
  ),
  proof: optional(record({ signature: isText, body: isText })),
};

const fitsAdvertisement = record(FIELDS);
const fitsGranted = record({ ...FIELDS, refresh_after_seconds: isNumber });

/** Whether the value is an advertisement as a hub answers it. */
export function isAdvertisement(value: unknown): value is Advertisement {
  return fitsAdvertisement(value);
}

/** Whether the value is the answer to a POST. */
export function isGrantedAdvertisement(value: unknown): value is GrantedAdvertisement {
  return fitsGranted(value);
}

/** Whether the value is the answer to a search: a list of advertisements, and nothing but. */
export function isAdvertisementList(value: unknown): value is readonly Advertisement[] {
  return Array.isArray(value) && value.every(isAdvertisement);
}
