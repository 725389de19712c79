/**
 * Server-Sent Events as they come, in whatever pieces. Bounded: a block longer than any event of a hub
 * is not one. https://html.spec.whatwg.org/multipage/server-sent-events.html, as far as hubs use it.
 */

/** One event as it was on the wire. */
export interface TextEvent {
  readonly id: string | undefined;
  readonly name: string;
  readonly data: string;
}

/** An advertisement with an estimate has some 1,000 characters, at most some 10,000. */
const BLOCK_CHARS_MAX = 65_536;

/** Reads pieces of a stream. */
export class EventText {
  #rest = '';
  /** How long the stream asks to wait before coming back, in milliseconds. */
  retryMs: number | undefined;

  /** The events that are whole with this piece; `undefined` where it is no such stream. */
  push(piece: string): readonly TextEvent[] | undefined {
    const blocks = (this.#rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    this.#rest = blocks.pop() ?? '';
    if (this.#rest.length > BLOCK_CHARS_MAX) return undefined;
    return blocks.flatMap((block) => this.#read(block) ?? []);
  }

  #read(block: string): TextEvent | undefined {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const [, name, value = ''] = /^([a-z]+): ?(.*)$/u.exec(line) ?? [];
      if (name !== undefined) fields.set(name, value);
    }
    const retry = fields.get('retry');
    if (retry !== undefined && /^[0-9]{1,6}$/u.test(retry)) this.retryMs = Number(retry);
    const data = fields.get('data');
    if (data === undefined) return undefined;
    return { id: fields.get('id'), name: fields.get('event') ?? 'message', data };
  }
}
