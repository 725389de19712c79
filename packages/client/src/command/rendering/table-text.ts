/** A whole table at once, for what has few rows. */
import type { Output } from '../surroundings.js';
import { coloursOf } from './colours.js';
import { type Column, layOut } from './table.js';

/** Lines that end in a line feed; nothing where there are no rows. */
export function tableText<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  out: Output,
): string {
  if (rows.length === 0) return '';
  const { header, line } = layOut(columns, rows);
  return [header(coloursOf(out).strong), ...rows.map(line)].map((text) => `${text}\n`).join('');
}
