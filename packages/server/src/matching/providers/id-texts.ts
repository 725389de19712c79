/**
 * The texts of provider ids, by number, as bytes: ids are ASCII, so bytes are in the order of the texts.
 * Cost: a text and a byte, rounded up to 16, and four more.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import { ByteArena, unitsFor } from '../columns/byte-arena.js';
import { IntegerColumn } from '../columns/integer-column.js';

/** A block begins with the length of its text, in a byte: 128 characters are the most that an id has. */
const HEAD_BYTES = 1;

/** Where a text is. */
interface Stretch {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

export class IdTexts {
  readonly #arena = new ByteArena();
  readonly #blocks = new IntegerColumn();

  write(number: number, id: ProviderId): void {
    const block = this.#arena.take(unitsFor(HEAD_BYTES + id.length));
    const head = this.#arena.startOf(block);
    const { bytes } = this.#arena.chunkOf(block);
    bytes[head] = id.length;
    bytes.write(id, head + HEAD_BYTES, 'latin1');
    this.#blocks.set(number, block);
  }

  /** The id that was written for a number. Throws where there is none. */
  read(number: number): ProviderId {
    const { bytes, start, end } = this.#stretch(number);
    const text = bytes.toString('latin1', start, end);
    if (!isId(text)) throw new RangeError(`there is no id at ${number}`);
    return text;
  }

  release(number: number): void {
    const { start, end } = this.#stretch(number);
    this.#arena.release(this.#blocks.get(number), unitsFor(HEAD_BYTES + end - start));
  }

  isAt(number: number, id: ProviderId): boolean {
    const { bytes, start, end } = this.#stretch(number);
    if (end - start !== id.length) return false;
    for (let place = 0; place < id.length; place += 1) {
      if (bytes[start + place] !== id.charCodeAt(place)) return false;
    }
    return true;
  }

  /** Below zero where the first comes before the second. */
  compare(one: number, other: number): number {
    const first = this.#stretch(one);
    const { bytes, start, end } = this.#stretch(other);
    return first.bytes.compare(bytes, start, end, first.start, first.end);
  }

  #stretch(number: number): Stretch {
    const block = this.#blocks.get(number);
    const { bytes } = this.#arena.chunkOf(block);
    const start = this.#arena.startOf(block) + HEAD_BYTES;
    return { bytes, start, end: start + (bytes[start - HEAD_BYTES] ?? 0) };
  }
}

/** It was an id when it was written, and no id is empty. */
function isId(text: string): text is ProviderId {
  return text !== '';
}
