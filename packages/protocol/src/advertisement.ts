/**
 * What a provider says about itself, as a schema: the one source of validation, types and OpenAPI.
 * A description completes the sentence "must be …": it is documentation and error message in one.
 */
import Type, { type Static } from 'typebox';
import { isCountryCode } from './countries.js';
import { grouped } from './grouped-digits.js';
import { parseIpAddress } from './ip-address.js';
import { LIMITS } from './limits.js';
import { PLATFORM_DESCRIPTION, PLATFORM_PATTERN } from './platform.js';
import { isProviderName } from './provider-name.js';

function amount(maximum: number, unit: string) {
  const description = `an integer from 1 to ${grouped(maximum)} (${unit})`;
  return Type.Integer({ minimum: 1, maximum, description });
}

function price(unit: string) {
  const maximum = LIMITS.unitPriceMax;
  const description = `a number from 0 to ${grouped(maximum)} (${unit})`;
  return Type.Optional(Type.Number({ minimum: 0, maximum, description }));
}

/** What is offered: whole cores and gigabytes, by value, so that `4.0` is 4. */
export const ResourcesSchema = Type.ReadonlyObject(
  Type.Object({
    cpu: amount(LIMITS.cpuCoresMax, 'cores'),
    memory: amount(LIMITS.memoryGbMax, 'GB of memory'),
    storage: amount(LIMITS.storageGbMax, 'GB of storage'),
  }),
  { description: 'an object with cpu, memory and storage' },
);

/** Unit prices, each optional, in US dollars and in GLM. */
export const PricingSchema = Type.ReadonlyObject(
  Type.Object({
    usd_per_core_month: price('USD per core and month'),
    usd_per_gb_ram_month: price('USD per GB of memory and month'),
    usd_per_gb_storage_month: price('USD per GB of storage and month'),
    glm_per_core_month: price('GLM per core and month'),
    glm_per_gb_ram_month: price('GLM per GB of memory and month'),
    glm_per_gb_storage_month: price('GLM per GB of storage and month'),
  }),
  { description: 'an object of unit prices' },
);

const IpAddressSchema = Type.Refine(
  Type.String({
    description: 'an IPv4 or IPv6 unicast address, without zone, port or leading zeros',
    examples: ['83.233.10.2', '2a01:4f8::7'],
  }),
  (text) => (parseIpAddress(text)?.reach ?? 'none') !== 'none',
);

const CountrySchema = Type.Refine(
  Type.String({
    pattern: '^[A-Z]{2}$',
    description: 'an ISO 3166-1 alpha-2 country code in upper case, such as SE',
    examples: ['SE'],
  }),
  isCountryCode,
);

/** The platform of a provider, as it is advertised and asked for. */
export const PlatformSchema = Type.String({
  pattern: PLATFORM_PATTERN,
  description: PLATFORM_DESCRIPTION,
  examples: ['x86_64', 'arm64'],
});

const ProviderNameSchema = Type.Refine(
  Type.String({
    minLength: 1,
    maxLength: LIMITS.providerNameCharsMax,
    description: `1 to ${LIMITS.providerNameCharsMax} printable characters, not only spaces`,
  }),
  isProviderName,
);

/**
 * The body of a POST, as far as it is known. Fields that are not known are allowed, signed, and
 * ignored; an optional field may be `null`, which counts as not given.
 */
export const AdvertisementBodySchema = Type.ReadonlyObject(
  Type.Object({
    ip_address: IpAddressSchema,
    country: CountrySchema,
    resources: ResourcesSchema,
    platform: Type.Optional(PlatformSchema),
    pricing: Type.Optional(PricingSchema),
    provider_name: Type.Optional(ProviderNameSchema),
  }),
  { description: 'a JSON object with ip_address, country and resources' },
);

/** Cores, GB of memory, GB of storage. */
export type Resources = Static<typeof ResourcesSchema>;

/** Unit prices per month. */
export type Pricing = Static<typeof PricingSchema>;

/** The known fields of an advertisement that were given, as they were given. */
export type AdvertisementBody = Static<typeof AdvertisementBodySchema>;
