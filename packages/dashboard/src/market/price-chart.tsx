/** How the prices of the answer are spread, for the machine that was asked for. */
import { estimatePrice, type Stats } from 'golem-vm-discovery-protocol';
import { useMemo } from 'react';
import type { Answered } from '../finding/finding-state.js';
import { shapeOf } from '../search/search.js';
import { formatUsd, formatUsdRound } from '../words/formats.js';
import { searchText } from '../words/search-text.js';
import { WORDS } from '../words/words.js';
import { priceLevelsOf } from './price-levels.js';
import { type Bar, type Spread, spreadOf } from './histogram.js';

const BARS = 28;
const WIDTH = 280;
const HEIGHT = 76;

/** What is asked, and what the hub knows of all that it has. */
export interface PriceChartProps {
  readonly answered: Answered | undefined;
  readonly stats: Stats | undefined;
}

/** Draws the card. */
export function PriceChart({ answered, stats }: PriceChartProps) {
  const { rows = [], total = 0 } = answered?.listing ?? {};
  const isWhole = answered === undefined || rows.length >= total;
  const shape = answered && shapeOf(answered.search.requirements);
  const { cpu, memory, storage } = shape ?? {};
  const prices = useMemo(
    () =>
      rows.flatMap(({ pricing, resources }) => {
        const asked =
          cpu === undefined || memory === undefined || storage === undefined
            ? resources
            : { cpu, memory, storage };
        return estimatePrice(asked, pricing)?.usd_per_month ?? [];
      }),
    [rows, cpu, memory, storage],
  );
  const spread = useMemo(() => spreadOf(prices, BARS), [prices]);
  const { forShape, forWhole, all, empty, title } = WORDS.prices;
  return (
    <section className="card chart">
      <header className="card-head">
        <h2>{title}</h2>
        <span className="card-note">
          {shape === undefined ? forWhole : forShape(searchText(shape))}
        </span>
      </header>
      {spread === undefined ? (
        <p className="chart-empty hint">{answered !== undefined && empty}</p>
      ) : (
        <>
          <Bars spread={spread} />
          <p className="card-note">
            {isWhole ? all(prices.length) : partly(answered, prices.length, stats)}
          </p>
        </>
      )}
    </section>
  );
}

/** The bars are of those rows alone that were read; the hub may know of all. */
function partly({ search, listing }: Answered, priced: number, stats: Stats | undefined): string {
  const levels = priceLevelsOf(search, stats);
  const { part, cheapest, levelsOfAll } = WORDS.prices;
  const whose = (search.sort === 'price' ? cheapest : part)(priced, listing.total);
  if (levels === undefined) return whose;
  const { p10, median, p90, providers } = levels;
  return `${whose} ${levelsOfAll(providers, formatUsd(p10), formatUsd(median), formatUsd(p90))}`;
}

function Bars({ spread: { bars, low, median, top, high } }: { readonly spread: Spread }) {
  const most = Math.max(...bars.map(({ count }) => count));
  const width = WIDTH / bars.length;
  const middle = Math.max(
    0,
    bars.findIndex((bar) => median < bar.high || bar === bars.at(-1)),
  );
  const label = WORDS.prices.label(formatUsd(low), formatUsd(median), formatUsd(high));
  return (
    <div className="chart-space">
      <p className="chart-most">{WORDS.prices.most(most)}</p>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={label}
        preserveAspectRatio="none"
      >
        <line className="chart-line is-top" x1={0} x2={WIDTH} y1={0} y2={0} />
        <line className="chart-line" x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {bars.map((bar, at) => (
          <PriceBar
            key={bar.low}
            {...{ bar, at, width }}
            share={bar.count / most}
            isMedian={at === middle}
          />
        ))}
      </svg>
      <p className="chart-axis" aria-hidden="true">
        <span>{formatUsdRound(low)}</span>
        <span className="chart-median">
          {WORDS.prices.median} <b>{formatUsd(median)}</b>
        </span>
        <span>{high > top ? WORDS.prices.andMore(formatUsdRound(top)) : formatUsdRound(high)}</span>
      </p>
    </div>
  );
}

interface PriceBarProps {
  readonly bar: Bar;
  readonly at: number;
  readonly width: number;
  /** Of the highest bar. */
  readonly share: number;
  readonly isMedian: boolean;
}

function PriceBar({ bar: { low, high, count }, at, width, share, isMedian }: PriceBarProps) {
  const height = count === 0 ? 0 : Math.max(2, share * HEIGHT);
  return (
    <rect
      className={isMedian ? 'bar is-median' : 'bar'}
      x={at * width + 0.75}
      y={HEIGHT - height}
      width={Math.min(width - 1.5, 24)}
      height={height}
    >
      <title>{WORDS.prices.bar(formatUsd(low), formatUsd(high), count)}</title>
    </rect>
  );
}
