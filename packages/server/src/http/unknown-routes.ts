/**
 * What is answered where no route fits: 404, or 405 where only the method doesn't, and `OPTIONS`
 * for browsers that ask first. Invariant: methods are told apart from paths by the routes
 * themselves, so that a new route needs nothing here.
 */
import { problem, type Problem } from 'golem-vm-discovery-protocol';
import type { HeaderList } from './answer.js';
import type { Route } from './route.js';

/** The methods that a path takes; `undefined` for a path that leads nowhere. */
export type AllowedMethods = (path: string) => string | undefined;

/** Prepares the look-up of methods by path. */
export function createAllowedMethods(routes: readonly Route[]): AllowedMethods {
  const patterns = [...new Set(routes.map(({ path }) => path))].map((path) => ({
    pattern: new RegExp(`^${path.replace(/:\w+$/, '[^/]+').replaceAll('.', '\\.')}$`),
    methods: methodsOf(routes.filter((route) => route.path === path)),
  }));
  return (path) => patterns.find(({ pattern }) => pattern.test(path))?.methods;
}

function methodsOf(routes: readonly Route[]): string {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...methods, 'OPTIONS'].join(', ');
}

/** Why nothing is found: REQ_003, with `Allow`, or REQ_002. */
export function findNothing(allowed: string | undefined): {
  readonly refusal: Problem;
  readonly headers: HeaderList;
} {
  if (allowed === undefined) {
    const refusal = problem('REQ_002', 'there is nothing here; /docs says what there is');
    return { refusal, headers: [] };
  }
  const refusal = problem('REQ_003', `this takes ${allowed}`);
  return { refusal, headers: ['Allow', allowed] };
}

/** What the hub as a whole takes. */
export const ALL_METHODS = 'GET, HEAD, POST, DELETE, OPTIONS';

const PREFLIGHT: HeaderList = [
  'Access-Control-Allow-Methods',
  ALL_METHODS,
  'Access-Control-Allow-Headers',
  'X-Provider-ID, X-Provider-Signature, Content-Type, Last-Event-ID',
  // Two hours, the longest that any browser takes.
  'Access-Control-Max-Age',
  '7200',
];

/** The headers of an answer to `OPTIONS`, a browser's question before a signed write among them. */
export function preflightHeaders(allowed: string): HeaderList {
  return [...PREFLIGHT, 'Allow', allowed];
}
