/**
 * `/`: the page that shows what the network offers. Each of its files is a route of its own, so the
 * router knows all of them and nothing else. Not counted by the rate limit: a page that loads
 * ten files is one visit, and what it asks of the API is counted.
 */
import type { IncomingMessage } from 'node:http';
import { EVERY_ANSWER, type HeaderList, sendAnswer } from './answer.js';
import { preferredEncoding } from './compression.js';
import type { EdgeParts, Exchange } from './edge-parts.js';
import type { PageFile } from './page-files.js';
import type { Route } from './route.js';

/** Scripts, styles and data come from the hub alone, none stands in the page itself, and nothing may frame it. */
const PROTECTION: HeaderList = [
  'Content-Security-Policy',
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy',
  'same-origin',
  'Permissions-Policy',
  'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy',
  'no-referrer',
  'X-Content-Type-Options',
  'nosniff',
  'X-Frame-Options',
  'DENY',
];

/** A year, the longest that caches take: the name of such a file changes with its content. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Kept, but asked about each time, so that a new page is seen at once. */
const ASK_AGAIN = 'no-cache';

const NOT_BUILT = `The hub is running. Its page is not here: in a checkout, "npm run build" makes it, and a restart of the hub shows it.
The API is described at /docs and works without the page.
`;

/** The routes of the page, or of the sentence that stands in for it. */
export function pageRoutes({ page }: EdgeParts): readonly Route[] {
  if (page !== undefined) return page.map(fileRoute);
  const contentType = 'text/plain; charset=utf-8';
  const headers = [...PROTECTION, 'Cache-Control', ASK_AGAIN];
  const handle = ({ response }: Exchange): void =>
    sendAnswer(response, { status: 200, contentType, body: NOT_BUILT, headers });
  return [{ method: 'GET', path: '/', operation: undefined, handle }];
}

function fileRoute(file: PageFile): Route {
  const { path } = file;
  return { method: 'GET', path, operation: undefined, handle: (at) => sendFile(file, at) };
}

function sendFile(file: PageFile, { request, response }: Exchange): void {
  const { contentType, etag, immutable } = file;
  const caching = ['ETag', etag, 'Cache-Control', immutable ? FOREVER : ASK_AGAIN];
  const headers = [...PROTECTION, ...caching, 'Vary', 'Accept-Encoding'];
  if (isKnown(request, etag)) {
    response.writeHead(304, [...EVERY_ANSWER, ...headers]).end();
    return;
  }
  const encoding = preferredEncoding(request.headers['accept-encoding']);
  const compressed = encoding && file.compressed.get(encoding);
  if (compressed === undefined) {
    sendAnswer(response, { status: 200, contentType, body: file.plain, headers });
  } else {
    const encoded = [...headers, 'Content-Encoding', String(encoding)];
    sendAnswer(response, { status: 200, contentType, body: compressed, headers: encoded });
  }
}

/** Whether the client has this content already. A proxy that compresses makes a tag weak; it still names the content. */
function isKnown({ headers }: IncomingMessage, etag: string): boolean {
  const known = headers['if-none-match'];
  return known?.split(',').some((tag) => /^\s*(?:W\/)?(.*?)\s*$/.exec(tag)?.[1] === etag) ?? false;
}
