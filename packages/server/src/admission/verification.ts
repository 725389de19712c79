/**
 * What crosses between the main thread and a worker: batches of `Verification` one way, one
 * byte for each of them back, in the same order.
 *
 * Plain objects, cloned as they are: laying them out in flat arrays was measured too and saves
 * 0.4 µs of 1.3 µs a job, in batches of 16. The message itself costs 10 µs, hence batches.
 */
import type { ParsedSignature, ProviderId } from 'golem-vm-discovery-protocol';

/** A signature to be verified, and what it is said to speak for. */
export interface Verification {
  readonly providerId: ProviderId;
  /** Whether this key was accepted before, so that the costly check of the key itself needs no repetition. */
  readonly keyAccepted: boolean;
  readonly signature: ParsedSignature;
  readonly signedText: string;
}

/** Says whether a signature verifies. Synchronous and costly: it belongs into a worker. */
export type Verify = (verification: Verification) => boolean;

/** The byte that says what became of one verification. `failed` is a bug of ours: it threw. */
export const VERDICTS = { refused: 0, verified: 1, failed: 2 } as const;

/** `native`: libsecp256k1 and OpenSSL. `portable`: JavaScript, some twenty times slower, where no binary fits. */
export type Implementation = 'native' | 'portable';
