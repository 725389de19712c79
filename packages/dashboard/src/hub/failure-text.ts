/** What to say to people about a question that came to nothing. */
import { DiscoveryError } from 'golem-vm-discovery-client';

/** The reason, without its code. Throws what is no failure of a hub: that is a bug. */
export function failureText(error: unknown): string {
  if (!(error instanceof DiscoveryError)) throw error;
  return error.message.replace(/^\w+: /, '');
}
