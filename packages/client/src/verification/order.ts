/**
 * Whether verified advertisements stand in the order that was asked for: a hub that alters nothing
 * could still put a friend first. `uptime` can't be checked, since no key signs how long a listing lasts.
 */
import type { Sort } from 'golem-vm-discovery-protocol';
import type { VerifiedAdvertisement } from './verified-advertisement.js';

/** A page, parted into what may be relied upon and what stands where it should not. */
export interface SortedOut {
  readonly inOrder: readonly VerifiedAdvertisement[];
  readonly misplaced: readonly VerifiedAdvertisement[];
}

/**
 * Parts the advertisements of one page. Whoever stands before a better one is misplaced, not the
 * better one: so the first that is left is the best of the page, whatever was done to it.
 */
export function sortOut(page: readonly VerifiedAdvertisement[], sort: Sort | undefined): SortedOut {
  const inOrder: VerifiedAdvertisement[] = [];
  const misplaced: VerifiedAdvertisement[] = [];
  let best = Infinity;
  for (const each of page.toReversed()) {
    const rank = rankOf(each, sort);
    (rank > best ? misplaced : inOrder).push(each);
    best = Math.min(best, rank);
  }
  return { inOrder: inOrder.toReversed(), misplaced: misplaced.toReversed() };
}

/** Less comes first. Rounded prices do: where two are equal when rounded, either may stand first. */
function rankOf({ resources, estimate }: VerifiedAdvertisement, sort: Sort | undefined): number {
  if (sort === undefined || sort === 'uptime') return 0;
  return sort === 'price' ? (estimate?.usd_per_month ?? Infinity) : -resources[sort];
}
