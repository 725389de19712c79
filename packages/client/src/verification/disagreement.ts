/**
 * Where the record of a hub says something else than the provider signed. Invariant: every field
 * of an advertisement is compared, in both directions, so that nothing can be altered, added or left out.
 */
import type {
  Advertisement,
  AdvertisementBody,
  Pricing,
  ProblemDetail,
  Resources,
} from 'golem-vm-discovery-protocol';
import { quote } from 'golem-vm-discovery-protocol/proof';

/** A value, or the fields of an object by their names. */
type Fields = Readonly<Record<string, string | number | undefined>>;

/** Every known field in one flat list; a field that is added to the types does not compile until it is compared. */
function flat({ resources, pricing = {}, ...top }: AdvertisementBody): Fields {
  const plain: Record<keyof typeof top, string | undefined> = {
    ip_address: top.ip_address,
    country: top.country,
    platform: top.platform,
    provider_name: top.provider_name,
  };
  const amounts: Record<`resources.${keyof Resources}`, number> = {
    'resources.cpu': resources.cpu,
    'resources.memory': resources.memory,
    'resources.storage': resources.storage,
  };
  const prices: Record<`pricing.${keyof Pricing}`, number | undefined> = {
    'pricing.usd_per_core_month': pricing.usd_per_core_month,
    'pricing.usd_per_gb_ram_month': pricing.usd_per_gb_ram_month,
    'pricing.usd_per_gb_storage_month': pricing.usd_per_gb_storage_month,
    'pricing.glm_per_core_month': pricing.glm_per_core_month,
    'pricing.glm_per_gb_ram_month': pricing.glm_per_gb_ram_month,
    'pricing.glm_per_gb_storage_month': pricing.glm_per_gb_storage_month,
  };
  return { ...plain, ...amounts, ...prices };
}

/** What differs, field by field; empty when both say the same. */
export function disagreements(
  answered: Advertisement,
  signed: AdvertisementBody,
): readonly ProblemDetail[] {
  const said = flat(answered);
  return Object.entries(flat(signed))
    .filter(([field, value]) => said[field] !== value)
    .map(([field, value]) => ({
      field,
      message: `is ${shown(said[field])} in the answer, and ${shown(value)} in what was signed`,
    }));
}

function shown(value: string | number | undefined): string {
  if (value === undefined) return 'absent';
  return typeof value === 'number' ? String(value) : quote(value);
}
