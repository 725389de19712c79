/**
 * The proofs that somebody waits for while the worker reads them. Invariant: every call is answered,
 * in a bounded time; no more wait than there may. A disk that holds up a commit holds up these too.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { StoredProof } from '../contract.js';
import { type FlatMessage, FlatReader } from './flat-message.js';
import { readProofs } from './stored-rows.js';

/** What was read; `undefined`: it could not be, now. */
export type Proofs = ReadonlyMap<ProviderId, StoredProof> | undefined;

/** A page of a hundred takes the worker a millisecond. */
const WAITING_MAX = 256;

export class ProofReads {
  readonly #order: (number: number, providerIds: readonly ProviderId[]) => void;
  readonly #timeoutMs: number;
  readonly #waiting = new Map<number, (proofs: Proofs) => void>();
  #last = 0;
  #ended = false;

  constructor(
    timeoutMs: number,
    order: (number: number, providerIds: readonly ProviderId[]) => void,
  ) {
    this.#timeoutMs = timeoutMs;
    this.#order = order;
  }

  read(providerIds: readonly ProviderId[]): Promise<Proofs> {
    if (this.#ended || this.#waiting.size >= WAITING_MAX) return Promise.resolve(undefined);
    this.#last += 1;
    const number = this.#last;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(number, undefined), this.#timeoutMs);
      this.#waiting.set(number, (proofs) => {
        clearTimeout(timer);
        resolve(proofs);
      });
      this.#order(number, providerIds);
    });
  }

  /** What the worker read. */
  proven(number: number, message: FlatMessage | undefined): void {
    this.#settle(number, message && readProofs(new FlatReader(message)));
  }

  /** Nothing is read from now on. */
  end(): void {
    this.#ended = true;
    for (const number of this.#waiting.keys()) this.#settle(number, undefined);
  }

  /** One that ran out of time is not there any more. */
  #settle(number: number, proofs: Proofs): void {
    const resolve = this.#waiting.get(number);
    this.#waiting.delete(number);
    resolve?.(proofs);
  }
}
