/**
 * The wire text of an advertisement.
 *
 * Invariant: it is ASCII, and its times are at its end, at fixed widths, so that a renewal writes
 * over the two that it changes. It is kept open, without its closing brace, so that an estimate can
 * be added without cutting anything off.
 */
import { asciiJson } from './ascii-json.js';
import type { Offer } from './contract.js';
import { timeText } from './time-text.js';

/** The whole record, a JSON object. */
export function recordText(offer: Offer): string {
  return `${openRecord(offer)}}`;
}

/** The record without its closing brace. */
export function openRecord(offer: Offer): string {
  const { providerId, advertisement, verified } = offer;
  const { provider_name, ip_address, country, platform, resources, pricing } = advertisement;
  const known = asciiJson({
    provider_id: providerId,
    provider_name,
    ip_address,
    country,
    platform,
    resources,
    pricing,
    verified,
  });
  const { createdAtMs, updatedAtMs, expiresAtMs } = offer;
  const created = `,"created_at":"${timeText(createdAtMs)}"`;
  return known.slice(0, -1) + created + renewedTimesText(updatedAtMs, expiresAtMs);
}

/** What a renewal changes; it is what an open record ends with. */
export function renewedTimesText(updatedAtMs: number, expiresAtMs: number): string {
  return `,"updated_at":"${timeText(updatedAtMs)}","expires_at":"${timeText(expiresAtMs)}"`;
}

export const RENEWED_TIMES_CHARS = renewedTimesText(0, 0).length;
