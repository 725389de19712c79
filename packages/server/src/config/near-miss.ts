/** Finds what was probably meant by a name that does not exist. Costs the product of the two lengths; names are cut first. */

import { editsBetween } from 'golem-vm-discovery-protocol';

/** Longer names are not compared: no setting is half as long. */
const COMPARED_CHARS_MAX = 64;

/**
 * The candidate that was probably meant: one that has all the words of `given` (`_` between words),
 * or all its letters in a row, or else the nearest by letters, unless even that one is too far.
 */
export function nearMiss(given: string, candidates: readonly string[]): string | undefined {
  if (given.length > COMPARED_CHARS_MAX) return undefined;
  // Spelled out in most other programs.
  const name = given.replace('DATABASE', 'DB').replace('database', 'db');
  return (
    candidates.find((candidate) => hasWordsOf(name, candidate)) ??
    candidates.find((candidate) => hasLettersOf(name, candidate)) ??
    nearest(name, candidates)
  );
}

/** Finds the whole name of what was shortened: DISCOVERY_TTL_SECONDS. */
function hasWordsOf(name: string, candidate: string): boolean {
  const words = name.split('_');
  const candidateWords = candidate.split('_');
  return words.length > 1 && words.every((word) => candidateWords.includes(word));
}

/** Finds what was written without its `_` and cut short: DISCOVERY_RATELIMIT. Fewer letters than four are in too many names. */
function hasLettersOf(name: string, candidate: string): boolean {
  const letters = lettersOf(name);
  return letters.length >= 4 && lettersOf(candidate).includes(letters);
}

function lettersOf(name: string): string {
  return ownPart(name).replaceAll('_', '');
}

function ownPart(name: string): string {
  return name.replace(/^DISCOVERY_/, '');
}

/** A third of the letters may be wrong, which takes in a word that is one of our own making. The prefix is no likeness: all have it. */
function nearest(name: string, candidates: readonly string[]): string | undefined {
  const own = ownPart(name);
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: editsBetween(own, ownPart(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, ownPart(candidate).length / 3))
    .toSorted((one, other) => one.distance - other.distance);
  return best?.candidate;
}
