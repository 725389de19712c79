/**
 * What `find` shows: the advertisements of an answer as a table. On a terminal it is made to be
 * read, and fits; in a pipe it has every column, in an order that never changes, and whole values.
 */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import * as columns from './advertisement-columns.js';
import type { AdvertisementColumn } from './advertisement-columns.js';
import { type Colours, coloursOf } from './colours.js';
import { pipedColumns } from './piped-columns.js';
import { firstThatFits, layOut, type Layout } from './table.js';
import type { Output } from '../surroundings.js';

/** Narrower terminals get what 40 columns would. */
const WIDTH_MIN = 40;

/** The layout for an output, by the rows of the first page. `nowMs` is Unix milliseconds, for ages. */
export function advertisementTable(
  rows: readonly Advertisement[],
  out: Output,
  nowMs: number,
): Layout<Advertisement> {
  const width = out.columns();
  if (width === undefined) return layOut(pipedColumns(nowMs), rows);
  return firstThatFits(sacrifices(coloursOf(out), nowMs), rows, Math.max(width, WIDTH_MIN));
}

/** What goes first when it gets narrow: what can be had in another way, by `get` or `--json`. */
function* sacrifices(colours: Colours, nowMs: number): Generator<readonly AdvertisementColumn[]> {
  const { ADDRESS_COLUMN, PROVIDER_COLUMN, SHORT_PROVIDER_COLUMN } = columns;
  const {
    WHOLE_ADDRESS_COLUMN,
    COUNTRY_CODE_COLUMN,
    SIZE_COLUMNS,
    HOUR_COLUMN,
    countryColumn,
    nameColumn,
  } = columns;
  const mark = columns.markColumn(colours);
  const month = columns.monthColumn(colours);
  const facts = [...SIZE_COLUMNS, month, HOUR_COLUMN, columns.ageColumn(nowMs, colours)];
  const wide = [mark, countryColumn(20), ...facts];
  yield [...wide, ADDRESS_COLUMN, PROVIDER_COLUMN, nameColumn(32)];
  yield [...wide, ADDRESS_COLUMN, PROVIDER_COLUMN, nameColumn(12)];
  yield [...wide, ADDRESS_COLUMN, WHOLE_ADDRESS_COLUMN, nameColumn(20)];
  yield [...wide, ADDRESS_COLUMN, WHOLE_ADDRESS_COLUMN, nameColumn(12)];
  yield [...wide, ADDRESS_COLUMN, SHORT_PROVIDER_COLUMN, nameColumn(32)];
  yield [...wide, ADDRESS_COLUMN, SHORT_PROVIDER_COLUMN, nameColumn(12)];
  yield [...wide, SHORT_PROVIDER_COLUMN, nameColumn(20)];
  const narrow = [mark, countryColumn(16), ...facts];
  yield [...narrow, SHORT_PROVIDER_COLUMN, nameColumn(8)];
  yield [...narrow, SHORT_PROVIDER_COLUMN];
  yield [mark, COUNTRY_CODE_COLUMN, ...facts, SHORT_PROVIDER_COLUMN];
  yield [mark, COUNTRY_CODE_COLUMN, ...SIZE_COLUMNS, month, SHORT_PROVIDER_COLUMN];
  yield [COUNTRY_CODE_COLUMN, ...SIZE_COLUMNS, month];
}
