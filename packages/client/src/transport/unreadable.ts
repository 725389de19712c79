/** The failure of an answer that is JSON, but not the answer to what was asked. */
import type { Failure } from '../failure.js';

/** Says who answered, and what was expected instead. */
export function unreadable(hub: string, expected: string): Failure {
  const message = `${hub} did not answer with ${expected}: is this the URL of a hub, and is it as new as this client?`;
  return { code: 'UNREADABLE', message, hub };
}
