/** The proof of a provider, checked when it is looked at, and again with each renewal, which is signed anew. */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { useCallback } from 'react';
import type { Hub } from '../hub/hub.js';
import type { HubInfo } from '../hub/use-info.js';
import { type Answer, useAnswer } from '../hub/use-answer.js';
import { checkProof, type ProofVerdict } from './proof-check.js';

/** Checks it, once the network of the hub is known. Where no key speaks for the provider it waits for ever. */
export function useProof(
  hub: Hub,
  known: HubInfo | undefined,
  advertisement: Advertisement | undefined,
): Answer<ProofVerdict> {
  const { provider_id: providerId, updated_at: updatedAt, verified } = advertisement ?? {};
  const check = useCallback(
    (signal: AbortSignal) =>
      known === undefined || providerId === undefined
        ? new Promise<never>(() => undefined)
        : checkProof(hub, known, providerId, signal),
    // Another renewal is another proof.
    [hub, known, providerId, updatedAt],
  );
  return useAnswer(verified === true ? check : undefined);
}
