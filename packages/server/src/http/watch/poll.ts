/**
 * A watcher who asks once and waits: `{cursor, events: [{event, data}]}` as soon as there is
 * something, or with nothing when its time is over. Without a cursor the answer is a snapshot, sent in
 * parts as they are read. Invariant: it is answered once, not with nothing before everything that is
 * missing was looked at, and whoever goes on with its cursor misses nothing.
 */
import type { ServerResponse } from 'node:http';
import { problem, type Problem } from 'golem-vm-discovery-protocol';
import type { Watching } from '../../registry/contract.js';
import { formatCursor } from '../../registry/feed/cursor.js';
import type { Watcher, WatchEnd } from '../../registry/feed/watch.js';
import type { WatchEvent } from '../../registry/feed/watch-event.js';
import type { EventBatch } from '../../registry/feed/watch-group.js';
import { EVERY_ANSWER, type HeaderList, JSON_TYPE, sendJson } from '../answer.js';
import { onceDrained } from './once-drained.js';

/** Of a snapshot: with more than this unread, the next part waits. */
const WAITING_BYTES_MAX = 65_536;

/** How long a part of a snapshot may wait to be read. */
const READING_MS_MAX = 10_000;

/** What a poll is made of. */
export interface PollParts {
  readonly response: ServerResponse;
  readonly headers: HeaderList;
  /** Whether it begins with what is listed. */
  readonly wantsSnapshot: boolean;
  readonly waitMs: number;
  readonly refuse: (refusal: Problem) => void;
}

/** See the head of this file. */
export class Poll implements Watcher {
  readonly #parts: PollParts;
  #watching: Watching | undefined;
  #timer: NodeJS.Timeout | undefined;
  #hasBegun = false;
  /** Whether everything that had happened has been looked at. */
  #isUpToDate = false;
  #isOver = false;

  constructor(parts: PollParts) {
    this.#parts = parts;
  }

  /** The watch has been opened; it is closed when the poll has been answered. */
  begin(watching: Watching): void {
    this.#watching = watching;
    if (this.#parts.wantsSnapshot) return;
    const over = (): void => {
      this.#isOver = true;
      this.#answerNothing();
    };
    this.#timer = setTimeout(over, this.#parts.waitMs);
    this.#parts.response.once('close', () => clearTimeout(this.#timer));
  }

  /** Says that nothing is there yet, which means nothing; HTTP/1.0 has no words for that. */
  probe(): void {
    const { response } = this.#parts;
    if (!this.#hasBegun && response.req.httpVersion === '1.1') response.writeProcessing();
  }

  take({ epoch, revision, events }: EventBatch): void {
    if (this.#watching === undefined) return;
    const cursor = formatCursor({ epoch, revision });
    const told = events.filter(({ name }) => name !== 'bookmark');
    if (this.#parts.wantsSnapshot) return this.#takePart(cursor, told);
    if (told.length > 0) return this.#answer(cursor, told);
    // A bookmark: nothing that was missed is left.
    this.#isUpToDate = true;
    this.#answerNothing();
  }

  get isBehind(): boolean {
    return this.#parts.response.writableLength > WAITING_BYTES_MAX;
  }

  whenReady(ready: () => void, starved: () => void): void {
    const { response } = this.#parts;
    const timer = setTimeout(starved, READING_MS_MAX);
    onceDrained(response, () => clearTimeout(timer), ready);
  }

  end(why: WatchEnd): void {
    const { response, refuse } = this.#parts;
    clearTimeout(this.#timer);
    if (this.#hasBegun) response.destroy();
    else refuse(why === 'stopping' ? stopping() : noLonger());
  }

  /** The bookmark that ends a snapshot comes as a part with nothing in it. */
  #takePart(cursor: string, events: readonly WatchEvent[]): void {
    const { response, headers } = this.#parts;
    if (events.length === 0) {
      if (!this.#hasBegun) return this.#answer(cursor, events);
      this.#close();
      response.end(']}');
    } else if (this.#hasBegun) {
      response.write(`,${listOf(events)}`, 'latin1');
    } else {
      this.#hasBegun = true;
      response.writeHead(200, [...EVERY_ANSWER, 'Content-Type', JSON_TYPE, ...headers]);
      response.write(begin(cursor) + listOf(events), 'latin1');
    }
  }

  #answerNothing(): void {
    const watching = this.#watching;
    if (watching && this.#isOver && this.#isUpToDate) this.#answer(watching.cursor, []);
  }

  #answer(cursor: string, events: readonly WatchEvent[]): void {
    this.#close();
    sendJson(this.#parts.response, `${begin(cursor)}${listOf(events)}]}`, this.#parts.headers);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#watching?.close();
    this.#watching = undefined;
  }
}

/** The cursor comes first: it is known before what leads up to it has been read. */
function begin(cursor: string): string {
  return `{"cursor":"${cursor}","events":[`;
}

function listOf(events: readonly WatchEvent[]): string {
  return events.map(({ name, data }) => `{"event":"${name}","data":${data}}`).join(',');
}

function stopping(): Problem {
  const message = 'the hub is stopping; ask the one that takes its place with the same cursor';
  return problem('SYS_002', message, { retryAfterSeconds: 1 });
}

function noLonger(): Problem {
  return problem('ADV_006', 'what this cursor leads to is no longer kept; list again');
}
