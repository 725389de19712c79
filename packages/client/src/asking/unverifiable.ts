/** The failure of an advertisement whose proof does not hold. */
import type { Failure } from '../failure.js';
import type { Rejection } from '../verification/verified-advertisement.js';

const SHOWN_CHARS_MAX = 128;

/** Names the provider and the reason; what the hub gave as its id may be anything, so it is shown as printable ASCII. */
export function unverifiable({ providerId, reason, details, hub }: Rejection): Failure {
  const shown = providerId.slice(0, SHOWN_CHARS_MAX).replaceAll(/[^ -~]/g, '?');
  const message = `${hub} answered with an advertisement of ${shown} that does not hold: ${reason}`;
  return { code: 'UNVERIFIABLE', message, details, hub };
}
