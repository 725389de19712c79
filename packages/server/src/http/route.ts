/**
 * What a route is, and how it is put into Fastify, which finds it, decodes its path and catches
 * what it throws. Bodies are taken by the routes themselves: the exact bytes were signed.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Exchange } from './edge-parts.js';
import type { Operation } from './openapi/operation.js';

/** One method on one path. `HEAD` comes with each `GET`. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** At most one part of it is a parameter, `:name`. */
  readonly path: string;
  /** How the API's description presents it; `undefined` for what is no part of the API. */
  readonly operation: Operation | undefined;
  /** Answers. `parameter` is what stands in place of the parameter, decoded. */
  readonly handle: (exchange: Exchange, parameter: string) => void | Promise<void>;
}

/** Registers a route. */
export function addRoute(app: FastifyInstance, { method, path, handle }: Route): void {
  const name = /:(\w+)/.exec(path)?.[1] ?? '';
  app.route({
    method,
    url: path,
    handler: (request: FastifyRequest<{ Params: Record<string, string> }>, reply: FastifyReply) =>
      handle({ request: request.raw, response: reply.raw }, request.params[name] ?? ''),
  });
}
