/** The public entry: everything that other packages may use, and nothing else. */
export {
  AdvertisementBodySchema,
  PricingSchema,
  ResourcesSchema,
  type AdvertisementBody,
  type Pricing,
  type Resources,
} from './advertisement.js';
export * from './advertisement-body.js';
export * from './answers.js';
export * from './explanation.js';
export { countryName, isCountryCode } from './countries.js';
export * from './estimate.js';
export { parseFindQuery, parseRequirements } from './find-query.js';
export { FindQuerySchema } from './find-query-schema.js';
export * from './watch-answers.js';
export { parseWatchQuery, type WatchQuery } from './watch-query.js';
export { WAIT_SECONDS_DEFAULT, WatchQuerySchema } from './watch-query-schema.js';
export * from './ip-address.js';
export { editsBetween } from './near-miss.js';
export * from './pricing.js';
export * from './proof.js';
export { grouped } from './grouped-digits.js';
export { formatRequirements } from './requirements-text.js';
export * from './requirements.js';
export * from './signing.js';
export * from './provider-status.js';
export * from './stats.js';
export * from './strict-json.js';
export * from './verification.js';
