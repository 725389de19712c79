/** What is said between a store that several processes share and each of its owners, besides what every store says. */
import type { ProviderId } from 'golem-vm-discovery-protocol';

/** What somebody holds of a provider that a store told of. */
export interface Held {
  readonly isListed: boolean;
  readonly t: number | undefined;
  /** Of the lease that runs, where it is listed. */
  readonly grant: number;
}

/** What a store asks its owner where it has to find out what was missed. */
export interface Holdings {
  /** What its owner holds of a provider. */
  held(providerId: ProviderId): Held | undefined;
  /** Everybody of whom something is held. */
  heldIds(): Iterable<ProviderId>;
}

/** What a store that others write to as well says of itself. */
export interface SharedTruth {
  /** Begins to apply what others commit. Called once, when all that `load` handed over has been taken in. */
  follow(): void;
  /**
   * The clock that leases are counted on, one for all who share the store: milliseconds that never go
   * back, and stand still while nobody could renew. It moves in steps of a few tenths of a second.
   */
  leaseMs(): number;
  /** For how long nothing has been heard of the others. */
  silentMs(): number;
  /** Whether this process is still reading what it missed. */
  isCatchingUp(): boolean;
  /** Resolves when all that others had committed when it was called has been applied, or when that could not be done for some seconds. */
  catchUp(): Promise<void>;
}
