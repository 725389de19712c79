/** The provider id in a path. */
import {
  accept,
  parseProviderId,
  problem,
  type ProviderId,
  refuse,
  type Result,
} from 'golem-vm-discovery-protocol';

/** A slash too many is likelier than an id that was forgotten. */
const NO_ID =
  'nothing follows the last slash: leave it out for a list, or put a provider id behind it';

/** In a path, a malformed id is a malformed request (REQ_001), not a failed authentication. */
export function parsePathId(rawId: string): Result<ProviderId> {
  if (rawId === '') return refuse(problem('REQ_001', NO_ID));
  const parsed = parseProviderId(rawId);
  return parsed.ok ? accept(parsed.value.id) : refuse(problem('REQ_001', parsed.problem.message));
}
