/**
 * How many may watch at once, in all and from one address. Invariant: whoever was given a place gives
 * it back, once. Memory: one number for each address from which somebody watches.
 */
import { accept, problem, refuse, type Result } from 'golem-vm-discovery-protocol';

/** See the head of this file. */
export class WatchPlaces {
  readonly #max: number;
  readonly #perNetworkMax: number;
  readonly #taken = new Map<string, number>();
  #count = 0;

  constructor(max: number, perNetworkMax: number) {
    this.#max = max;
    this.#perNetworkMax = perNetworkMax;
  }

  /** A place for somebody from a network (`Source.network`), or RATE_001 or SYS_002. The function gives it back; calling it twice does no harm. */
  take(network: string): Result<() => void> {
    if (this.#count >= this.#max) {
      const message = `the hub already has ${this.#max} watches and takes no more; list instead, or try again`;
      return refuse(problem('SYS_002', message, { retryAfterSeconds: 5 }));
    }
    const theirs = this.#taken.get(network) ?? 0;
    if (theirs >= this.#perNetworkMax) {
      const message = `too many watches from this address: it may have ${this.#perNetworkMax} at once; close one, or let one watch serve several`;
      return refuse(problem('RATE_001', message, { retryAfterSeconds: 5 }));
    }
    this.#count += 1;
    this.#taken.set(network, theirs + 1);
    let isTaken = true;
    return accept(() => {
      if (isTaken) this.#giveBack(network);
      isTaken = false;
    });
  }

  #giveBack(network: string): void {
    this.#count -= 1;
    const others = (this.#taken.get(network) ?? 1) - 1;
    if (others > 0) this.#taken.set(network, others);
    else this.#taken.delete(network);
  }
}
