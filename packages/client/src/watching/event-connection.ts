/**
 * One connection of a watch: opened, read, and given up when it says nothing for longer than a hub
 * ever does. Invariant: nothing stays open behind it, and nothing is thrown but by a bug.
 */
import type { Failure } from '../failure.js';
import { readAnswer } from '../transport/answer-reading.js';
import { timedOut, unreachable } from '../transport/attempt.js';
import { readBoundedText } from '../transport/bounded-text.js';
import type { Surroundings } from '../transport/surroundings.js';
import { unreadable } from '../transport/unreadable.js';
import { EventText, type TextEvent } from './event-text.js';

/** A hub says something every 15 s; three times that is silence. */
const SILENCE_MS_MAX = 45_000;

/** An open connection, or why there is none. */
export type Opened =
  | { readonly ok: true; readonly connection: EventConnection }
  | { readonly ok: false; readonly failure: Failure };

/** See the head of this file. Whoever opened it closes it. */
export class EventConnection {
  readonly #surroundings: Surroundings;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #controller: AbortController;
  readonly #decoder = new TextDecoder();
  readonly #text = new EventText();

  private constructor(
    surroundings: Surroundings,
    reader: ReadableStreamDefaultReader<Uint8Array>,
    controller: AbortController,
  ) {
    this.#surroundings = surroundings;
    this.#reader = reader;
    this.#controller = controller;
  }

  /** Opens one; gives up after `timeoutMs`, or with the signal. */
  static async open(
    surroundings: Surroundings,
    hub: string,
    url: string,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Opened> {
    const controller = new AbortController();
    const giveUp = (): void => controller.abort();
    signal.addEventListener('abort', giveUp);
    // One listener for each connection would gather over the life of a watch.
    controller.signal.addEventListener('abort', () => signal.removeEventListener('abort', giveUp));
    const callOff = surroundings.after(timeoutMs, giveUp);
    try {
      const headers = { Accept: 'text/event-stream' };
      const init = { headers, cache: 'no-store', signal: controller.signal } as const;
      const response = await surroundings.fetch(url, init);
      const { body } = response;
      if (response.ok && body && isEventStream(response)) {
        const connection = new EventConnection(surroundings, body.getReader(), controller);
        return { ok: true, connection };
      }
      const text = await readBoundedText(response);
      const answer = readAnswer({ hub, response, text, nowMs: surroundings.wallMs() });
      giveUp();
      return { ok: false, failure: answer.ok ? unreadable(hub, 'events') : answer.failure };
    } catch (error) {
      const isOurs = controller.signal.aborted;
      giveUp();
      const failure = isOurs ? timedOut(hub, timeoutMs) : unreachable(hub, error);
      return { ok: false, failure };
    } finally {
      callOff();
    }
  }

  /** How long the hub asks to wait before coming back. */
  get retryMs(): number | undefined {
    return this.#text.retryMs;
  }

  /** The events that came; `undefined` when there will be no more, whatever ended it. */
  async read(): Promise<readonly TextEvent[] | undefined> {
    const callOff = this.#surroundings.after(SILENCE_MS_MAX, () => this.close());
    try {
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      return this.#text.push(this.#decoder.decode(value, { stream: true }));
    } catch {
      return undefined;
    } finally {
      callOff();
    }
  }

  /** Safe to call twice. */
  close(): void {
    this.#controller.abort();
  }
}

function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') === true;
}
