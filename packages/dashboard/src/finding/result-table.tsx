/**
 * The answer as a table. Invariant: only the rows near the window are in the document, however many
 * there are, and pages are asked for when they come into sight.
 */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import type { Sort } from 'golem-vm-discovery-protocol';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useNow } from '../parts/clock.js';
import { WORDS } from '../words/words.js';
import type { Answered } from './finding-state.js';
import { ROWS_MAX } from '../search/listing.js';
import { ResultRow } from './result-row.js';
import { type Search, shapeOf, sortedBy } from '../search/search.js';

/** What is shown, and who is told. */
export interface ResultTableProps {
  readonly answered: Answered;
  readonly isAsking: boolean;
  /** To be added to the viewer's clock. */
  readonly aheadMs: number;
  readonly readOn: () => void;
  readonly onSearch: (search: Search) => void;
}

/** Rows have one height, so that none needs to be measured; a higher one where they take three lines, or six. In units of the viewer's text. */
const ROW_REMS = [
  ['(width < 20em)', 10.5],
  ['(width < 45em)', 5.25],
  ['all', 3.25],
] as const;

/** Drawn beyond the window, on each side: so that a quick scroll meets no hole. */
const OVERSCAN = 12;

const AGE_STEP_MS = 10_000;

/** Draws the table. */
export function ResultTable({ answered, isAsking, aheadMs, readOn, onSearch }: ResultTableProps) {
  const { search, listing, arrivals } = answered;
  const { rows, total, next } = listing;
  const list = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  const rowPx = useRowPx();
  const nowMs = useNow(AGE_STEP_MS) + aheadMs;
  const count = next === undefined ? rows.length : Math.min(total, ROWS_MAX);
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    scrollMargin,
  });
  useLayoutEffect(() => {
    const top = list.current?.getBoundingClientRect().top ?? 0;
    const margin = Math.round(top + scrollY);
    if (margin !== scrollMargin) setScrollMargin(margin);
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - OVERSCAN && next !== undefined) readOn();
  }, [last, rows.length, next, readOn]);
  const shape = shapeOf(search.requirements);
  return (
    <div
      className={isAsking ? 'table is-asking' : 'table'}
      role="table"
      aria-label={WORDS.results.title}
      aria-rowcount={count + 1}
      aria-busy={isAsking}
    >
      <Head search={search} isPriced={shape !== undefined} onSearch={onSearch} />
      <div
        ref={list}
        role="rowgroup"
        className="table-rows"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ index, start }) => {
          const row = rows[index];
          const style = { height: rowPx, transform: `translateY(${start - scrollMargin}px)` };
          if (row === undefined) return <div key={index} className="row is-coming" style={style} />;
          const id = row.provider_id;
          return (
            <ResultRow
              key={id}
              {...{ row, shape, nowMs, style }}
              place={index}
              isNew={arrivals.has(id)}
            />
          );
        })}
      </div>
      {next === undefined && total > rows.length && (
        <p className="hint">{WORDS.results.more(rows.length)}</p>
      )}
    </div>
  );
}

function useRowPx(): number {
  const [rowPx, setRowPx] = useState(readRowPx);
  useEffect(() => {
    const queries = ROW_REMS.map(([query]) => matchMedia(query));
    const look = (): void => setRowPx(readRowPx());
    for (const query of queries) query.addEventListener('change', look);
    return () => {
      for (const query of queries) query.removeEventListener('change', look);
    };
  }, []);
  return rowPx;
}

function readRowPx(): number {
  const rems = ROW_REMS.find(([query]) => matchMedia(query).matches)?.[1] ?? 0;
  return rems * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

interface Column {
  readonly name: string;
  readonly label: string;
  readonly sort?: Sort;
}

interface HeadProps {
  readonly search: Search;
  readonly isPriced: boolean;
  readonly onSearch: (search: Search) => void;
}

/** The wire sorts each column one way, the useful one: a button asks for it. */
function Head({ search, isPriced, onSearch }: HeadProps) {
  const { results } = WORDS;
  const columns: readonly Column[] = [
    { name: 'provider', label: results.provider },
    { name: 'country', label: results.country },
    { name: 'platform', label: results.platform },
    { name: 'cpu', label: results.cpu, sort: 'cpu' },
    { name: 'memory', label: results.memory, sort: 'memory' },
    { name: 'storage', label: results.storage, sort: 'storage' },
    {
      name: 'price',
      label: isPriced ? results.price : results.priceWhole,
      ...(isPriced && { sort: 'price' }),
    },
    { name: 'age', label: results.listedFor, sort: 'uptime' },
  ];
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" aria-rowindex={1} className="row">
        {columns.map(({ name, label, sort }) => (
          <span
            key={name}
            role="columnheader"
            className={`cell-${name}`}
            {...(sort === search.sort && { 'aria-sort': DIRECTIONS[sort] })}
          >
            {sort === undefined ? (
              label
            ) : (
              <button type="button" onClick={() => onSearch(sortedBy(search, sort))}>
                {label}
              </button>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}

const DIRECTIONS = {
  uptime: 'descending',
  price: 'ascending',
  cpu: 'descending',
  memory: 'descending',
  storage: 'descending',
} as const satisfies Record<Sort, string>;
