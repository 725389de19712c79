/** Says in a plain line what became of the leases that an earlier run left behind. */
import { ABSENCE_MS_MAX } from '../registry/absence.js';

/** A sentence for the log; `undefined` where no earlier run left a trace. Both times are of the wall clock. */
export function describeInherited(
  listed: number,
  lastAliveMs: number | undefined,
  nowMs: number,
): string | undefined {
  if (lastAliveMs === undefined) return undefined;
  const awayMs = nowMs - lastAliveMs;
  if (listed === 0 && awayMs > ABSENCE_MS_MAX) {
    return `the hub was away for ${minutes(awayMs)}, longer than the ${ABSENCE_MS_MAX / 60_000} that leases survive: it starts empty, and providers are back with their next renewal`;
  }
  return `${advertisements(listed)} listed when the hub was last alive, ${minutes(awayMs)} ago; ${leases(listed)}`;
}

/** The wall clock may have been set back since. */
function minutes(ms: number): string {
  const count = Math.max(0, Math.floor(ms / 60_000));
  if (count === 0) return 'less than a minute';
  return count === 1 ? '1 minute' : `${count} minutes`;
}

function advertisements(count: number): string {
  if (count === 0) return 'no advertisement was';
  return count === 1 ? '1 advertisement was' : `${count} advertisements were`;
}

function leases(count: number): string {
  if (count === 0) return 'there is nothing to take over';
  return count === 1 ? 'it has a full lease' : 'each has a full lease';
}
