/** What the SDK says about the proof of a provider, checked in this browser. */
import {
  DiscoveryClient,
  DiscoveryError,
  type VerifiedAdvertisement,
} from 'golem-vm-discovery-client';
import type { Hub } from '../hub/hub.js';
import type { HubInfo } from '../hub/use-info.js';
import { wallMs } from '../parts/clock.js';

/** What came of a check. */
export type ProofVerdict =
  | { readonly kind: 'holds'; readonly signed: VerifiedAdvertisement }
  | {
      readonly kind: 'broken';
      readonly reason: string;
      readonly details: readonly { readonly field: string; readonly message: string }[];
    };

/** A lease and what may pass before a hub takes a signature; the clocks may differ by a minute. */
const BEYOND_LEASE_MS = 360_000;

/**
 * Fetches the proof and checks it for the network of the hub, by the hub's clock. Rejects with a `DiscoveryError` where it can't be
 * fetched; that it does not hold is a verdict.
 */
export async function checkProof(
  hub: Hub,
  { info: { network, lease_seconds }, aheadMs }: HubInfo,
  providerId: string,
  signal: AbortSignal,
): Promise<ProofVerdict> {
  const client = new DiscoveryClient({
    hubs: hub.url,
    network,
    maxProofAgeMs: lease_seconds * 1_000 + BEYOND_LEASE_MS,
    // That a viewer's clock is wrong says nothing against a provider.
    surroundings: { ...hub.surroundings, wallMs: () => wallMs() + aheadMs },
  });
  try {
    return { kind: 'holds', signed: await client.get(providerId, { verify: true, signal }) };
  } catch (error) {
    if (!(error instanceof DiscoveryError) || error.code !== 'UNVERIFIABLE') throw error;
    const reason = error.message.replace(/^UNVERIFIABLE: /, '');
    return { kind: 'broken', reason, details: error.details };
  }
}
