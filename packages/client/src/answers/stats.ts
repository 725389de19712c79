/** Whether a hub answered with the market in numbers. */
import type { Stats } from 'golem-vm-discovery-protocol';
import { isNumber, isText, isTime, listOf, optional, record, type Check } from './shape.js';

const SUM: Readonly<Record<'providers' | 'verified' | 'resources', Check>> = {
  providers: isNumber,
  verified: isNumber,
  resources: record({ cpu: isNumber, memory: isNumber, storage: isNumber }),
};

const levels = optional(record({ p10: isNumber, median: isNumber, p90: isNumber }));

const FIELDS: Readonly<Record<keyof Stats, Check>> = {
  ...SUM,
  verified_share: isNumber,
  countries: listOf(record({ ...SUM, country: isText })),
  platforms: listOf(
    record({ ...SUM, platform: (value) => value === null || typeof value === 'string' }),
  ),
  other_platforms: optional(record(SUM)),
  priced: isNumber,
  prices: record({
    usd_per_core_month: levels,
    usd_per_gb_ram_month: levels,
    usd_per_gb_storage_month: levels,
  }),
  shapes: listOf(
    record({ name: isText, resources: SUM.resources, providers: isNumber, usd_per_month: levels }),
  ),
  traffic: listOf(
    record({ hour: isTime, arrived: isNumber, withdrawn: isNumber, expired: isNumber }),
  ),
};

const fitsStats = record(FIELDS);

/** Whether the value is the answer of `/stats`. */
export function isStats(value: unknown): value is Stats {
  return fitsStats(value);
}
