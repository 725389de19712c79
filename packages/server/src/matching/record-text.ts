/**
 * The wire text of an advertisement, kept whole and flat: a page is made by stringing such texts
 * together, which costs next to nothing, while writing twenty records from their parts was half of
 * a request. A renewal leaves the text alone; whoever reads it next writes the times anew.
 *
 * Invariant: it is ASCII, and its times are at its end, at fixed widths. It is kept open, without
 * its closing brace, so that an estimate can be added without cutting anything off.
 */
import { asciiJson } from './ascii-json.js';
import type { Offer } from './contract.js';
import { timeText } from './time-text.js';

/** The times of a record, in wall-clock milliseconds. */
export interface RecordTimes {
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
}

const TIMES_CHARS = timesText({ createdAtMs: 0, updatedAtMs: 0, expiresAtMs: 0 }).length;

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
  return flat(known.slice(0, -1) + timesText(offer));
}

/** The same open record with other times. */
export function withTimes(open: string, times: RecordTimes): string {
  return flat(open.slice(0, -TIMES_CHARS) + timesText(times));
}

function timesText({ createdAtMs, updatedAtMs, expiresAtMs }: RecordTimes): string {
  return `,"created_at":"${timeText(createdAtMs)}","updated_at":"${timeText(updatedAtMs)}","expires_at":"${timeText(expiresAtMs)}"`;
}

/** The way through bytes makes one flat string; a rope or a slice would keep all its parts alive. */
function flat(ascii: string): string {
  return Buffer.from(ascii, 'latin1').toString('latin1');
}
