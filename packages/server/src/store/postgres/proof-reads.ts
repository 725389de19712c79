/** Reads proofs for those who ask with them. Bounded: who comes when too many wait is told that it can't be read now. */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { StoredProof } from '../contract.js';
import { readProofs } from './feed-queries.js';
import type { Line } from './line.js';

/** How long they may take. */
const READ_MS_MAX = 3_000;

/** How many may wait for theirs. */
const WAITING_MAX = 256;

export class ProofReads {
  readonly #line: Line;
  #waiting = 0;

  constructor(line: Line) {
    this.#line = line;
  }

  /** `undefined` where the database can't be read, or too many wait. */
  async read(
    providerIds: readonly ProviderId[],
  ): Promise<ReadonlyMap<ProviderId, StoredProof> | undefined> {
    if (this.#waiting >= WAITING_MAX) return undefined;
    this.#waiting += 1;
    try {
      return await this.#line.run(READ_MS_MAX, (sql) => readProofs(sql, providerIds));
    } catch {
      return undefined;
    } finally {
      this.#waiting -= 1;
    }
  }
}
