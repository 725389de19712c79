/** A search as a command runs it: page by page, checked here where that is wanted. */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import type { Page } from '../asking/page.js';
import type { DiscoveryClient } from '../discovery-client.js';
import type { Rejection, VerifiedAdvertisement } from '../verification/verified-advertisement.js';
import type { Question } from './options/question-options.js';

/** A question, and whether each answer is to be checked. */
export interface Search extends Question {
  readonly verify: boolean;
}

/** The pages of a search, of which there is at least one; each says how many match in all. What does not hold is told and left out. */
export function searchPages(
  client: DiscoveryClient,
  { requirements, sort, limit, verify }: Search,
  onRejected: (rejection: Rejection) => void,
): AsyncIterable<Page> {
  const wanted = { ...requirements, sort, limit, count: true } as const;
  return verify
    ? asAnswered(client.find({ ...wanted, verify, onRejected }).pages())
    : client.find(wanted).pages();
}

async function* asAnswered(
  pages: AsyncIterable<Page<VerifiedAdvertisement>>,
): AsyncGenerator<Page> {
  for await (const page of pages) {
    yield { ...page, advertisements: page.advertisements.map(asAdvertisement) };
  }
}

/** As a hub answers: its times beside what was proven. */
export function asAdvertisement(checked: VerifiedAdvertisement): Advertisement {
  const { unproven, signed_at: _signedAt, ...proven } = checked;
  return { ...proven, ...unproven };
}
