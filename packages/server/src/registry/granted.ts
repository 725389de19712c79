/** What a provider is told when it was listed or renewed. */
import { recordText } from '../matching/records/record-text.js';
import type { Listing } from '../store/contract.js';
import type { Granted } from './contract.js';
import { offerOf } from './offer-of.js';
import { refreshAfterSeconds } from './refresh.js';

/** The record, and when to renew it. */
export function grantedOf(listing: Listing, ttlMs: number): Granted {
  const text = recordText(offerOf(listing));
  return { text: `${text.slice(0, -1)},"refresh_after_seconds":${refreshAfterSeconds(ttlMs)}}` };
}
