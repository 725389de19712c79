/** The refusals that are decided twice, early in admission and for good by the store: one wording for both. */
import { problem, type Problem } from 'golem-vm-discovery-protocol';

/** ADV_005: `t` is not greater than `lastT`, the last accepted one. */
export function notNewer(lastT: number): Problem {
  return problem(
    'ADV_005',
    'this provider has already said something newer: sign again with the present time as t',
    { details: [{ field: 't', message: String(lastT) }] },
  );
}

/** AUTH_004, with whose it is. */
export function notYours(reason: string): Problem {
  return problem('AUTH_004', `this advertisement is not yours to change: ${reason}`);
}
