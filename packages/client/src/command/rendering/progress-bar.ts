/** A bar that fills while a person waits: one line of standard error, rewritten in place, on a terminal only. */
import type { Output } from '../surroundings.js';
import { coloursOf } from './colours.js';
import { padText, shortenText } from './text-width.js';

const BAR_COLUMNS = 24;
const CLEAR_LINE = '\r\u001B[2K';

/** Something that is under way. */
export interface ProgressBar {
  /** Shows how far it is, and what there is to say about it. */
  show(done: number, note: string): void;
  /** Takes the line away again. Safe to call twice. */
  close(): void;
}

/** A bar for `total` steps; where nobody looks it shows nothing. */
export function createProgressBar(err: Output, total: number): ProgressBar {
  if (!err.isTerminal) return { show: () => undefined, close: () => undefined };
  let shown = false;
  return {
    show(done, note) {
      shown = true;
      err.write(CLEAR_LINE + barText(err, done, total, note));
    },
    close() {
      if (shown) err.write(CLEAR_LINE);
      shown = false;
    },
  };
}

function barText(err: Output, done: number, total: number, note: string): string {
  const colours = coloursOf(err);
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * BAR_COLUMNS);
  const bar = colours.good('█'.repeat(filled)) + colours.faint('░'.repeat(BAR_COLUMNS - filled));
  const counted = padText(`${done}/${total}`, `${total}/${total}`.length, 'right');
  const room = (err.columns() ?? 80) - BAR_COLUMNS - counted.length - 4;
  return `${bar}  ${counted}  ${shortenText(note, Math.max(0, room))}`;
}
