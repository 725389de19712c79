/**
 * The order of an answer, as the hub has it: the verified first, then the sort, ties by provider
 * id. It is known here so that what arrives later finds its place without asking again.
 */
import { type Advertisement, monthlyUsd, type Sort } from 'golem-vm-discovery-protocol';
import { type Search, shapeOf } from './search.js';

/** Which of two comes first; negative for the first. Total: 0 only for the same provider. */
export type Ordering = (one: Advertisement, other: Advertisement) => number;

/** The order of a search. */
export function orderingOf({ requirements, sort }: Search): Ordering {
  const keyOf = KEYS[sort](requirements);
  return (one, other) =>
    Number(other.verified) - Number(one.verified) ||
    compare(keyOf(one), keyOf(other)) ||
    compare(one.provider_id, other.provider_id);
}

/** What is compared, smallest first. Times have one spelling, so that they compare as texts. */
const KEYS: Readonly<
  Record<Sort, (requirements: Search['requirements']) => (one: Advertisement) => number | string>
> = {
  uptime: () => (one) => one.created_at,
  price(requirements) {
    const shape = shapeOf(requirements);
    return (one) => (shape && monthlyUsd(shape, one.pricing)) ?? Infinity;
  },
  cpu: () => (one) => -one.resources.cpu,
  memory: () => (one) => -one.resources.memory,
  storage: () => (one) => -one.resources.storage,
};

function compare<Key extends number | string>(one: Key, other: Key): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
