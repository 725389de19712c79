/**
 * The one order of answers: the verified first, then the sort key ascending, then the provider
 * id. It is total, because a provider is listed once. Sorts that put the largest first negate
 * their key, so that every comparison in this folder is the same.
 */

/** Where an advertisement stands in an answer, and where a page ends. */
export interface Position {
  readonly verified: boolean;
  /** Ascending. The unpriced of `sort=price` have `UNPRICED_KEY`. */
  readonly key: number;
  readonly providerId: string;
}

/** The price key of what has no price: after every price there can be. */
export const UNPRICED_KEY = Infinity;

/** Negative where `one` comes before `other`, 0 only for the same provider. */
export function comparePositions(one: Position, other: Position): number {
  if (one.verified !== other.verified) return one.verified ? -1 : 1;
  if (one.key !== other.key) return one.key < other.key ? -1 : 1;
  if (one.providerId === other.providerId) return 0;
  return one.providerId < other.providerId ? -1 : 1;
}
