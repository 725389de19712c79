/** What of a commit watchers are told. */
import type { Change } from '../../store/contract.js';
import { offerOf } from '../offer-of.js';
import type { FeedChange } from './change-feed.js';

/** A committed change as the feed tells it; `undefined` where answers show no difference. */
export function visibleChange(change: Change): FeedChange | undefined {
  if (!('revised' in change) || change.revised === undefined) return undefined;
  const { revised } = change;
  if (change.kind !== 'ended') {
    const { providerId, ...after } = offerOf(change.listing);
    return { ...revised, providerId, after };
  }
  const { providerId, ended } = change;
  return ended === 'not_listed' ? undefined : { ...revised, providerId, ended };
}
