/** What to say to people about a question that came to nothing. */
import { DiscoveryError, type FailureCode } from 'golem-vm-discovery-client';
import { WORDS } from '../words/words.js';

/** Where the SDK speaks to who wrote the URL of a hub; a visitor wrote none. */
const FOR_VISITORS: Partial<Record<FailureCode, string>> = WORDS.failures.byCode;

/** The reason, without its code. What is no failure of a hub is a part of the page that can't be fetched, or a bug: the console has it. */
export function failureText(error: unknown): string {
  if (!(error instanceof DiscoveryError)) {
    reportError(error);
    return WORDS.failures.page;
  }
  return FOR_VISITORS[error.code] ?? error.message.replace(/^\w+: /, '');
}
