/** A listing as the index takes it. */
import type { Offer } from '../matching/contract.js';
import type { InheritedListing } from '../store/contract.js';

/** The part of a listing that answers show. */
export function offerOf(listing: InheritedListing): Offer {
  return {
    providerId: listing.providerId,
    advertisement: listing.advertisement,
    verified: listing.signed !== undefined,
    createdAtMs: listing.createdAtMs,
    updatedAtMs: listing.updatedAtMs,
    expiresAtMs: listing.expiresAtMs,
  };
}
