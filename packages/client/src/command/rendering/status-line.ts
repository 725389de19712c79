/** The last line of a terminal, rewritten in place below what else is printed; nothing at all where nobody looks. */
import type { Output } from '../surroundings.js';
import { coloursOf } from './colours.js';
import { shortenText } from './text-width.js';

const CLEAR_LINE = '\r\u001B[2K';
const COLUMNS_DEFAULT = 80;

/** A line that stays last. */
export interface StatusLine {
  /** Prints a whole line above. */
  print(line: string): void;
  /** Rewrites the last line. */
  show(status: string): void;
  /** Takes the last line away. Safe to call twice. */
  close(): void;
}

/** A status line at the end of an output. */
export function createStatusLine(output: Output): StatusLine {
  const { faint } = coloursOf(output);
  let status = '';
  const cleared = () => (status === '' ? '' : CLEAR_LINE);
  return {
    print: (line) => output.write(`${cleared()}${line}\n${status}`),
    show(text) {
      if (!output.isTerminal) return;
      const before = cleared();
      status = faint(shortenText(text, (output.columns() ?? COLUMNS_DEFAULT) - 1));
      output.write(before + status);
    },
    close() {
      output.write(cleared());
      status = '';
    },
  };
}
