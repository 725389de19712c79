/** The process of `golem-discovery`: words and environment in, text and an exit code out. */
import { readFileSync } from 'node:fs';
import { endingText, faultText } from './error-text.js';
import { EXIT_CODES } from './exit-codes.js';
import { processSurroundings } from './process-surroundings.js';
import { runProgram } from './program.js';

function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  );
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest))
    return 'unknown';
  return String(manifest.version);
}

const surroundings = processSurroundings(process);
try {
  const { ending, message } = await runProgram(process.argv.slice(2), surroundings, readVersion());
  if (message !== undefined)
    surroundings.err.write(`${endingText(ending, message, surroundings.err)}\n`);
  // Not process.exit(): what was written must get out, and what is left open should be seen.
  process.exitCode = EXIT_CODES[ending].code;
} catch (error) {
  surroundings.err.write(`${faultText(error, surroundings.err)}\n`);
  process.exitCode = EXIT_CODES.bug.code;
}
