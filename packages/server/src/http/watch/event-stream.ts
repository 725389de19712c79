/**
 * A watcher on a connection that stays open: Server-Sent Events.
 *
 * The stream ends with the connection, without the framing of chunks, so that the bytes of an event
 * are one buffer for everyone. Invariant: what waits to be read is bounded by `WAITING_BYTES_MAX` and
 * one batch; whoever reads nothing of it for `UNREAD_MS_MAX` is closed, and can resume.
 * Memory: a connection and some objects, below 20 kB.
 */
import type { ServerResponse } from 'node:http';
import type { Watcher, WatchEnd } from '../../registry/feed/watch.js';
import type { EventBatch } from '../../registry/feed/watch-group.js';
import { EVERY_ANSWER, type HeaderList } from '../answer.js';
import { EVENT_STREAM_TYPE, retryMsOf } from './come-back.js';
import { closedFrame, framesOf, retryFrame } from './event-frames.js';
import { onceDrained } from './once-drained.js';

/** With more than this unread, a watcher reads on at its own pace. */
const WAITING_BYTES_MAX = 65_536;

/** How long a watcher with that much unread may read nothing at all. */
const UNREAD_MS_MAX = 10_000;

/** How long the last words may take. */
const LAST_WORDS_MS_MAX = 1_000;

/** After so long a silence the system asks whether the other side is still there. */
const KEEP_ALIVE_MS = 30_000;

const REASONS: Readonly<Record<WatchEnd, string>> = {
  too_slow: 'you read more slowly than things change; resume with the last id, or watch for less',
  stopping: 'the hub is stopping; come back with the last id to the one that takes its place',
  rewound: 'the history was set back; the last id means nothing any more, so begin anew',
};

/** See the head of this file. It ends with its response. */
export class EventStream implements Watcher {
  readonly #response: ServerResponse;
  readonly #headers: HeaderList;

  constructor(response: ServerResponse, headers: HeaderList) {
    this.#response = response;
    this.#headers = headers;
  }

  /** The watch has been opened: answers, and begins the stream. */
  begin(): void {
    const response = this.#response;
    // Not chunked: the end of the connection is the end of the stream.
    response.removeHeader('Transfer-Encoding');
    response.writeHead(200, [
      ...EVERY_ANSWER,
      'Content-Type',
      EVENT_STREAM_TYPE,
      'X-Accel-Buffering',
      'no',
      'Connection',
      'close',
      ...this.#headers,
    ]);
    response.socket?.setKeepAlive(true, KEEP_ALIVE_MS);
    response.write(retryFrame(retryMsOf(response)));
  }

  /** Says something that means nothing. */
  probe(): void {
    this.#response.write(':\n\n');
  }

  take(batch: EventBatch): void {
    this.#response.write(framesOf(batch));
  }

  get isBehind(): boolean {
    return this.#response.writableLength > WAITING_BYTES_MAX;
  }

  whenReady(ready: () => void, starved: () => void): void {
    const response = this.#response;
    onceDrained(response, watchReading(response, starved), ready);
  }

  end(why: WatchEnd): void {
    const response = this.#response;
    response.end(closedFrame(why, REASONS[why]));
    const cut = setTimeout(() => response.socket?.destroy(), LAST_WORDS_MS_MAX);
    response.once('close', () => clearTimeout(cut));
  }
}

/** Calls `starved` when nothing is read for `UNREAD_MS_MAX`, unless the returned function is called before. */
function watchReading(response: ServerResponse, starved: () => void): () => void {
  let waiting = response.writableLength;
  const timer = setInterval(() => {
    const before = waiting;
    waiting = response.writableLength;
    if (waiting < before) return;
    clearInterval(timer);
    starved();
  }, UNREAD_MS_MAX);
  timer.unref();
  return () => clearInterval(timer);
}
