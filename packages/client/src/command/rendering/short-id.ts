/** Provider ids for people: enough of both ends to tell providers apart. Software is given the whole id. */
import { neutralText } from './neutral-text.js';

const HEAD_CHARS = 6;
const TAIL_CHARS = 4;
const DID_KEY_PREFIX = 'did:key:';

/** `0x12ab…9f3c`, `z6MkhaXg…2doK`; short ids as they are. */
export function shortId(id: string): string {
  const text = neutralText(id.startsWith(DID_KEY_PREFIX) ? id.slice(DID_KEY_PREFIX.length) : id);
  if (text.length <= HEAD_CHARS + TAIL_CHARS + 1) return text;
  return `${text.slice(0, HEAD_CHARS)}…${text.slice(-TAIL_CHARS)}`;
}
