/**
 * Spreads provider ids evenly, whoever chose them: a random multiplier for each place, and the upper bits of
 * the sum of the products. Nobody who doesn't know the multipliers can name two ids that meet more often
 * than by chance (Dietzfelbinger et al., "A reliable randomized algorithm for the closest-pair problem").
 */
import { randomFillSync } from 'node:crypto';
import { LIMITS, type ProviderId } from 'golem-vm-discovery-protocol';

/** As many as are worth something: two characters may differ by 64, which leaves the lowest six bits of a sum alike. */
export const HASH_BITS = 26;

/** Hashes an id to a whole number of `HASH_BITS` bits. */
export type IdHash = (id: ProviderId) => number;

/** A way of spreading ids that is nobody else's. */
export function createIdHash(): IdHash {
  const multipliers = randomFillSync(new Int32Array(LIMITS.providerIdCharsMax));
  return (id) => {
    let sum = 0;
    for (let place = 0; place < id.length; place += 1) {
      sum = (sum + Math.imul(id.charCodeAt(place), multipliers[place] ?? 0)) | 0;
    }
    return sum >>> (32 - HASH_BITS);
  };
}
