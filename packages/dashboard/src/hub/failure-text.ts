/** What to say to people about a question that came to nothing. */
import { DiscoveryError, type FailureCode } from 'golem-vm-discovery-client';
import { WORDS } from '../words/words.js';

/** Where the SDK speaks to who wrote the URL of a hub; a visitor wrote none. */
const FOR_VISITORS: Partial<Record<FailureCode, string>> = WORDS.failures;

/** The reason, without its code. Throws what is no failure of a hub: that is a bug. */
export function failureText(error: unknown): string {
  if (!(error instanceof DiscoveryError)) throw error;
  return FOR_VISITORS[error.code] ?? error.message.replace(/^\w+: /, '');
}
