/**
 * The wire text of an advertisement: what never changes while it is listed unchanged is
 * serialised once and kept (the head), the times are written when it is read, and so is the
 * estimate, which belongs to a question. A renewal therefore serialises nothing.
 */
import type { Estimate } from 'golem-vm-discovery-protocol';
import type { Offer } from './contract.js';
import { timeText } from './time-text.js';

/**
 * Everything up to `created_at`, without a closing brace. The way through bytes makes it one flat
 * string of its own: a slice would keep the whole of what it was cut from alive beside it.
 */
export function recordHead({ providerId, advertisement, verified }: Offer): string {
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
  const bytes = Buffer.from(JSON.stringify(known), 'utf8');
  return bytes.toString('utf8', 0, bytes.length - '}'.length);
}

/** The times of a record, in wall-clock milliseconds. */
export interface RecordTimes {
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
}

/** The whole record: head, times, and the estimate where there is one. */
export function recordText(
  head: string,
  { createdAtMs, updatedAtMs, expiresAtMs }: RecordTimes,
  estimate?: Estimate,
): string {
  const created = `${head},"created_at":"${timeText(createdAtMs)}"`;
  const times = `${created},"updated_at":"${timeText(updatedAtMs)}","expires_at":"${timeText(expiresAtMs)}"`;
  return estimate === undefined ? `${times}}` : `${times},"estimate":${estimateText(estimate)}}`;
}

/** As `JSON.stringify` writes it, in half the time: that was a third of a page with estimates. */
function estimateText({ usd_per_month, usd_per_hour, glm_per_month }: Estimate): string {
  const usd = `{"usd_per_month":${usd_per_month},"usd_per_hour":${usd_per_hour}`;
  return glm_per_month === undefined ? `${usd}}` : `${usd},"glm_per_month":${glm_per_month}}`;
}
