/**
 * The routes, put into Fastify, and what surrounds them: no route, no such method, `OPTIONS`, a path
 * that can't be decoded, a handler that throws. Everything that leaves here has the hub's shape.
 */
import type { IncomingMessage } from 'node:http';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerFactory,
} from 'fastify';
import { advertisementRoutes } from './advertisements.js';
import { EVERY_ANSWER } from './answer.js';
import { docsRoutes } from './docs.js';
import type { EdgeParts, Exchange } from './edge-parts.js';
import { explainRoutes } from './explain.js';
import { refusalOf } from './failures.js';
import { healthRoutes } from './health.js';
import { infoRoutes } from './info.js';
import { openApiRoutes } from './openapi.js';
import { pageRoutes } from './page.js';
import type { ClientErrorHandler } from './parser-errors.js';
import { providerRoutes } from './provider-status.js';
import { addRoute, type Route } from './route.js';
import { statsRoutes } from './stats.js';
import { watchRoutes } from './watch/watch.js';
import {
  ALL_METHODS,
  type AllowedMethods,
  createAllowedMethods,
  findNothing,
  preflightHeaders,
} from './unknown-routes.js';

/** What is in front of the application: Fastify puts both in their place. */
export interface ServerHooks {
  readonly serverFactory: FastifyServerFactory;
  readonly clientErrorHandler: ClientErrorHandler;
}

/** Makes the application around a server. */
export function createApplication(parts: EdgeParts, around: ServerHooks): FastifyInstance {
  const routes = routesOf(parts);
  const allowedMethods = createAllowedMethods(routes);
  const answerNowhere = (exchange: Exchange) => sendNowhere(parts, allowedMethods, exchange);
  const answerFailure = (exchange: Exchange, error: unknown) => {
    const refusal = refusalOf(error);
    if (refusal === undefined) parts.problems.sendCrash(exchange.response, error);
    else if (refusal.code === 'REQ_005' && leadsNowhere(allowedMethods, exchange.request))
      answerNowhere(exchange);
    else parts.refuse(exchange, refusal);
  };
  const app = fastify({
    ...around,
    serverFactory: (handler, options) =>
      around.serverFactory((request, response) => {
        // Fastify has opinions of its own on methods that it knows and no route takes.
        if (ROUTED_METHODS.has(request.method ?? '')) handler(request, response);
        else answerNowhere({ request, response });
      }, options),
    logger: false,
    // The server is closed by whoever listens with it; Fastify's own refusal has another shape.
    return503OnClosing: false,
    routerOptions: {
      // Long ids are refused by whoever parses ids, not by the router.
      maxParamLength: 16_384,
      // The raw query is parsed once, by the protocol's own parser.
      querystringParser: () => NO_QUERY,
    },
    frameworkErrors: (error, request, reply) => answerFailure(exchangeOf(request, reply), error),
  });
  takeNoBodies(app);
  for (const route of routes) addRoute(app, route);
  app.setNotFoundHandler((request, reply) => answerNowhere(exchangeOf(request, reply)));
  app.setErrorHandler((error, request, reply) => answerFailure(exchangeOf(request, reply), error));
  return app;
}

/** What Fastify is asked about: methods that some route takes. */
const ROUTED_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'DELETE']);

const NO_QUERY: Record<string, string> = Object.freeze({});

function routesOf(parts: EdgeParts): readonly Route[] {
  const routes = [
    ...advertisementRoutes(parts),
    ...explainRoutes(parts),
    ...watchRoutes(parts),
    ...infoRoutes(parts),
    ...statsRoutes(parts),
    ...providerRoutes(parts),
    ...healthRoutes(parts),
  ];
  return [...routes, ...openApiRoutes(parts, routes), ...docsRoutes(parts), ...pageRoutes(parts)];
}

/** Fastify must not touch bodies: what was signed are bytes, and each route says what it takes. */
function takeNoBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
}

/** The path of a request target, which may be a whole URL (RFC 9112, 3.2.2). */
function pathOf(url = ''): string {
  return url.replace(/^https?:\/\/[^/?]*/i, '').replace(/\?.*$/s, '');
}

/** Whether no route takes this method on this path: that comes before the form of a body. */
function leadsNowhere(allowedMethods: AllowedMethods, { method = '', url }: IncomingMessage) {
  const allowed = allowedMethods(pathOf(url));
  return allowed?.split(', ').includes(method) !== true;
}

function sendNowhere(
  { refuse }: EdgeParts,
  allowedMethods: AllowedMethods,
  exchange: Exchange,
): void {
  const { request, response } = exchange;
  const path = pathOf(request.url);
  const allowed = path === '*' ? ALL_METHODS : allowedMethods(path);
  if (request.method === 'OPTIONS' && allowed !== undefined) {
    response.writeHead(204, [...EVERY_ANSWER, ...preflightHeaders(allowed)]).end();
    return;
  }
  const { refusal, headers } = findNothing(allowed);
  refuse(exchange, refusal, headers);
}

function exchangeOf(request: FastifyRequest, reply: FastifyReply): Exchange {
  return { request: request.raw, response: reply.raw };
}
