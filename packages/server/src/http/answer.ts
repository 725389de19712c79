/**
 * How an answer leaves the hub, every one of them: those of routes, of the gate in front of them
 * and of crashed handlers.
 *
 * Answers are written to Node's own response, with all headers in one flat list, and not through
 * Fastify's reply: measured on the list route (10 advertisements, one core), a bare server of
 * Node gave 76,000 answers a second, this way 72,000, `reply.headers().send()` 67,000.
 */
import type { ServerResponse } from 'node:http';

/** Header names and values, one after the other: `['Retry-After', '1']`. */
export type HeaderList = readonly string[];

export const NO_HEADERS: HeaderList = [];

/**
 * How long a client may read nothing of an answer that waits for it, before Node looks again: it
 * takes a second look that finds nothing read either to cut the client off, which makes 9 s.
 */
const UNREAD_MS_MAX = 4_500;

/** How long it may take to read the whole: 7 kB a second, for the largest page. */
const READING_MS_MAX = 60_000;

export const JSON_TYPE = 'application/json; charset=utf-8';

/** What browsers may show to a page of another origin, beyond what they always may. */
const EXPOSED_HEADERS = [
  'Link',
  'X-Total-Count',
  'X-Discovery-Cursor',
  'X-Discovery-State',
  'X-Discovery-Stale',
  'X-Request-Id',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
].join(', ');

/**
 * There are no cookies, so every origin may read everything. Sent whether or not there is an
 * `Origin`: an answer that does not depend on it needs no `Vary`.
 */
export const EVERY_ANSWER: HeaderList = [
  'Access-Control-Allow-Origin',
  '*',
  'Access-Control-Expose-Headers',
  EXPOSED_HEADERS,
];

/** What an answer consists of. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  /** Where the body is lent: called if it is needed for longer than this turn. */
  readonly keep?: () => void;
  readonly headers: HeaderList;
}

/**
 * Writes an answer and ends the response; `HEAD` loses its body in Node. Does nothing where
 * the response was already answered: a request that was cut short or timed out is answered by
 * the parser's side while its handler still waits for the rest.
 */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (response.headersSent) return;
  const { status, contentType, body, headers } = answer;
  response.writeHead(status, [
    ...EVERY_ANSWER,
    'Content-Type',
    contentType,
    'Content-Length',
    String(Buffer.byteLength(body)),
    ...headers,
  ]);
  response.end(body);
  if (response.writableLength === 0) return;
  // Only the rare answer that the socket did not take at once pays for this.
  answer.keep?.();
  boundReading(response);
}

/** What a client does not read stays in memory: it is cut off where it reads nothing, or too slowly. */
function boundReading(response: ServerResponse): void {
  const { socket } = response;
  // An answer to a pipelined request gets its socket, and its time, when those before it are read.
  if (socket === null) return void response.once('socket', () => boundReading(response));
  socket.setTimeout(UNREAD_MS_MAX);
  const deadline = setTimeout(() => socket.destroy(), READING_MS_MAX);
  response.once('close', () => clearTimeout(deadline));
}

/** Answers 200 with a text that is JSON already. */
export function sendJson(
  response: ServerResponse,
  body: string,
  headers: HeaderList = NO_HEADERS,
): void {
  sendAnswer(response, { status: 200, contentType: JSON_TYPE, body, headers });
}
