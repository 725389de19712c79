/** Where the next page is. Cost: a search for `after`; only pages behind the first pay more. */
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol';

/**
 * The `Link` header (RFC 8288) of a page: the question as it was asked, with `after` replaced.
 * The question was understood, so nothing in it can end the header or the reference.
 */
export function linkToNext(rawQuery: string, next: string): string {
  const kept = withoutToken(rawQuery);
  return `<${ADVERTISEMENTS_PATH}?${kept === '' ? '' : `${kept}&`}after=${next}>; rel="next"`;
}

function withoutToken(rawQuery: string): string {
  // Percent-encoded, the name may look different.
  if (!rawQuery.includes('after') && !rawQuery.includes('%')) return rawQuery;
  const parts = rawQuery.split('&').filter((part) => part !== '' && !isToken(part));
  return parts.join('&');
}

function isToken(part: string): boolean {
  return decodeURIComponent(part.split('=', 1)[0] ?? '') === 'after';
}
