/** What a platform is spelt with: lower case, so that it has one spelling. */
import { LIMITS } from './limits.js';

/** The pattern of a platform, as it is advertised and asked for. */
export const PLATFORM_PATTERN = `^[a-z0-9_]{1,${LIMITS.platformCharsMax}}$`;

/** What a platform is, in words that complete "must be …". */
export const PLATFORM_DESCRIPTION = `1 to ${LIMITS.platformCharsMax} of a-z, 0-9 and _, such as x86_64 or arm64`;

const PLATFORM = new RegExp(PLATFORM_PATTERN);

/** Whether the text can name a platform: 1 to 32 of `a-z`, `0-9` and `_`. */
export function isPlatform(text: string): boolean {
  return PLATFORM.test(text);
}
