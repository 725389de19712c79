/** Whether what was signed satisfies what was asked for: a true advertisement may still be no answer. */
import type { AdvertisementBody } from 'golem-vm-discovery-protocol';
import { monthlyUsd } from 'golem-vm-discovery-protocol/proof';

/** What was asked for, as far as a signed body can satisfy it. A hub has understood it already. */
export interface Asked {
  readonly cpu?: number | undefined;
  readonly memory?: number | undefined;
  readonly storage?: number | undefined;
  readonly country?: string | readonly string[] | undefined;
  readonly platform?: string | undefined;
  readonly max_usd_per_month?: number | undefined;
}

/** The first requirement that is not met, by its name; `undefined` when all are. */
export function unmet(asked: Asked, signed: AdvertisementBody): keyof Asked | undefined {
  const { cpu = 0, memory = 0, storage = 0, country, platform, max_usd_per_month } = asked;
  const { resources } = signed;
  if (resources.cpu < cpu) return 'cpu';
  if (resources.memory < memory) return 'memory';
  if (resources.storage < storage) return 'storage';
  if (country !== undefined && !isOneOf(country, signed.country)) return 'country';
  if (platform !== undefined && signed.platform !== platform) return 'platform';
  if (max_usd_per_month === undefined) return undefined;
  const price = monthlyUsd({ cpu, memory, storage }, signed.pricing) ?? Infinity;
  return price <= max_usd_per_month ? undefined : 'max_usd_per_month';
}

/** As on the wire: one or several codes, in any case, also joined by commas. */
function isOneOf(asked: string | readonly string[], country: string): boolean {
  return String(asked).toUpperCase().split(',').includes(country);
}
