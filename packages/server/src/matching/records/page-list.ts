/**
 * Where the list of a page is written: the same bytes for one question after the other, since they are
 * still in the nearest cache, while fresh ones would be fetched, cleared and collected for each.
 * Memory: as much as the largest page took since one was kept, 2 MB at most.
 */
import type { Resources } from 'golem-vm-discovery-protocol';
import { AnswerBytes, OVERHANG_BYTES } from './answer-bytes.js';
import type { LentBytes } from '../contract.js';
import type { Records } from './records.js';

const OPEN = 91;
const CLOSE = 93;
const COMMA = 44;

/** Enough for a page of a hundred. */
const BYTES_MIN = 65_536;

export class PageList {
  readonly #records: Records;
  #out = new AnswerBytes(BYTES_MIN);

  constructor(records: Records) {
    this.#records = records;
  }

  /** The records in these slots as one JSON array, with estimates where a whole shape is asked for. */
  write(slots: readonly number[], shape: Resources | undefined): LentBytes {
    const out = this.#roomFor(this.#records.bytesMax(slots));
    out.bytes[0] = OPEN;
    let end = 1;
    for (const slot of slots) {
      if (end > 1) {
        out.bytes[end] = COMMA;
        end += 1;
      }
      end = this.#records.writeText(out, end, slot, shape);
    }
    out.bytes[end] = CLOSE;
    return { bytes: out.bytes.subarray(0, end + 1), keep: () => this.#giveAway(out) };
  }

  #roomFor(bytes: number): AnswerBytes {
    if (bytes > this.#out.bytes.length - OVERHANG_BYTES) this.#out = new AnswerBytes(bytes);
    return this.#out;
  }

  #giveAway(out: AnswerBytes): void {
    if (out === this.#out) this.#out = new AnswerBytes(BYTES_MIN);
  }
}
