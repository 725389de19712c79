/** Which events are printed: what a person would want to know, in bounded number however long it runs. */
import type { AdvertiserEvent } from '../../advertising/advertiser-event.js';

/** A renewal is no news; of failures in a row the first, the second, the fourth and so on are. */
export function isNewsworthy(event: AdvertiserEvent): boolean {
  if (event.kind === 'renewed') return false;
  return !('failures' in event) || Number.isInteger(Math.log2(event.failures));
}
