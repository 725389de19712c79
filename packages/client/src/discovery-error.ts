/** What the methods of this package throw: a failure that the caller did not ask to be given as a value. */
import type { ProblemDetail } from 'golem-vm-discovery-protocol';
import type { Failure, FailureCode } from './failure.js';

/**
 * Why a call came to nothing. Decide by `code`, which is a closed union; show `message` to people.
 * A `TypeError` or `RangeError` instead of this one means that the call itself was wrong.
 */
export class DiscoveryError extends Error {
  override readonly name = 'DiscoveryError';
  readonly code: FailureCode;
  /** What is wrong field by field; empty where the hub did not say. */
  readonly details: readonly ProblemDetail[];
  /** The URL of the hub that was asked last. */
  readonly hub: string | undefined;
  /** Milliseconds to wait before trying again, where the hub or a proxy said so. */
  readonly retryAfterMs: number | undefined;
  /** What the clock of the hub showed, Unix milliseconds. */
  readonly hubTimeMs: number | undefined;
  /** Under which the hub's log knows this request. */
  readonly requestId: string | undefined;
  /** How many requests were made, at all hubs together. */
  readonly attempts: number;

  constructor(failure: Failure) {
    super(`${failure.code}: ${failure.message}`, { cause: failure.cause });
    this.code = failure.code;
    this.details = failure.details ?? [];
    this.hub = failure.hub;
    this.retryAfterMs = failure.retryAfterMs;
    this.hubTimeMs = failure.hubTimeMs;
    this.requestId = failure.requestId;
    this.attempts = failure.attempts ?? 0;
  }
}
