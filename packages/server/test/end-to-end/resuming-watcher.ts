/**
 * A requestor who watches through everything: comes back with the last id whenever the connection
 * breaks, drops it by itself, or reads nothing for a while. It holds what it is told to every promise.
 */
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Replay } from '../registry/feed/replay.js';

const COME_BACK_MS = 20;

/** See the head of this file. Whoever made it closes it. */
export class ResumingWatcher {
  readonly query: string;
  readonly #url: () => string;
  /** What was known at each cursor that was reached, the last state that had it. */
  readonly states = new Map<number, ReadonlyMap<string, string>>();
  #replay = new Replay(undefined);
  #lastId: string | undefined;
  #response: IncomingMessage | undefined;
  #isClosed = false;
  #failure: unknown;
  readonly over: Promise<void>;
  connections = 0;

  /** `url` changes when the hub comes back elsewhere. */
  constructor(url: () => string, query: string) {
    this.#url = url;
    this.query = query;
    this.over = this.#watch();
  }

  /** The revision up to which everything was told. */
  get revision(): number {
    return this.#replay.revision ?? -1;
  }

  get known(): ReadonlyMap<string, string> {
    return this.#replay.known;
  }

  /** Breaks off in the middle of whatever comes. */
  drop(): void {
    this.#response?.destroy();
  }

  /** Reads nothing for a while. */
  stall(ms: number): void {
    const response = this.#response;
    response?.pause();
    setTimeout(() => response?.resume(), ms);
  }

  close(): void {
    this.#isClosed = true;
    this.drop();
  }

  /** Throws what was wrong with what it was told. */
  verify(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #watch(): Promise<void> {
    while (!this.#isClosed && this.#failure === undefined) {
      await this.#watchOnce().catch(() => undefined);
      await wait(COME_BACK_MS);
    }
  }

  #watchOnce(): Promise<void> {
    // A snapshot that was broken off begins anew.
    if (this.#lastId === undefined) this.#replay = new Replay(undefined);
    const headers = this.#lastId === undefined ? {} : { 'Last-Event-ID': this.#lastId };
    const url = `${this.#url()}/api/v1/advertisements/watch?${this.query}`;
    return new Promise((resolve, reject) => {
      const request = get(url, { headers, agent: false });
      request.once('error', reject);
      request.once('response', (response) => {
        this.connections += 1;
        this.#response = response;
        this.#read(response);
        response.once('close', resolve);
        if (this.#isClosed) response.destroy();
      });
    });
  }

  #read(response: IncomingMessage): void {
    let text = '';
    response.setEncoding('utf8');
    response.on('error', () => undefined);
    response.on('data', (chunk: string) => {
      text += chunk;
      if (response.statusCode === 410) this.#failure ??= new Error(`can't be resumed: ${text}`);
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        this.#take(text.slice(0, end));
        text = text.slice(end + 2);
      }
    });
  }

  #take(block: string): void {
    const [, id] = /^id: (.*)$/mu.exec(block) ?? [];
    const [, name = ''] = /^event: (.*)$/mu.exec(block) ?? [];
    const [, data] = /^data: (.*)$/mu.exec(block) ?? [];
    if (data === undefined || name === 'closed' || this.#failure !== undefined) return;
    try {
      this.#replay.tell({ name, cursor: id, data });
    } catch (error) {
      this.#failure = error;
    }
    this.#lastId = id ?? this.#lastId;
    if (id !== undefined) this.states.set(this.revision, new Map(this.known));
  }
}
