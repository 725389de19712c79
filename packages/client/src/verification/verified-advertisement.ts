/** An advertisement whose proof was checked on this machine, and the failure of one whose proof does not hold. */
import type {
  AdvertisementBody,
  Estimate,
  ProblemDetail,
  Proof,
} from 'golem-vm-discovery-protocol';

/**
 * What a provider signed, checked here. Everything in it comes from the signed body or was
 * computed from it, `unproven` apart. It shows that this key said this at that time: not that the
 * address is real, nor that the hub left nobody out.
 */
export interface VerifiedAdvertisement extends AdvertisementBody {
  /** Canonical; the key that signed. */
  readonly provider_id: string;
  /** RFC 3339, UTC: when it was signed, by the clock of the provider. */
  readonly signed_at: string;
  readonly verified: true;
  /** The price of the asked shape, computed here from the signed prices; where all three resources were asked for and all three `usd_` prices were signed. */
  readonly estimate?: Estimate;
  /** What was checked, for handing on. */
  readonly proof: Proof;
  /** The word of the hub, which no key signed. */
  readonly unproven: {
    readonly created_at: string;
    readonly updated_at: string;
    readonly expires_at: string;
  };
}

/** An advertisement that was answered and does not hold. */
export interface Rejection {
  /** As the hub gave it: not proven, and not to be shown to a terminal as it is. */
  readonly providerId: string;
  /** For a person; printable ASCII. */
  readonly reason: string;
  /** Field by field, where the answer and the signed body differ. */
  readonly details: readonly ProblemDetail[];
  /** The URL of the hub that answered so. */
  readonly hub: string;
}
