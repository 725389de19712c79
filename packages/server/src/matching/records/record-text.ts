/**
 * The wire text of an advertisement, in ASCII. Its times are at its end, so that what they change in
 * never has to be written anew.
 */
import type { Pricing } from 'golem-vm-discovery-protocol';
import { asciiJson } from './ascii-json.js';
import type { Offer } from '../contract.js';

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

/**
 * The record without its times and its closing brace. Written out, where `JSON.stringify` of one object
 * took twice as long: a hub that starts does it a million times. Only the name can hold what JSON escapes.
 */
export function openRecord({ providerId, advertisement, verified }: Offer): string {
  const { provider_name, ip_address, country, platform, resources, pricing } = advertisement;
  const { cpu, memory, storage } = resources;
  const name = provider_name === undefined ? '' : `,"provider_name":${asciiJson(provider_name)}`;
  const onPlatform = platform === undefined ? '' : `,"platform":"${platform}"`;
  return (
    `{"provider_id":"${providerId}"${name},"ip_address":"${ip_address}","country":"${country}"${onPlatform}` +
    `,"resources":{"cpu":${cpu},"memory":${memory},"storage":${storage}}${pricingText(pricing)},"verified":${verified}`
  );
}

const UNITS = [
  'usd_per_core_month',
  'usd_per_gb_ram_month',
  'usd_per_gb_storage_month',
  'glm_per_core_month',
  'glm_per_gb_ram_month',
  'glm_per_gb_storage_month',
] as const satisfies readonly (keyof Pricing)[];

function pricingText(pricing: Pricing | undefined): string {
  if (pricing === undefined) return '';
  let prices = '';
  for (const unit of UNITS) {
    const price = pricing[unit];
    if (price !== undefined) prices += `,"${unit}":${price}`;
  }
  return `,"pricing":{${prices.slice(1)}}`;
}
