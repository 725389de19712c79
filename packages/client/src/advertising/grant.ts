/** What a hub answers to a signed request, as something that happened. */
import type { ProviderId } from 'golem-vm-discovery-protocol/signing';
import { isGrantedAdvertisement } from '../answers/advertisement.js';
import { unreadable } from '../transport/unreadable.js';
import type { HubAnswer } from '../transport/answer-reading.js';
import type { Occurrence, Word } from './standing.js';

/** Reads the answer to `word`. A 2xx that does not grant this provider a lease counts as a failure: a portal says such things. */
export function readHubAnswer(answer: HubAnswer, word: Word, providerId: ProviderId): Occurrence {
  if (!answer.ok) return { kind: 'failed', failure: answer.failure };
  if (word.method === 'DELETE') return { kind: 'withdrawn' };
  const { body, hub } = answer;
  if (isGrantedAdvertisement(body) && body.provider_id === providerId) {
    return { kind: 'granted', advertisement: body };
  }
  return { kind: 'failed', failure: unreadable(hub, `a lease for ${providerId}`) };
}
