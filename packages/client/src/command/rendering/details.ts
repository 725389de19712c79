/** One thing in detail: labels on the left, what they say on the right. */
import type { Output } from '../surroundings.js';
import { coloursOf } from './colours.js';
import { padText, textWidth } from './text-width.js';

/** A label, and lines of harmless text. */
export type Detail = readonly [label: string, ...lines: readonly string[]];

/** Lines that end in a line feed. Details without a line are left out. */
export function detailsText(details: readonly Detail[], out: Output): string {
  const { faint } = coloursOf(out);
  const shown = details.filter(([, ...lines]) => lines.length > 0);
  const width = Math.max(0, ...shown.map(([label]) => textWidth(label)));
  return shown
    .flatMap(([label, ...lines]) =>
      lines.map((line, at) => `${faint(padText(at === 0 ? label : '', width))}  ${line}\n`),
    )
    .join('');
}
