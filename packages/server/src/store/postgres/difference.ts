/** What is stored of a provider against what a node holds of it, and the change that leads from one to the other. */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { Change } from '../contract.js';
import type { Held } from '../shared-truth.js';
import { type BareRow, inheritedListing } from './provider-row.js';

/** Whether a node holds what is stored; both may be nothing. */
export function isHeld(held: Held | undefined, row: BareRow | undefined): boolean {
  if (held === undefined || row === undefined) return held === undefined && row === undefined;
  if (held.isListed !== (row.ended === null) || held.t !== (row.t ?? undefined)) return false;
  return !held.isListed || held.grant === row.grants;
}

/** The change that leads to a row, whatever was before. */
export function changeTo(row: BareRow): Change {
  if (row.ended === null) {
    return { kind: 'listed', listing: inheritedListing(row), revised: undefined };
  }
  const { provider_id: providerId, t, ended, ended_ms: endedAtMs } = row;
  return { kind: 'ended', providerId, ended, t, endedAtMs, revised: undefined };
}

/** Nothing is known of a provider: as an unsigned listing ends. */
export function gone(providerId: ProviderId): Change {
  const ended = { ended: 'expired', t: undefined, endedAtMs: 0 } as const;
  return { kind: 'ended', providerId, ...ended, revised: undefined };
}
