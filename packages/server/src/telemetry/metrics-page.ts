/**
 * Serves the metrics, on this machine only: they tell an operator's business, and a page that is
 * made on demand must not be anybody's to demand.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.js';

/** A page that is being served. */
export interface MetricsPage {
  /** Where, with the port that was taken. */
  readonly url: string;
  /** Stops serving. Safe to call twice. */
  close(): Promise<void>;
}

/** Scrapers need one connection each; more than a few are somebody's mistake. */
const CONNECTIONS_MAX = 16;
const REQUEST_MS_MAX = 5_000;

/** Serves `metrics` at http://127.0.0.1:port/metrics; 0 takes any free port. Rejects when the port is taken. */
export async function serveMetrics(metrics: Metrics, port: number): Promise<MetricsPage> {
  const server = createServer(
    {
      requestTimeout: REQUEST_MS_MAX,
      headersTimeout: REQUEST_MS_MAX,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => void answer(metrics, request, response),
  );
  server.maxConnections = CONNECTIONS_MAX;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, resolve);
  });
  metrics.watchProcess();
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/metrics`,
    close: () =>
      new Promise((resolve) => {
        // An error says that it was closed before.
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port is listened on');
  return address.port;
}

async function answer(
  metrics: Metrics,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('See /metrics\n');
    return;
  }
  try {
    const { contentType, text } = await metrics.page();
    response.writeHead(200, { 'Content-Type': contentType }).end(text);
  } catch (error) {
    response.destroy(error instanceof Error ? error : new Error('no page', { cause: error }));
  }
}
