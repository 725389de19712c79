/**
 * The HTTP edge: the registry's use cases on a socket, from the first connection to the last
 * answer. Invariant: whatever comes in, what goes out is an answer of the hub's shape or a closed
 * connection.
 */
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as setTimeoutAsync } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { problem, type Problem } from 'golem-vm-discovery-protocol';
import type { Config } from '../config/config.js';
import type { Registry } from '../registry/contract.js';
import type { Clock } from '../telemetry/clock.js';
import { type HeaderList, NO_HEADERS } from './answer.js';
import { createApplication } from './application.js';
import { createClientAddresses } from './client-address.js';
import { createCompressibleSender } from './compression.js';
import { type Connection, Connections } from './connections.js';
import type { EdgeParts } from './edge-parts.js';
import { findFault } from './gate.js';
import { isHealthPath } from './health.js';
import type { PageFile } from './page-files.js';
import { createClientErrorHandler, refuseSpecialRequests } from './parser-errors.js';
import { type EdgeLog, ProblemAnswers } from './problem-answers.js';
import { createRateLimit } from './rate-limit.js';
import { createRefusalBill, type RefusalBill } from './refusal-bill.js';
import { RequestLog } from './request-log.js';
import { createBoundedServer } from './server.js';
import { asksForEventStream, tellToComeBack } from './watch/come-back.js';
import { createTurn } from './turn.js';

/** What an edge is made of. It closes none of it. */
export interface HttpEdgeOptions {
  readonly config: Config;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: EdgeLog;
  /** Of the hub, as `/api/v1/info` tells it. */
  readonly version: string;
  /** The files of the page at `/`, where it was built. */
  readonly page?: readonly PageFile[] | undefined;
}

/** Where it listens; the port is the real one where the configured one was 0. */
export interface EdgeAddress {
  readonly address: string;
  readonly port: number;
  /** With the address as it is listened on, `0.0.0.0` for all of them. */
  readonly url: string;
}

/** The edge of a hub. */
export interface HttpEdge {
  /** Listens where config says. Rejects where that is taken or not allowed. */
  listen(): Promise<EdgeAddress>;
  /** From now on `/readyz` is 503 and every new request SYS_002; what is being handled goes on. */
  startDraining(): void;
  /**
   * Drains, and stops listening when the last answer is out, or after 10 s: until then health is
   * answered, on new connections too. Safe to call twice.
   */
  close(): Promise<void>;
}

/** How long `close` waits for answers that are being made; then they are cut off. */
const CLOSE_MS_MAX = 10_000;

/** How often `close` looks whether anything is still being answered, and for connections that have become idle. */
const CLOSE_CHECK_MS = 50;

/**
 * How many requests may wait on one connection: each answer to a pipelined request is kept until
 * those before it are read, and Node bounds neither their number nor their bytes.
 */
const QUEUED_REQUESTS_MAX = 32;

const CLOSE: HeaderList = ['Connection', 'close'];

function overloaded(message: string): Problem {
  return problem('SYS_002', message, { retryAfterSeconds: 1 });
}

/** Makes an edge that doesn't listen yet. */
export function createHttpEdge(options: HttpEdgeOptions): HttpEdge {
  return new Edge(options);
}

class Edge implements HttpEdge {
  readonly #config: Config;
  readonly #registry: Registry;
  readonly #problems: ProblemAnswers;
  readonly #bill: RefusalBill;
  /** Only in debug. */
  readonly #requests: RequestLog | undefined;
  readonly #connections = new Connections();
  readonly #sockets = new Set<Socket>();
  readonly #app: FastifyInstance;
  #draining = false;
  #closed: Promise<void> | undefined;

