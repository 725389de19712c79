/**
 * The connection that listens: it brings hints that there is something to read, and says for as long as
 * it lives that its node is there. It has to be a session of its own: behind a pooler that lends sessions by
 * the transaction, no hint would arrive.
 *
 * Invariant: while it is open it is either listening or about to. Losing hints costs a moment, never a
 * change: looking without them finds the same.
 */
import { CHANNEL } from './draft-writing.js';
import { sayPresent } from './joining.js';
import { Line, type LineOptions } from './line.js';

/** How often a connection that says nothing is asked whether it is still there. */
const ASK_MS = 5_000;

const ANSWER_MS_MAX = 3_000;

/** How long to wait before listening again. */
const AGAIN_MS = 500;

export class Hints {
  readonly #line: Line;
  #timer: NodeJS.Timeout | undefined;
  #isListening = false;
  #closed = false;

  constructor(options: Omit<LineOptions, 'onNotify' | 'onLost'>, hint: (node: string) => void) {
    this.#line = new Line({
      ...options,
      onNotify: hint,
      onLost: () => {
        this.#isListening = false;
      },
    });
  }

  /** Resolves when it listens, or when it is sure that it can't now and will try again. */
  async open(): Promise<void> {
    try {
      await this.#line.run(ANSWER_MS_MAX, async (sql) => {
        if (this.#isListening) return void (await sql`SELECT 1`);
        await sql.unsafe(`LISTEN ${CHANNEL}`);
        await sayPresent(sql);
        this.#isListening = true;
      });
    } catch {
      // Whoever looks without a hint meets the same failure, and says so.
      this.#isListening = false;
      this.#line.drop();
    }
    this.#again(this.#isListening ? ASK_MS : AGAIN_MS);
  }

  /** Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#line.close();
  }

  #again(ms: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.open(), ms);
    this.#timer.unref();
  }
}
