/**
 * Events as Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * Invariant: what many are told is written down once: the same batch gives the same bytes. Data is
 * JSON in ASCII, on one line, so nothing in it needs escaping.
 */
import type { EventBatch } from '../../registry/feed/watch-group.js';
import { formatCursor } from '../../registry/feed/cursor.js';

const written = new WeakMap<EventBatch, Buffer>();

/** The bytes of a batch; they may be sent to any number of clients. */
export function framesOf(batch: EventBatch): Buffer {
  const known = written.get(batch);
  if (known) return known;
  let text = '';
  for (const { name, revision, data } of batch.events) {
    if (revision !== undefined) text += `id: ${formatCursor({ epoch: batch.epoch, revision })}\n`;
    text += `event: ${name}\ndata: ${data}\n\n`;
  }
  const frames = Buffer.from(text, 'latin1');
  written.set(batch, frames);
  return frames;
}

/** What a stream begins with: how long to wait before coming back when it breaks off. */
export function retryFrame(retryMs: number): string {
  return `retry: ${retryMs}\n\n`;
}

/** What a stream ends with when it is not the client who ends it. `EventSource` comes back by itself. */
export function closedFrame(reason: string, message: string): string {
  return `event: closed\ndata: ${JSON.stringify({ reason, message })}\n\n`;
}
