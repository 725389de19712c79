/**
 * Whether one advertisement fits requirements: what the index answers for all of them, as a pure
 * function of one. Invariant: both always agree; a property test holds them to it.
 * Cost: well under a tenth of a microsecond.
 */
import { monthlyUsd, type Requirements, type Terms } from 'golem-vm-discovery-protocol';
import { wholeShape } from './whole-shape.js';

/** Whether an advertisement with these terms meets every one of the requirements. */
export function fits(requirements: Requirements, terms: Terms): boolean {
  const { cpu = 1, memory = 1, storage = 1, country, platform, verified } = requirements;
  const { resources } = terms;
  return (
    resources.cpu >= cpu &&
    resources.memory >= memory &&
    resources.storage >= storage &&
    (platform === undefined || terms.platform === platform) &&
    (country === undefined || country.includes(terms.country)) &&
    (verified === undefined || terms.verified) &&
    isWithinPrice(requirements, terms)
  );
}

/** The unpriced are within no bound. */
function isWithinPrice(requirements: Requirements, { pricing }: Terms): boolean {
  const { max_usd_per_month: most } = requirements;
  if (most === undefined) return true;
  const shape = wholeShape(requirements);
  const usd = shape && monthlyUsd(shape, pricing);
  return usd !== undefined && usd <= most;
}
