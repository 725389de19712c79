/**
 * The one order of answers: the verified first, then the sort key ascending, then the provider
 * id. It is total, because a provider is listed once. Sorts that put the largest first negate
 * their key, so that every comparison in this folder is the same.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';

/** Where an advertisement stands in an answer, and where a page ends. */
export interface Position {
  readonly verified: boolean;
  /** Ascending. The unpriced of `sort=price` have `UNPRICED_KEY`. */
  readonly key: number;
  readonly providerId: ProviderId;
}

/** The price key of what has no price: after every price there can be. */
export const UNPRICED_KEY = Infinity;
