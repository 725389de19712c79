/**
 * The bytes that an answer is written into, eight at a time. Everything short that a page is made of
 * (names, digits, times) is kept as words; what a word holds beyond its text is written over by what
 * follows. Byte by byte the same cost 5 µs of a request, and so it costs 1.
 */

/** The most bytes that are written beyond a text. */
export const OVERHANG_BYTES = 8;

export class AnswerBytes {
  readonly bytes: Buffer;
  readonly view: DataView;

  /** For so many bytes, and what hangs over. */
  constructor(bytes: number) {
    this.bytes = Buffer.allocUnsafeSlow(bytes + OVERHANG_BYTES);
    this.view = new DataView(this.bytes.buffer);
  }
}

/** Words as they lie in memory: little-endian, like the processors that this runs on and the views that it writes with. */
export function wordsOf(text: string): Float64Array {
  const bytes = Buffer.alloc(Math.ceil(text.length / 8) * 8, ' ');
  bytes.write(text, 'latin1');
  return Float64Array.from({ length: bytes.length / 8 }, (_, word) => bytes.readDoubleLE(word * 8));
}

/** A text that is written again and again: ASCII, so that no eight bytes of it are a NaN, of which there is more than one. */
export class Literal {
  readonly length: number;
  readonly #words: Float64Array;

  constructor(text: string) {
    this.length = text.length;
    this.#words = wordsOf(text);
  }

  /** Writes it, and up to seven bytes more. Gives the position after it. */
  write({ view }: AnswerBytes, at: number): number {
    const words = this.#words;
    for (let word = 0; word < words.length; word += 1) {
      view.setFloat64(at + word * 8, words[word] ?? 0, true);
    }
    return at + this.length;
  }
}
