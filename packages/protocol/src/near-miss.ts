/** What somebody probably meant. Cost: some microseconds for each known name; only on refusals. */

/** No known name is nearly as long; longer ones are not compared, which bounds the cost. */
const NAME_CHARS_MAX = 32;

/**
 * The known name that differs least from what was given: by case, punctuation, or up to two
 * letters (one, where the known name has fewer than five). `undefined` where none comes near.
 */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  if (given.length > NAME_CHARS_MAX) return undefined;
  const letters = lettersOf(given);
  let nearest: string | undefined;
  let fewest = Infinity;
  for (const name of known) {
    const edits = editsBetween(letters, lettersOf(name));
    if (edits < fewest && edits <= (name.length < 5 ? 1 : 2)) {
      nearest = name;
      fewest = edits;
    }
  }
  return nearest;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

/** How many letters must be inserted, deleted or replaced to make one name of the other (Levenshtein). Costs the product of their lengths. */
export function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const letter of from) {
    const next = [(row[0] ?? 0) + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (next[column - 1] ?? 0) + 1, (row[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
