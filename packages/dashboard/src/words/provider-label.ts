/** What a provider is called where there is little room. */

const ENDS_CHARS = [8, 6] as const;

/** An id cut in its middle: `0x123456…abcdef`, `z6Mkabcd…uvwxyz`; the prefix that all keys share says nothing. */
export function shortId(id: string): string {
  const [head, tail] = ENDS_CHARS;
  const own = id.replace(/^did:key:/, '');
  return own.length <= head + tail + 1 ? own : `${own.slice(0, head)}…${own.slice(-tail)}`;
}
