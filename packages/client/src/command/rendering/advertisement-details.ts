/** What `get` shows: one advertisement with everything in it. */
import {
  type Advertisement,
  type AdvertisementBody,
  type Estimate,
  estimatePrice,
  type Pricing,
} from 'golem-vm-discovery-protocol';
import { ageText, coresText, gigabytesText, usdPerHourText, usdPerMonthText } from './amounts.js';
import { countryLabel } from './country-label.js';
import type { Detail } from './details.js';
import { neutralText } from './neutral-text.js';

/** How far it can be relied on. */
export type Standing =
  /** Its proof was checked here; RFC 3339, when its provider signed it. */
  { readonly checked: true; readonly signedAt: string } | { readonly checked: false };

/** The details, all harmless. `nowMs` is Unix milliseconds. */
export function advertisementDetails(
  advertisement: Advertisement,
  standing: Standing,
  nowMs: number,
): readonly Detail[] {
  return [
    ['provider', neutralText(advertisement.provider_id)],
    ...offerDetails(advertisement),
    ['signed', signedText(advertisement, standing, nowMs)],
    ['listed', listedText(advertisement, nowMs)],
  ];
}

/** What a provider says of itself. */
export function offerDetails(offer: AdvertisementBody): readonly Detail[] {
  const { provider_name, ip_address, country, platform } = offer;
  return [
    ['name', ...(provider_name === undefined ? [] : [neutralText(provider_name)])],
    ['address', neutralText(ip_address)],
    ['country', countryLabel(country)],
    ['offers', offerText(offer)],
    ['platform', ...(platform === undefined ? [] : [neutralText(platform)])],
    ['price', ...priceLines(offer)],
  ];
}

function offerText({ resources: { cpu, memory, storage } }: AdvertisementBody): string {
  return `${coresText(cpu)}, ${gigabytesText(memory)} of memory, ${gigabytesText(storage)} of storage`;
}

function priceLines({ resources, pricing = {} }: AdvertisementBody): string[] {
  const whole = estimatePrice(resources, pricing);
  const usd = unitPrices('$', pricing, 'usd');
  const glm = unitPrices('', pricing, 'glm');
  return [
    ...(whole === undefined ? [] : [wholeText(whole)]),
    ...(usd === '' ? [] : [`${usd}, a month`]),
    ...(glm === '' ? [] : [`in GLM: ${glm}`]),
  ];
}

function wholeText({ usd_per_month, usd_per_hour }: Estimate): string {
  return `$${usdPerMonthText(usd_per_month)} a month for all of it, $${usdPerHourText(usd_per_hour)} an hour`;
}

/** `$4 a core, $2 a GB of memory, $0.1 a GB of storage`: as they were advertised, unrounded. */
function unitPrices(sign: string, pricing: Pricing, currency: 'usd' | 'glm'): string {
  const units = [
    [pricing[`${currency}_per_core_month`], 'a core'],
    [pricing[`${currency}_per_gb_ram_month`], 'a GB of memory'],
    [pricing[`${currency}_per_gb_storage_month`], 'a GB of storage'],
  ] as const;
  return units
    .filter(([price]) => price !== undefined)
    .map(([price, unit]) => `${sign}${price} ${unit}`)
    .join(', ');
}

function signedText({ verified }: Advertisement, standing: Standing, nowMs: number): string {
  if (standing.checked) {
    return `✓ ${ageText(nowMs - Date.parse(standing.signedAt))} ago, checked here`;
  }
  return verified ? '✓ says the hub; --verify checks it here' : 'no: nothing proves who said this';
}

function listedText({ created_at, updated_at, expires_at }: Advertisement, nowMs: number): string {
  const since = ageText(nowMs - Date.parse(created_at));
  const renewed = ageText(nowMs - Date.parse(updated_at));
  const seconds = Math.max(0, Math.round((Date.parse(expires_at) - nowMs) / 1_000));
  return `for ${since}, renewed ${renewed} ago, its lease lasts another ${seconds} s`;
}
