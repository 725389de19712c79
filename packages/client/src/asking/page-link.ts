/** Where the next page is, by the `Link` header (RFC 8288). */

const NEXT = /<([^<>]*)>\s*;\s*rel="?next"?/;

/**
 * The page token of the next page. Only that is taken from the link: where a page is fetched
 * from is not for a hub to say.
 */
export function nextPageToken(link: string | null): string | undefined {
  const target = NEXT.exec(link ?? '')?.[1];
  const query = target?.split('?')[1];
  return new URLSearchParams(query).get('after') ?? undefined;
}
