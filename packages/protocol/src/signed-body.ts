/**
 * Reads the known fields out of a body without schemas, for those who check proofs: a page should
 * not load four times the weight of the check itself to read six fields.
 * Invariant: it accepts what `parseAdvertisementBody` accepts and reads the same out of it; that one
 * is for hubs, and says field by field what is wrong. Tests hold the two together.
 */
import type { AdvertisementBody, Pricing, Resources } from './advertisement.js';
import { isCountryCode } from './countries.js';
import { parseIpAddress } from './ip-address.js';
import { LIMITS } from './limits.js';
import { isPlatform } from './platform.js';
import { isProviderName } from './provider-name.js';
import { parseStrictJson } from './strict-json.js';

/** Reads one value; `undefined` for what is not acceptable. */
type Reader<Value> = (value: unknown) => Value | undefined;

/** The known fields that were given, or `undefined` for bytes that no hub would have accepted. */
export function readSignedBody(bytes: Uint8Array): AdvertisementBody | undefined {
  const json = parseStrictJson(bytes);
  if (!json.ok || !isRecord(json.value.value)) return undefined;
  const given = json.value.value;
  const ip_address = ipAddress(given['ip_address']);
  const country = countryCode(given['country']);
  const resources = readResources(given['resources']);
  const platform = unlessAbsent(given['platform'], platformName);
  const pricing = unlessAbsent(given['pricing'], readPricing);
  const provider_name = unlessAbsent(given['provider_name'], providerName);
  if (ip_address === undefined || country === undefined || resources === undefined)
    return undefined;
  if (!platform || !pricing || !provider_name) return undefined;
  return {
    ip_address,
    country,
    resources,
    ...(platform.value !== undefined && { platform: platform.value }),
    ...(pricing.value !== undefined && hasPrice(pricing.value) && { pricing: pricing.value }),
    ...(provider_name.value !== undefined && { provider_name: provider_name.value }),
  };
}

/** `null` counts as not given; `undefined` comes out for what was given and is not acceptable. */
function unlessAbsent<Value>(
  value: unknown,
  read: Reader<Value>,
): { readonly value: Value | undefined } | undefined {
  if (value === undefined || value === null) return { value: undefined };
  const found = read(value);
  return found === undefined ? undefined : { value: found };
}

const ipAddress = textWhere((text) => (parseIpAddress(text)?.reach ?? 'none') !== 'none');
const countryCode = textWhere(isCountryCode);
const platformName = textWhere(isPlatform);
const providerName = textWhere(isProviderName);

function textWhere(isAcceptable: (text: string) => boolean): Reader<string> {
  return (value) => (typeof value === 'string' && isAcceptable(value) ? value : undefined);
}

function readResources(value: unknown): Resources | undefined {
  if (!isRecord(value)) return undefined;
  const cpu = amountUpTo(LIMITS.cpuCoresMax, value['cpu']);
  const memory = amountUpTo(LIMITS.memoryGbMax, value['memory']);
  const storage = amountUpTo(LIMITS.storageGbMax, value['storage']);
  if (cpu === undefined || memory === undefined || storage === undefined) return undefined;
  return { cpu, memory, storage };
}

function amountUpTo(maximum: number, value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maximum
    ? value
    : undefined;
}

/** In the order of the schema. */
const PRICES = [
  'usd_per_core_month',
  'usd_per_gb_ram_month',
  'usd_per_gb_storage_month',
  'glm_per_core_month',
  'glm_per_gb_ram_month',
  'glm_per_gb_storage_month',
] as const satisfies readonly (keyof Pricing)[];

function readPricing(value: unknown): Pricing | undefined {
  if (!isRecord(value)) return undefined;
  const pricing: { -readonly [Name in keyof Pricing]: Pricing[Name] } = {};
  for (const name of PRICES) {
    const price = unlessAbsent(value[name], unitPrice);
    if (price === undefined) return undefined;
    if (price.value !== undefined) pricing[name] = price.value;
  }
  return pricing;
}

function unitPrice(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= LIMITS.unitPriceMax
    ? value
    : undefined;
}

/** A list of prices without a price counts as not given. */
function hasPrice(pricing: Pricing): boolean {
  return Object.keys(pricing).length > 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
