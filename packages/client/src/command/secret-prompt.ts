/** Asks a person at a terminal for what must not be shown, and leaves the terminal as it was. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Secret } from './surroundings.js';

/** Takes what would echo the answer. */
function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** Resolves with the line that was typed; a person gives up with Ctrl-C or Ctrl-D. */
export async function askSecret(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
): Promise<Secret> {
  output.write(question);
  const line = createInterface({ input, output: nowhere(), terminal: true });
  const given = new AbortController();
  line.on('SIGINT', () => given.abort());
  line.on('close', () => given.abort());
  try {
    return { typed: await line.question('', { signal: given.signal }) };
  } catch (error) {
    if (given.signal.aborted) return 'gave up';
    throw error;
  } finally {
    line.close();
    output.write('\n');
  }
}
