/**
 * Which slots hold something, and whether it is verified: a byte for each. It tells whoever is in the
 * middle of looking at every slot before one of them changes.
 * Invariant: `leaving` is told while the row is still what it was, `arriving` before anything of the
 * newcomer counts.
 */
import { ROW_LAYOUT } from './rows/row-chunks.js';

/** What a slot holds. */
export const STANDING = { free: 0, unverified: 1, verified: 2 } as const;

/** Somebody who looks at every slot, and is not done. */
export interface Witness {
  leaving(slot: number): void;
  arriving(slot: number): void;
}

const NOBODY = new Uint8Array(0);

export class Attendance {
  readonly #chunks: Uint8Array[] = [];
  readonly #witnesses = new Set<Witness>();
  #slots = 0;

  /** No slot from this one on was ever taken. */
  get slots(): number {
    return this.#slots;
  }

  arrive(slot: number, verified: boolean): void {
    for (const witness of this.#witnesses) witness.arriving(slot);
    if (slot >= this.#chunks.length * ROW_LAYOUT.chunkRows) {
      this.#chunks.push(new Uint8Array(ROW_LAYOUT.chunkRows));
    }
    this.#slots = Math.max(this.#slots, slot + 1);
    this.#put(slot, verified ? STANDING.verified : STANDING.unverified);
  }

  leave(slot: number): void {
    for (const witness of this.#witnesses) witness.leaving(slot);
    this.#put(slot, STANDING.free);
  }

  isVerified(slot: number): boolean {
    return this.chunkOf(slot)[slot % ROW_LAYOUT.chunkRows] === STANDING.verified;
  }

  /** The standings of the slots that lie in the same chunk of rows. */
  chunkOf(slot: number): Uint8Array {
    return this.#chunks[Math.floor(slot / ROW_LAYOUT.chunkRows)] ?? NOBODY;
  }

  /** Tells a witness from now on, until it is dismissed. */
  admit(witness: Witness): void {
    this.#witnesses.add(witness);
  }

  dismiss(witness: Witness): void {
    this.#witnesses.delete(witness);
  }

  #put(slot: number, standing: number): void {
    this.chunkOf(slot)[slot % ROW_LAYOUT.chunkRows] = standing;
  }
}
