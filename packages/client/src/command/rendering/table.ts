/**
 * Rows in columns. What a table gives up when a terminal is narrow is decided by whoever makes
 * it, in an order that is written down: nothing wraps, and nothing disappears by accident.
 * Cells are plain text that is already harmless; looks are put on after measuring.
 */
import type { Paint } from './colours.js';
import { padText, shortenText, textWidth } from './text-width.js';

/** A column, whatever its rows hold. */
export interface Column<Row> {
  readonly title: string;
  readonly align?: 'left' | 'right';
  cell(row: Row): string;
  /** A look for the cell; the width is measured without it. */
  look?(row: Row): Paint;
  /** No cell is wider; the default is `CELL_COLUMNS_MAX`. */
  readonly widthMax?: number;
}

/** No value of a hub may fill a screen. */
const CELL_COLUMNS_MAX = 80;

const GAP = '  ';

/** A table whose widths are settled, so that later rows stand below earlier ones. */
export interface Layout<Row> {
  readonly header: (look: Paint) => string;
  readonly line: (row: Row) => string;
  /** The columns of a terminal that it takes. */
  readonly width: number;
}

/** Settles the widths by the rows of a first page. Later rows with wider cells are shortened. */
export function layOut<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Layout<Row> {
  const settled = columns.map((column) => ({ column, width: widthOf(column, rows) }));
  const line = (text: (column: Column<Row>, width: number) => string) =>
    settled.map(({ column, width }) => text(column, width)).join(GAP);
  return {
    width: settled.reduce((sum, { width }) => sum + width, (settled.length - 1) * GAP.length),
    header: (look) =>
      look(line(({ title, align }, width) => padText(title, width, align)).trimEnd()),
    line: (row) =>
      line((column, width) => {
        const text = padText(shortenText(column.cell(row), width), width, column.align);
        return column.look === undefined ? text : column.look(row)(text);
      }).trimEnd(),
  };
}

function widthOf<Row>(column: Column<Row>, rows: readonly Row[]): number {
  let widest = textWidth(column.title);
  for (const row of rows) widest = Math.max(widest, textWidth(column.cell(row)));
  return Math.min(widest, column.widthMax ?? CELL_COLUMNS_MAX);
}

/**
 * The first of the layouts that fits, each giving up more than the one before; the last one
 * where none does.
 */
export function firstThatFits<Row>(
  sacrifices: Iterable<readonly Column<Row>[]>,
  rows: readonly Row[],
  columnsMax: number | undefined,
): Layout<Row> {
  let layout = layOut<Row>([], rows);
  for (const columns of sacrifices) {
    layout = layOut(columns, rows);
    if (columnsMax === undefined || layout.width <= columnsMax) break;
  }
  return layout;
}
