/** Where the next page is. Cost: linear in the query; only pages that have a next one pay it. */
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol';

/**
 * The `Link` header (RFC 8288) of a page: the question as it was asked, with `after` replaced.
 * The question was understood, so nothing in it can end the header or the reference.
 */
export function linkToNext(rawQuery: string, next: string): string {
  const kept = rawQuery.split('&').filter((part) => part !== '' && !isAfter(part));
  return `<${ADVERTISEMENTS_PATH}?${[...kept, `after=${next}`].join('&')}>; rel="next"`;
}

function isAfter(part: string): boolean {
  const name = part.split('=', 1)[0] ?? '';
  return name === 'after' || (name.includes('%') && decodeURIComponent(name) === 'after');
}
