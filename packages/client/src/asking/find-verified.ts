/** The same search with every proof checked: pages are ten times smaller, and each takes a third of a second of arithmetic. */
import { LIMITS } from 'golem-vm-discovery-protocol/vocabulary';
import type { Transport } from '../transport/transport.js';
import type { Rejection, VerifiedAdvertisement } from '../verification/verified-advertisement.js';
import { Findings } from './findings.js';
import { loadJudge, type Trust } from './judge.js';
import { createPageSource, type FindOptions } from './page-source.js';
import { verifyPage } from './verify-page.js';

/** Searches among the verified, and checks each of them. Nothing is asked before the findings are read. */
export function findVerified(
  transport: Transport,
  options: FindOptions,
  trust: Trust,
  onRejected: ((rejection: Rejection) => void) | undefined,
): Findings<VerifiedAdvertisement> {
  const { surroundings } = transport;
  const source = createPageSource(transport, options, {
    pageMax: LIMITS.proofPageMax,
    parameters: { verified: true, proof: true },
    async read(page) {
      const judge = await loadJudge({ asked: options }, trust, surroundings);
      const { sort, signal } = options;
      return verifyPage(page, { sort, judge, onRejected, surroundings, signal });
    },
  });
  return new Findings(source, options.limit);
}
