/**
 * How a command ends: the codes that scripts rely on. `--help` and the reference page list them
 * from here; a code never changes its meaning.
 */

/** What each exit code means, as it is shown to people. */
export const EXIT_CODES = {
  done: { code: 0, meaning: 'done; for find and get: something was found' },
  nothing: { code: 1, meaning: 'nothing matched, or no such advertisement is listed' },
  usage: { code: 2, meaning: 'the command line was not understood' },
  unreachable: { code: 3, meaning: 'no hub answered' },
  refused: { code: 4, meaning: 'the hub refused, and its message was printed' },
  unproven: { code: 5, meaning: 'an answer did not stand up to verification: do not trust it' },
  key: { code: 6, meaning: 'the key is missing, malformed, unsafe, or its passphrase is wrong' },
  bug: { code: 70, meaning: 'a fault of this program' },
} as const;

/** The name of an ending. */
export type Ending = keyof typeof EXIT_CODES;

/** How a command ended, with what to print on standard error. */
export interface Ended {
  readonly ending: Ending;
  /** What happened and what to do next; lines, without the last line feed. */
  readonly message?: string | undefined;
}

/** Nothing went wrong, and nothing is left to say. */
export const DONE: Ended = { ending: 'done' };

/** An ending with its message. */
export function ended(ending: Ending, message: string): Ended {
  return { ending, message };
}

/** The table of codes, a line each, for `--help`. */
export function exitCodesText(): string {
  return Object.values(EXIT_CODES)
    .map(({ code, meaning }) => `  ${String(code).padEnd(4)}${meaning}`)
    .join('\n');
}
