/**
 * What every request must be like before anybody looks at what it asks: Node lets these through,
 * or answers them outside the shape of a problem. Cost: one walk over the header names.
 */
import type { IncomingMessage } from 'node:http';
import { problem, type Problem } from 'golem-vm-discovery-protocol';

/** The longest question that makes sense (every country, a page token) has about 1,500 characters. */
const URL_CHARS_MAX = 8_192;

/** Node counts none for us: it would drop what is too much, and a second `X-Provider-ID` could hide there. */
const HEADERS_MAX = 100;

/** Headers of which Node would keep the first, or join all: here, one of them must not win. */
const ONCE: ReadonlySet<string> = new Set([
  'host',
  'content-type',
  'x-provider-id',
  'x-provider-signature',
]);

/** What is wrong with the form of a request, if anything. */
export function findFault(
  request: Pick<IncomingMessage, 'httpVersion' | 'url' | 'rawHeaders'>,
): Problem | undefined {
  const { httpVersion, url = '', rawHeaders } = request;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return malformed('speak HTTP/1.1');
  if (url.length > URL_CHARS_MAX)
    return problem('REQ_007', `a URL has at most ${URL_CHARS_MAX} characters`);
  if (url.includes('#')) return malformed('a request target has no fragment (#)');
  if (rawHeaders.length > 2 * HEADERS_MAX) {
    return problem('REQ_008', `a request has at most ${HEADERS_MAX} headers`);
  }
  return findHeaderFault(rawHeaders, httpVersion === '1.1');
}

function findHeaderFault(rawHeaders: readonly string[], needsHost: boolean): Problem | undefined {
  let seen = '';
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    if (!ONCE.has(name)) continue;
    if (seen.includes(` ${name} `)) return malformed(`the header ${name} is there more than once`);
    seen += ` ${name} `;
  }
  return needsHost && !seen.includes(' host ')
    ? malformed('the Host header is missing')
    : undefined;
}

function malformed(message: string): Problem {
  return problem('REQ_001', message);
}
