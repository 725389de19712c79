/** Who checks proofs, fetched when the first one is to be checked: curves weigh more than all the rest of a client. */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import type { Surroundings } from '../transport/surroundings.js';
import type { Asked } from '../verification/satisfaction.js';
import type { Verdict } from '../verification/verify-advertisement.js';

/** What makes a proof good enough. */
export interface Trust {
  /** The network that signatures must be made for. */
  readonly network: string;
  /** How long ago it may have been signed. */
  readonly maxProofAgeMs: number;
}

/** What was asked: requirements, or one provider by any form of its id. */
export interface Inquiry {
  readonly asked: Asked;
  readonly providerId?: string;
}

/** Checks one advertisement. */
export type Judge = (answered: Advertisement) => Verdict;

/** Fetches the code that checks proofs. */
export async function loadJudge(
  inquiry: Inquiry,
  { network, maxProofAgeMs }: Trust,
  surroundings: Surroundings,
): Promise<Judge> {
  const { verifyAdvertisement } = await import('../verification/verify-advertisement.js');
  const expectation = {
    ...inquiry,
    network,
    maxAgeMs: maxProofAgeMs,
    nowMs: surroundings.wallMs(),
  };
  return (answered) => verifyAdvertisement(answered, expectation);
}
