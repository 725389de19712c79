/**
 * What a store keeps of a provider: the listing, the bytes that were signed for it, or the memory of one
 * that ended. Plain values; whoever holds them may keep them.
 */
import type { AdvertisementBody, ProviderId } from 'golem-vm-discovery-protocol';

/** A listed advertisement with everything that must survive a restart. Times are wall-clock milliseconds. */
export interface Listing {
  readonly providerId: ProviderId;
  /** The known fields of `body`, parsed. */
  readonly advertisement: AdvertisementBody;
  /** The exact body that was sent. It is valid UTF-8 without a BOM, so text keeps every byte of it. */
  readonly body: string;
  /** The signature that speaks for `body`; `undefined` for an unsigned listing. */
  readonly signed: SignedPart | undefined;
  /** The address, in canonical form (IPv6 as its /64), that last renewed this listing. */
  readonly source: string;
  /** Start of the present unbroken listing. */
  readonly createdAtMs: number;
  /** The last renewal. */
  readonly updatedAtMs: number;
  /** The bound that was granted with the last renewal; stored as granted, never revised. */
  readonly expiresAtMs: number;
  /**
   * Counts the grants of this provider's leases, from 1, for as long as anything of it is stored.
   * It tells one lease from the next.
   */
  readonly grant: number;
}

/** What a key signed, and when. */
export interface SignedPart {
  /**
   * The signed time, Unix milliseconds, by which order counts. It is smaller than the one in
   * `signature` where it was lowered (see `Store.lowerFutureTimes`).
   */
  readonly t: number;
  /** The whole value of `X-Provider-Signature`. */
  readonly signature: string;
}

/**
 * A listing as an earlier run left it: without the bytes that were signed, which only a proof needs, and
 * which would be half of what a hub holds in memory.
 */
export type InheritedListing = Omit<Listing, 'body' | 'signed'> & {
  /** `undefined` for an unsigned listing. */
  readonly signed: Pick<SignedPart, 't'> | undefined;
  /** What is left of its lease as it is handed over at start, where the store counts leases (`SharedTruth`); a full one elsewhere. */
  readonly remainingMs?: number;
};

/** The bytes that a provider signed for its present listing. */
export interface StoredProof {
  /** The grant of the listing that they speak for. */
  readonly grant: number;
  readonly body: string;
  /** The whole value of `X-Provider-Signature`. */
  readonly signature: string;
}

/** Why a provider that is not listed is remembered. */
export type EndKind = 'withdrawn' | 'expired' | 'not_listed';

/**
 * A provider that is not listed, and whose last `t` is remembered all the same: without it a
 * replayed POST would raise the dead.
 */
export interface Memory {
  readonly providerId: ProviderId;
  /** The last accepted `t`, by POST or DELETE. */
  readonly t: number;
  /**
   * `withdrawn`: a DELETE with exactly this `t` ended a listing, so the same DELETE again is a
   * retry. `expired`: its lease ran out. `not_listed`: a DELETE was recorded that ended nothing.
   */
  readonly ended: EndKind;
  /** When, in wall-clock milliseconds. */
  readonly endedAtMs: number;
}
