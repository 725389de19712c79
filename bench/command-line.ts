/** What follows `npm run bench… --`, read once: what was not understood ends the run with a line, not with a stack. */
import { parseArgs } from 'node:util';

/** What a shell takes for "you called me wrongly". */
const EXIT_CODE_USAGE = 2;

/** Gives `parse` the words; where it throws, says why and ends the process. */
export function readCommandLine<Options>(parse: (words: readonly string[]) => Options): Options {
  try {
    return parse(process.argv.slice(2));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `${reason}\nThe options are in docs/benchmarks.md, docs/matching.md and docs/cluster.md.\n`,
    );
    process.exit(EXIT_CODE_USAGE);
  }
}

/** Of a benchmark that knows no other option: whether a small run is wanted. */
export function isQuick(words: readonly string[]): boolean {
  const options = { quick: { type: 'boolean', default: false } } as const;
  return parseArgs({ args: [...words], options }).values.quick;
}
