/** What a provider is called where there is little room. */

/** An id cut in its middle: `0x1234…cdef`, `did:key:z6Mk…wxyz`. */
export function shortId(id: string): string {
  const head = id.startsWith('did:key:') ? 16 : 8;
  return id.length <= head + 7 ? id : `${id.slice(0, head)}…${id.slice(-6)}`;
}
