/** The provider id in a path. */
import {
  accept,
  parseProviderId,
  problem,
  type ProviderId,
  refuse,
  type Result,
} from 'golem-vm-discovery-protocol';

/** In a path, a malformed id is a malformed request (REQ_001), not a failed authentication. */
export function parsePathId(rawId: string): Result<ProviderId> {
  const parsed = parseProviderId(rawId);
  return parsed.ok ? accept(parsed.value.id) : refuse(problem('REQ_001', parsed.problem.message));
}
