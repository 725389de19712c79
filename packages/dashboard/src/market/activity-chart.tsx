/** Arrivals and departures by the hour: arrivals rise from the middle, departures hang from it. */
import type { Stats } from 'golem-vm-discovery-protocol';
import { formatCount, formatHour } from '../words/formats.js';
import { WORDS } from '../words/words.js';

/** Two days: more hours would be too thin to see. */
const HOURS_MAX = 48;
/** So that the first hours of a hub are not two giant blocks. */
const HOURS_MIN = 24;
const WIDTH = 280;
const HALF = 38;

interface Hour {
  readonly beginMs: number;
  readonly arrived: number;
  readonly left: number;
}

/** Draws the card. */
export function ActivityChart({ stats }: { readonly stats: Stats | undefined }) {
  const hours = hoursOf(stats);
  const arrived = sum(hours.map((hour) => hour.arrived));
  const left = sum(hours.map((hour) => hour.left));
  const { title, span, empty, label } = WORDS.activity;
  return (
    <section className="card chart">
      <header className="card-head">
        <h2>{title}</h2>
        {hours.length > 0 && <span className="card-note">{span(hours.length)}</span>}
      </header>
      {hours.length === 0 ? (
        <p className="chart-empty hint">{stats !== undefined && empty}</p>
      ) : (
        <>
          <div className="chart-space">
            <p className="chart-most">{WORDS.activity.most(mostOf(hours))}</p>
            <svg
              viewBox={`0 0 ${WIDTH} ${2 * HALF}`}
              role="img"
              aria-label={label(arrived, left)}
              preserveAspectRatio="none"
            >
              <Bars hours={hours} />
            </svg>
            <p className="chart-axis" aria-hidden="true">
              <span>{formatHour(beginOf(hours))}</span>
              <span>{WORDS.activity.now}</span>
            </p>
          </div>
          <p className="chart-legend">
            <span className="key-arrived">
              <b>{formatCount(arrived)}</b> {WORDS.activity.arrived}
            </span>
            <span className="key-left">
              <b>{formatCount(left)}</b> {WORDS.activity.left}
            </span>
          </p>
        </>
      )}
    </section>
  );
}

function Bars({ hours }: { readonly hours: readonly Hour[] }) {
  const most = mostOf(hours);
  const slots = slotsOf(hours);
  const width = WIDTH / slots;
  const heightOf = (count: number): number =>
    count === 0 ? 0 : Math.max(1.5, (count / most) * (HALF - 2));
  return (
    <>
      <line className="chart-line" x1={0} x2={WIDTH} y1={HALF} y2={HALF} />
      {hours.map(({ beginMs, arrived, left }, at) => {
        const x = (slots - hours.length + at) * width + 0.6;
        const shared = { x, width: width - 1.2 };
        return (
          <g key={beginMs}>
            <title>{WORDS.activity.hour(formatHour(beginMs), arrived, left)}</title>
            <rect x={x} y={0} width={width} height={2 * HALF} className="bar-hour" />
            <rect
              {...shared}
              className="bar-arrived"
              y={HALF - 1 - heightOf(arrived)}
              height={heightOf(arrived)}
            />
            <rect {...shared} className="bar-left" y={HALF + 1} height={heightOf(left)} />
          </g>
        );
      })}
    </>
  );
}

/** The most that came or went in one hour: the height of the chart, up and down. */
function mostOf(hours: readonly Hour[]): number {
  return Math.max(1, ...hours.map(({ arrived, left }) => Math.max(arrived, left)));
}

function slotsOf(hours: readonly Hour[]): number {
  return Math.max(HOURS_MIN, hours.length);
}

const HOUR_MS = 3_600_000;

/** Where the time axis begins, of which the last hour is the present one. */
function beginOf(hours: readonly Hour[]): number {
  return (hours.at(-1)?.beginMs ?? 0) - (slotsOf(hours) - 1) * HOUR_MS;
}

function hoursOf(stats: Stats | undefined): readonly Hour[] {
  return (stats?.traffic ?? []).slice(-HOURS_MAX).map(({ hour, arrived, withdrawn, expired }) => ({
    beginMs: Date.parse(hour),
    arrived,
    left: withdrawn + expired,
  }));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
