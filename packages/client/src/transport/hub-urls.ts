/** Where the hubs are. Invariant: each is an absolute http(s) URL without slash, query or credentials at its end. */

/** More are not an answer to an outage but a list gone wrong. */
export const HUBS_MAX = 16;

/**
 * Reads one URL or several, in order of preference; doubles are dropped. A path is kept, for hubs
 * behind a prefix, but for an `/api/v1` at its end. Throws a `TypeError` for what is no http(s) URL
 * or carries a query, a fragment or credentials, and for none or more than 16 of them.
 */
export function parseHubUrls(given: string | readonly string[]): readonly string[] {
  const urls = new Set([given].flat().map(parseHubUrl));
  if (urls.size === 0) throw new TypeError('no hub is given: name at least one URL');
  if (urls.size > HUBS_MAX) throw new TypeError(`${urls.size} hubs are given, at most ${HUBS_MAX}`);
  return [...urls];
}

/** Many write down the URL of the API instead; requests bring their path along. */
const PREFIX_OF_EVERY_REQUEST = /(?:\/api\/v1)?\/*$/;

function parseHubUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `${JSON.stringify(text)} is not the URL of a hub, such as http://127.0.0.1:7465`,
    );
  }
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new TypeError(
      `the URL of a hub has no query, fragment or credentials: ${JSON.stringify(url.origin + url.pathname)} is enough`,
    );
  }
  return (url.origin + url.pathname).replace(PREFIX_OF_EVERY_REQUEST, '');
}
