/**
 * The wire text of an advertisement, in ASCII. Its times are at its end, so that what they change in
 * never has to be written anew.
 */
import { asciiJson } from './ascii-json.js';
import type { Offer } from './contract.js';

/** The whole record, a JSON object. */
export function recordText(offer: Offer): string {
  const { createdAtMs, updatedAtMs, expiresAtMs } = offer;
  const times = {
    created_at: new Date(createdAtMs).toISOString(),
    updated_at: new Date(updatedAtMs).toISOString(),
    expires_at: new Date(expiresAtMs).toISOString(),
  };
  return `${openRecord(offer)},${JSON.stringify(times).slice(1)}`;
}

/** The record without its times and its closing brace. */
export function openRecord({ providerId, advertisement, verified }: Offer): string {
  const { provider_name, ip_address, country, platform, resources, pricing } = advertisement;
  const known = {
    provider_id: providerId,
    provider_name,
    ip_address,
    country,
    platform,
    resources,
    pricing,
    verified,
  };
  return asciiJson(known).slice(0, -1);
}
