/**
 * In debug, one line for each request. Otherwise there is none of these, and requests cost nothing
 * more. Whatever a client sent is cut here; the log escapes it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProblemCode } from 'golem-vm-discovery-protocol';
import type { Source } from '../admission/contract.js';
import type { Log } from '../telemetry/log.js';

const PATH_CHARS_MAX = 200;

/** Where and how a request was made, for a line of the log. */
export function describeRequest({ method, url = '' }: IncomingMessage): {
  readonly method: string | undefined;
  readonly path: string;
} {
  const path = url.length > PATH_CHARS_MAX ? `${url.slice(0, PATH_CHARS_MAX)}...` : url;
  return { method, path };
}

/** Writes the lines. */
export class RequestLog {
  readonly #log: Pick<Log, 'debug'>;
  readonly #sourceOf: (request: IncomingMessage) => Source;
  readonly #refusals = new WeakMap<ServerResponse, Readonly<Record<string, string>>>();

  constructor(log: Pick<Log, 'debug'>, sourceOf: (request: IncomingMessage) => Source) {
    this.#log = log;
    this.#sourceOf = sourceOf;
  }

  /** Takes note of a request: its line is written when its answer is out, or its client gone. */
  begin(request: IncomingMessage, response: ServerResponse): void {
    // Asked now: a socket that is closed no longer knows whose it was.
    const client = this.#sourceOf(request).network;
    response.once('close', () => {
      const refusal = this.#refusals.get(response);
      const status = response.headersSent ? response.statusCode : undefined;
      const fields = { ...describeRequest(request), status, client, ...refusal };
      this.#log.debug(fields, refusal === undefined ? 'request' : 'refused');
    });
  }

  /** Takes note of why a request is refused. */
  refuse(response: ServerResponse, requestId: string, code: ProblemCode): void {
    this.#refusals.set(response, { request_id: requestId, code });
  }
}
