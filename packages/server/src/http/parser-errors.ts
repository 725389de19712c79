/**
 * Answers for what never became a request, or stopped being one: Node's parser gave up, a
 * time-out struck, somebody asked for a tunnel. Node would answer outside the shape of a problem.
 *
 * Invariant: answers on a connection keep the order of its requests, whoever writes them.
 */
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { problem, type Problem } from 'golem-vm-discovery-protocol';
import { type Answer, EVERY_ANSWER } from './answer.js';
import type { Connection, Connections } from './connections.js';
import type { ProblemAnswers } from './problem-answers.js';
import type { RefusalBill } from './refusal-bill.js';

/**
 * How long a connection is still read after its last answer. Closing at once, with bytes unread,
 * would make TCP reset it, and the client would lose the answer.
 */
const LINGER_MS = 1_000;

const CLOSE = ['Connection', 'close'] as const;

/** What Node tells of a failure on a connection. */
interface ConnectionFailure extends Error {
  readonly code?: string;
  readonly rawPacket?: Buffer;
}

/** What takes the failures of connections. */
export type ClientErrorHandler = (error: Error, socket: Duplex) => void;

/** Makes the answer to what the parser or a time-out gave up on. */
export function createClientErrorHandler(
  connections: Connections,
  problems: ProblemAnswers,
): ClientErrorHandler {
  return (error: ConnectionFailure, socket) => {
    if (!(socket instanceof Socket)) return;
    const refusal = refusalOf(error);
    const connection = connections.of(socket);
    if (connection.broken) return;
    connection.broken = true;
    // Whoever said nothing needs no words either: ten thousand of them may leave at once.
    if (refusal === undefined || !socket.writable || socket.bytesRead === 0) socket.destroy();
    else answerInOrder(connection, refusal, problems);
  };
}

/** Takes over the answers to what Node would otherwise refuse in its own words. */
export function refuseSpecialRequests(
  server: Server,
  problems: ProblemAnswers,
  bill: RefusalBill,
  refuse: (request: IncomingMessage, response: ServerResponse, refusal: Problem) => void,
): void {
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    refuse(request, response, problem('REQ_001', 'no expectation but 100-continue can be met'));
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    if (!(socket instanceof Socket)) return;
    const nowhere = problem('REQ_001', 'this hub is no proxy: CONNECT leads nowhere');
    const { refusal, headers } = bill(request, nowhere);
    writeLast(socket, problems.render(refusal, [...headers, ...CLOSE]));
  });
}

/** `undefined` for a connection that broke by itself: there is nobody to answer. */
function refusalOf({ code = '', rawPacket }: ConnectionFailure): Problem | undefined {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return problem('REQ_006', 'the request took too long to arrive', { retryAfterSeconds: 1 });
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return isInUrl(rawPacket)
      ? problem('REQ_007', 'the URL is too long')
      : problem('REQ_008', 'the headers are too large');
  }
  return code.startsWith('HPE_') ? problem('REQ_001', 'this is not HTTP/1.1') : undefined;
}

/** Whether the first line itself was too long, as far as the last packet tells. */
function isInUrl(packet: Buffer | undefined): boolean {
  const head = packet?.toString('latin1', 0, 8_192) ?? '';
  return /^[A-Z-]+ \S*$/.test(head);
}

function answerInOrder(connection: Connection, refusal: Problem, problems: ProblemAnswers): void {
  const { socket, latest } = connection;
  const writeRaw = () => writeLast(socket, problems.render(refusal, CLOSE));
  if (latest === undefined) writeRaw();
  else if (!latest.req.complete) answerUnfinished(latest, socket, refusal, problems);
  else if (latest.writableFinished) writeRaw();
  else latest.once('close', writeRaw);
}

/** The body of the latest request broke off: the refusal is its answer, unless it has one. */
function answerUnfinished(
  latest: ServerResponse,
  socket: Socket,
  refusal: Problem,
  problems: ProblemAnswers,
): void {
  if (!latest.headersSent) problems.send(latest, refusal, CLOSE);
  else if (latest.writableFinished) socket.destroy();
  else latest.once('close', () => socket.destroy());
}

/** Writes the last answer of a connection, past Node's own. */
function writeLast(socket: Socket, { status, contentType, body, headers }: Answer): void {
  if (!socket.writable) return;
  const fields = [
    ...EVERY_ANSWER,
    'Content-Type',
    contentType,
    'Content-Length',
    String(Buffer.byteLength(body)),
    ...headers,
  ];
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
  for (let at = 0; at < fields.length; at += 2) head += `${fields[at]}: ${fields[at + 1]}\r\n`;
  socket.end(`${head}\r\n${body.toString()}`);
  socket.resume();
  const linger = setTimeout(() => socket.destroy(), LINGER_MS);
  linger.unref();
  socket.once('close', () => clearTimeout(linger));
}
