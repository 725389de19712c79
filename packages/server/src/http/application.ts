/**
 * The routes, put into Fastify, and what surrounds them: no route, no such method, `OPTIONS`, a path
 * that can't be decoded, a handler that throws. Everything that leaves here has the hub's shape.
 */
import type { ServerResponse } from 'node:http';
import fastify, { type FastifyInstance, type FastifyServerFactory } from 'fastify';
import { problem } from 'golem-vm-discovery-protocol';
import { advertisementRoutes } from './advertisements.js';
import { EVERY_ANSWER } from './answer.js';
import { docsRoutes } from './docs.js';
import type { EdgeParts } from './edge-parts.js';
import { healthRoutes } from './health.js';
import { infoRoutes } from './info.js';
import { openApiRoutes } from './openapi.js';
import type { ClientErrorHandler } from './parser-errors.js';
import type { ProblemAnswers } from './problem-answers.js';
import { addRoute, type Route } from './route.js';
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
  const { problems } = parts;
  const app = fastify({
    ...around,
    logger: false,
    // The server is closed by whoever listens with it; Fastify's own refusal has another shape.
    return503OnClosing: false,
    routerOptions: {
      // Long ids are refused by whoever parses ids, not by the router.
      maxParamLength: 16_384,
      // The raw query is parsed once, by the protocol's own parser.
      querystringParser: () => NO_QUERY,
    },
    frameworkErrors: (error, _request, reply) => answerFailure(problems, reply.raw, error),
  });
  takeNoBodies(app);
  const routes = routesOf(parts);
  for (const route of routes) addRoute(app, route);
  const allowedMethods = createAllowedMethods(routes);
  app.setNotFoundHandler((request, reply) => {
    answerNowhere(problems, allowedMethods, request.raw.method, pathOf(request.raw.url), reply.raw);
  });
  app.setErrorHandler((error, _request, reply) => answerFailure(problems, reply.raw, error));
  return app;
}

const NO_QUERY: Record<string, string> = Object.freeze({});

function routesOf(parts: EdgeParts): readonly Route[] {
  const routes = [...advertisementRoutes(parts), ...infoRoutes(parts), ...healthRoutes(parts)];
  return [...routes, ...openApiRoutes(parts, routes), ...docsRoutes(parts)];
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

function answerNowhere(
  problems: ProblemAnswers,
  allowedMethods: AllowedMethods,
  method: string | undefined,
  path: string,
  response: ServerResponse,
): void {
  const allowed = path === '*' ? ALL_METHODS : allowedMethods(path);
  if (method === 'OPTIONS' && allowed !== undefined) {
    response.writeHead(204, [...EVERY_ANSWER, ...preflightHeaders(allowed)]).end();
    return;
  }
  const { refusal, headers } = findNothing(allowed);
  problems.send(response, refusal, headers);
}

/** Fastify's own refusals are of what came in; everything else is a bug of ours. */
function answerFailure(problems: ProblemAnswers, response: ServerResponse, error: unknown): void {
  switch (codeOf(error)) {
    case 'FST_ERR_BAD_URL':
      return problems.send(response, problem('REQ_001', 'the path is not well percent-encoded'));
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problems.send(response, problem('REQ_005', 'the Content-Type is no media type'));
    default:
      return problems.sendCrash(response, error);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
