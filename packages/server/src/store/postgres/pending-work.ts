/**
 * What waits for a batch: which providers it is about, what it does with a draft, and whom to tell.
 * Invariant: a batch that has to be made again is carried out again from the beginning, so `carryOut`
 * keeps nothing of an earlier time. Telling twice does no harm: the first one counts.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { Unavailable } from '../contract.js';
import type { Waiting } from '../write-queue.js';
import type { Draft } from './draft.js';

/** One thing that waits for a batch. */
export interface PendingWork extends Waiting {
  readonly providerIds: readonly ProviderId[];
  carryOut(draft: Draft): void;
}

/** Something to be done with a draft; `refused` is what is told where it was not. */
export class Work<Outcome> implements PendingWork {
  readonly providerIds: readonly ProviderId[];
  readonly #do: (draft: Draft) => Outcome;
  readonly #refused: (why: Unavailable) => Outcome;
  readonly #tell: (outcome: Outcome) => void;
  #outcome: { readonly value: Outcome } | undefined;

  constructor(
    providerIds: readonly ProviderId[],
    carryOut: (draft: Draft) => Outcome,
    refused: (why: Unavailable) => Outcome,
    tell: (outcome: Outcome) => void,
  ) {
    this.providerIds = providerIds;
    this.#do = carryOut;
    this.#refused = refused;
    this.#tell = tell;
  }

  carryOut(draft: Draft): void {
    this.#outcome = { value: this.#do(draft) };
  }

  settle(): void {
    if (this.#outcome) this.#tell(this.#outcome.value);
  }

  refuse(why: Unavailable): void {
    this.#tell(this.#refused(why));
  }
}
