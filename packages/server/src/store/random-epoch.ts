/** What a new epoch is called: 64 random bits, so that no two lines of history ever share a name. */
import { randomBytes } from 'node:crypto';

/** A name that was never given, of up to 13 characters `[0-9a-z]`. */
export function randomEpoch(): string {
  return randomBytes(8).readBigUInt64BE().toString(36);
}
