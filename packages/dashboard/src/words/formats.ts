/**
 * How amounts and times are written: by the viewer's locale and in the viewer's zone, while the
 * words around them are English. Formatters are made once: making one costs a hundred times its use.
 */

const count = new Intl.NumberFormat();
const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const gigabytes = unit('gigabyte', 0);
const terabytes = unit('terabyte', 1);
const petabytes = unit('petabyte', 1);
const usd = money(2);
const usdFine = money(4);
const usdWhole = money(0);
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const hour = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: 'numeric' });

function unit(name: string, fraction: number): Intl.NumberFormat {
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: name,
    maximumFractionDigits: fraction,
  });
}

function money(fraction: number): Intl.NumberFormat {
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
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

/** An amount of memory or storage, given in GB. */
export function formatGb(gb: number): string {
  return gigabytes.format(gb);
}

/** A sum of memory or storage, given in GB, in the unit that keeps it short. */
export function formatTotalGb(gb: number): string {
  if (gb >= 10_000_000) return petabytes.format(gb / 1_000_000);
  return gb >= 10_000 ? terabytes.format(gb / 1_000) : gigabytes.format(gb);
}

/** A price of a month or an hour; small ones with more digits, so that none looks like nothing. */
export function formatUsd(amount: number): string {
  if (amount >= 100_000) return usdWhole.format(amount);
  return amount > 0 && amount < 1 ? usdFine.format(amount) : usd.format(amount);
}

/** An axis or a cap: no cents. */
export function formatUsdRound(amount: number): string {
  return amount >= 10 ? usdWhole.format(amount) : usd.format(amount);
}

/** An amount of GLM. */
export function formatGlm(amount: number): string {
  return `${count.format(amount)} GLM`;
}

/** A moment in the viewer's zone. */
export function formatMoment(ms: number): string {
  return moment.format(ms);
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

/** A countdown in minutes and seconds: `4:07`. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / SECOND_MS));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
