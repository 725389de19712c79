/** How the prices of the answer are spread, for the machine that was asked for. */
import { estimatePrice } from 'golem-vm-discovery-protocol';
import { useMemo } from 'react';
import type { Answered } from '../finding/finding-state.js';
import { shapeOf } from '../search/search.js';
import { formatUsd, formatUsdRound } from '../words/formats.js';
import { WORDS } from '../words/words.js';
import { type Spread, spreadOf } from './histogram.js';

const BARS = 28;
const WIDTH = 280;
const HEIGHT = 76;

/** Draws the card. */
export function PriceChart({ answered }: { readonly answered: Answered | undefined }) {
  const { rows = [], total = 0, next } = answered?.listing ?? {};
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
  const { forShape, forWhole, all, part, empty, title } = WORDS.prices;
  return (
    <section className="card chart">
      <header className="card-head">
        <h2>{title}</h2>
        <span className="card-note">{shape === undefined ? forWhole : forShape(shape)}</span>
      </header>
      {spread === undefined ? (
        <p className="chart-empty hint">{answered !== undefined && empty}</p>
      ) : (
        <>
          <Bars spread={spread} />
          <p className="card-note">
            {next === undefined ? all(prices.length) : part(prices.length, total)}
          </p>
        </>
      )}
    </section>
  );
}

function Bars({ spread: { bars, low, median, high } }: { readonly spread: Spread }) {
  const most = Math.max(...bars.map(({ count }) => count));
  const width = WIDTH / bars.length;
  const middle = Math.max(
    0,
    bars.findIndex((bar) => median < bar.high || bar === bars.at(-1)),
  );
  const label = WORDS.prices.label(formatUsd(low), formatUsd(median), formatUsd(high));
  return (
    <div className="chart-space">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={label}
        preserveAspectRatio="none"
      >
        {bars.map((bar, at) => {
          const height = bar.count === 0 ? 0 : Math.max(2, (bar.count / most) * HEIGHT);
          return (
            <rect
              key={bar.low}
              className={at === middle ? 'bar is-median' : 'bar'}
              x={at * width + 0.75}
              y={HEIGHT - height}
              width={Math.min(width - 1.5, 24)}
              height={height}
              rx={1.5}
            >
              <title>{WORDS.prices.bar(formatUsd(bar.low), formatUsd(bar.high), bar.count)}</title>
            </rect>
          );
        })}
      </svg>
      <p className="chart-axis" aria-hidden="true">
        <span>{formatUsdRound(low)}</span>
        <span className="chart-median">
          {WORDS.prices.median} <b>{formatUsd(median)}</b>
        </span>
        <span>{formatUsdRound(high)}</span>
      </p>
    </div>
  );
}
