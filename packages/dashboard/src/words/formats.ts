/**
 * How amounts and times are written: by the viewer's locale and in the viewer's zone, while the
 * words around them are English. Formatters are made once: making one costs a hundred times its use.
 */

const USD = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
const count = new Intl.NumberFormat();
const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const gigabytes = unit('gigabyte', 0);
const terabytes = unit('terabyte', 1);
const terabytesExact = unit('terabyte', 3);
const petabytes = unit('petabyte', 1);
const usd = money(2, 2);
const usdFine = money(2, 4);
const usdHourly = money(4, 4);
const usdWhole = money(0, 0);
const usdLarge = money(0, 2, 'compact');
const usdTiny = new Intl.NumberFormat(undefined, { ...USD, maximumSignificantDigits: 2 });
const countLarge = new Intl.NumberFormat(undefined, {
  notation: 'compact',
  maximumFractionDigits: 2,
});
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const hour = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: 'numeric' });

function unit(name: string, fraction: number): Intl.NumberFormat {
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: name,
    maximumFractionDigits: fraction,
  });
}

function money(
  fractionMin: number,
  fractionMax: number,
  notation: 'standard' | 'compact' = 'standard',
): Intl.NumberFormat {
  return new Intl.NumberFormat(undefined, {
    ...USD,
    notation,
    minimumFractionDigits: fractionMin,
    maximumFractionDigits: fractionMax,
  });
}

/** A whole number, grouped. */
export function formatCount(amount: number): string {
  return count.format(amount);
}

/** A share, from 0 to 1. */
export function formatShare(amount: number): string {
  return share.format(amount);
}

/** An amount of memory or storage, given in GB; from 100,000 on in TB, since no column holds more. */
export function formatGb(gb: number): string {
  return gb >= 100_000 ? terabytesExact.format(gb / 1_000) : gigabytes.format(gb);
}

/** A sum of memory or storage, given in GB, in the unit that keeps it short. */
export function formatTotalGb(gb: number): string {
  if (gb >= 10_000_000) return petabytes.format(gb / 1_000_000);
  return gb >= 10_000 ? terabytes.format(gb / 1_000) : gigabytes.format(gb);
}

/** Longer amounts are written as `12.3M`: one that is cut off at the end of its column would be another. */
const LONG_MIN = 1_000_000;
const TINY_MAX = 0.0001;
const TINY_MIN = 0.000001;

/** A price of a month or of a unit; small ones with more digits, so that none looks like nothing. */
export function formatUsd(amount: number): string {
  if (amount >= LONG_MIN) return usdLarge.format(amount);
  if (amount >= 100_000) return usdWhole.format(amount);
  if (amount > 0 && amount < TINY_MIN) return `<${usdTiny.format(TINY_MIN)}`;
  if (amount > 0 && amount < TINY_MAX) return usdTiny.format(amount);
  return amount < 1 ? usdFine.format(amount) : usd.format(amount);
}

/** A price of an hour: in a column of them each has its digits under those of the others. */
export function formatUsdHourly(amount: number): string {
  return amount >= 1 || (amount > 0 && amount < TINY_MAX)
    ? formatUsd(amount)
    : usdHourly.format(amount);
}

/** An axis or a cap: no cents. */
export function formatUsdRound(amount: number): string {
  return amount >= 10 && amount < LONG_MIN ? usdWhole.format(amount) : formatUsd(amount);
}

/** An amount of GLM. */
export function formatGlm(amount: number): string {
  return `${(amount >= LONG_MIN ? countLarge : count).format(amount)} GLM`;
}

/** A moment in the viewer's zone. */
export function formatMoment(ms: number): string {
  return moment.format(ms);
}

/** A sentence of a hub, which tells moments as machines do, with each of them in the viewer's zone. */
export function withLocalMoments(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (written) => {
    const ms = Date.parse(written);
    return Number.isNaN(ms) ? written : formatMoment(ms);
  });
}

/** The hour of a moment, with its day. */
export function formatHour(ms: number): string {
  return hour.format(ms);
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long, in its largest unit: `3 d`. */
export function formatSpan(ms: number): string {
  if (ms >= DAY_MS) return `${Math.floor(ms / DAY_MS)} d`;
  if (ms >= HOUR_MS) return `${Math.floor(ms / HOUR_MS)} h`;
  if (ms >= MINUTE_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  return `${Math.max(0, Math.floor(ms / SECOND_MS))} s`;
}

/** A countdown in minutes and seconds, `4:07`; with hours where there are any, `1:04:07`. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / SECOND_MS));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  const parts = hours === 0 ? [seconds % 60] : [minutes, seconds % 60];
  return [
    hours === 0 ? minutes : hours,
    ...parts.map((part) => String(part).padStart(2, '0')),
  ].join(':');
}
