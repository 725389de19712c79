/**
 * Node's HTTP server, bounded. Invariant: every connection either makes progress or is closed: a
 * request has 8 s to arrive whole, and a connection as long to begin one (see `sendAnswer` for
 * answers that nobody reads).
 *
 * The three time-outs belong together: without `requestTimeout` the others don't bound a body,
 * `headersTimeout` must not exceed it, and none is looked at more often than the check interval.
 */
import { createServer, type RequestListener, type Server } from 'node:http';

/** Together with the check interval it stays below the promised 10 s. */
const REQUEST_MS_MAX = 8_000;
const CHECK_INTERVAL_MS = 250;

/**
 * How long a connection may rest between requests. Longer than the 60 s after which most load
 * balancers let go, where there is one: whoever lets go first must be the one who sends, or a
 * request meets a closing connection and is lost. Strangers who come directly get less: theirs
 * are the ten thousand idle sockets.
 */
const REST_MS_BEHIND_PROXY = 65_000;
const REST_MS = 7_000;

/** Each holds about 10 kB when idle. What is over is closed by Node at once. */
const CONNECTIONS_MAX = 20_000;

/** Bytes of the request line and all headers. An honest request has some 600. */
const HEADER_BYTES_MAX = 16_384;

/** Makes a server that doesn't listen yet. */
export function createBoundedServer(behindProxy: boolean, onRequest: RequestListener): Server {
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES_MAX,
      requestTimeout: REQUEST_MS_MAX,
      headersTimeout: REQUEST_MS_MAX,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      keepAliveTimeout: behindProxy ? REST_MS_BEHIND_PROXY : REST_MS,
      // Node's own refusal has no body; the gate looks for Host itself.
      requireHostHeader: false,
    },
    onRequest,
  );
  // All of them, so that the gate can count: Node would silently drop those past a limit.
  server.maxHeadersCount = 0;
  server.maxConnections = CONNECTIONS_MAX;
  // A client may close its half after the request and still read the answer; Node's types don't
  // know this switch, which it has always had.
  return Object.assign(server, { httpAllowHalfOpen: true });
}