  constructor(options: HttpEdgeOptions) {
    const { config, clock, log } = options;
    const locate = createClientAddresses(config.trustedProxies);
    const sourceOf = (request: IncomingMessage) =>
      locate(request, this.#connections.of(request.socket));
    const rateLimit = createRateLimit(config.rateLimitPerMinute, clock);
    this.#config = config;
    this.#registry = options.registry;
    this.#bill = createRefusalBill(rateLimit, sourceOf);
    if (log.isLevelEnabled('debug')) this.#requests = new RequestLog(log, sourceOf);
    this.#problems = new ProblemAnswers(clock, log, this.#requests);
    const parts: EdgeParts = {
      ...options,
      page: options.page,
      problems: this.#problems,
      rateLimit,
      refuse: ({ request, response }, refusal, headers) =>
        this.#refuse(request, response, refusal, headers),
      sendCompressible: createCompressibleSender(),
      turn: createTurn(),
      sourceOf,
      isDraining: () => this.#draining,
    };
    this.#app = createApplication(parts, {
      serverFactory: (handler) => this.#createServer(handler),
      clientErrorHandler: createClientErrorHandler(this.#connections, this.#problems),
    });
  }

  #createServer(handler: RequestListener): Server {
    const behindProxy = this.#config.trustedProxies.length > 0;
    const server = createBoundedServer(behindProxy, (request, response) => {
      const connection = this.#connections.begin(response);
      this.#requests?.begin(request, response);
      const refusal = findFault(request) ?? this.#findExcess(connection, request);
      if (refusal === undefined) handler(request, response);
      else if (this.#draining && asksForEventStream(request))
        tellToComeBack(response, refusal.message);
      else this.#refuse(request, response, refusal, CLOSE);
    });
    server.on('connection', (socket) => {
      this.#connections.of(socket);
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    refuseSpecialRequests(server, this.#problems, this.#bill, (request, response, refusal) => {
      this.#requests?.begin(request, response);
      this.#refuse(request, response, refusal, CLOSE);
    });
    return server;
  }

  #refuse(
    request: IncomingMessage,
    response: ServerResponse,
    fault: Problem,
    headers: HeaderList = NO_HEADERS,
  ): void {
    const { refusal, headers: counted } = this.#bill(request, fault);
    this.#problems.send(response, refusal, [...counted, ...headers]);
  }

  /** Health is answered to the end: whoever asks must be able to tell stopping from dead. */
  #findExcess({ queued }: Connection, { url }: IncomingMessage): Problem | undefined {
    if (queued > QUEUED_REQUESTS_MAX)
      return overloaded('too many requests wait on this connection');
    return this.#draining && !isHealthPath(url) ? overloaded('the hub is stopping') : undefined;
  }

  async listen(): Promise<EdgeAddress> {
    await this.#app.ready();
    const { server } = this.#app;
    server.listen({ host: this.#config.host, port: this.#config.port });
    await once(server, 'listening');
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('not an IP socket');
    const { address, port, family } = bound;
    return { address, port, url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}` };
  }

  startDraining(): void {
    if (this.#draining) return;
    this.#draining = true;
    this.#registry.watches.close();
    this.#connections.closeIdle();
  }

  close(): Promise<void> {
    this.startDraining();
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const deadline = new AbortController();
    const cut = setTimeout(() => deadline.abort(), CLOSE_MS_MAX);
    // Listening until then: whoever asks for health meanwhile comes on a new connection.
    while (this.#isAnswering() && !deadline.signal.aborted) await setTimeoutAsync(CLOSE_CHECK_MS);
    const { server } = this.#app;
    const isClosed = new Promise((resolve) => void server.close(resolve));
    // Node closes what is idle when it is told to, and never looks again.
    const check = setInterval(() => this.#closeConnections(deadline.signal), CLOSE_CHECK_MS);
    this.#closeConnections(deadline.signal);
    await isClosed;
    clearInterval(check);
    clearTimeout(cut);
    await this.#app.close();
    this.#problems.close();
  }

  #closeConnections({ aborted }: AbortSignal): void {
    if (aborted) this.#connections.closeAll();
    else this.#connections.closeIdle();
  }

  /** Whether any request is being handled, or any answer still on its way. */
  #isAnswering(): boolean {
    for (const socket of this.#sockets) {
      if (this.#connections.of(socket).latest?.writableFinished === false) return true;
    }
    return false;
  }
}
