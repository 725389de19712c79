/** The proof of a provider, checked when it is looked at, and again with each renewal, which is signed anew. */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { useMemo } from 'react';
import type { Hub } from '../hub/hub.js';
import type { HubInfo } from '../hub/use-info.js';
import { type Answer, useAnswer } from '../hub/use-answer.js';
import { checkProof, type ProofVerdict } from './proof-check.js';

/** Checks it, once the network of the hub is known. Where no key speaks for the provider nothing is checked. */
export function useProof(
  hub: Hub,
  known: HubInfo | undefined,
  advertisement: Advertisement | undefined,
): Answer<ProofVerdict> {
  const { provider_id: providerId, updated_at: updatedAt, verified } = advertisement ?? {};
  const check = useMemo(
    () =>
      known === undefined || providerId === undefined || verified !== true
        ? undefined
        : (signal: AbortSignal) => checkProof(hub, known, providerId, signal),
    // Another renewal is another proof.
    [hub, known, providerId, updatedAt, verified],
  );
  return useAnswer(check);
}
