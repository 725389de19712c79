/** Whose advertisements are on their way to the store. As many as the store lets wait. */
import type { ProviderId } from 'golem-vm-discovery-protocol';

/** See the head of this file. */
export class UnderWay {
  readonly #counts = new Map<ProviderId, number>();

  has(providerId: ProviderId): boolean {
    return this.#counts.has(providerId);
  }

  /** Counts a provider in while `work` is being done, however it ends. */
  async during<Outcome>(providerId: ProviderId, work: () => Promise<Outcome>): Promise<Outcome> {
    this.#counts.set(providerId, (this.#counts.get(providerId) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const others = (this.#counts.get(providerId) ?? 1) - 1;
      if (others > 0) this.#counts.set(providerId, others);
      else this.#counts.delete(providerId);
    }
  }
}
