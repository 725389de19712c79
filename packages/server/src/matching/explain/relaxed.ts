/** Requirements with one of them relaxed. */
import type { Requirements } from 'golem-vm-discovery-protocol';
import type { Relief } from '../contract.js';

/** The requirements to ask for instead; something met them when the relief was found. */
export function relaxedBy(requirements: Requirements, relief: Relief): Requirements {
  const { requirement, enough } = relief;
  if (enough !== undefined) return { ...requirements, [requirement]: enough };
  const { [requirement]: _dropped, ...rest } = requirements;
  return rest;
}
