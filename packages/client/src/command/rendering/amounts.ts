/** Numbers as people write them: money, gigabytes, how long ago. Each text is short, and of bounded width. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** From here on cents say nothing any more, and would take room. */
const WHOLE_USD_MIN = 10_000;

/** Dollars a month: `45.20`, `12,345`; what is not nothing never reads as nothing. */
export function usdPerMonthText(usd: number): string {
  return decimalText(usd, 2);
}

/** Dollars an hour: four decimals, since an hour costs cents. */
export function usdPerHourText(usd: number): string {
  return decimalText(usd, usd < 100 ? 4 : 2);
}

function decimalText(amount: number, decimals: number): string {
  const smallest = 10 ** -decimals;
  if (amount > 0 && amount < smallest) return `<${smallest.toFixed(decimals)}`;
  return amount >= WHOLE_USD_MIN ? grouped.format(amount) : amount.toFixed(decimals);
}

/** `1 core`, `16 cores`. */
export function coresText(cores: number): string {
  return `${countText(cores)} ${cores === 1 ? 'core' : 'cores'}`;
}

/** `1 provider`, `1,200 providers`. */
export function providersText(count: number): string {
  return count === 1 ? '1 provider' : `${countText(count)} providers`;
}

/** Storage and memory beyond this many GB are shown in TB. */
const GB_SHOWN_MAX = 9_999;

/** `16 GB`, `1,000 GB`, `12.8 TB` (of 1,000 GB). */
export function gigabytesText(gb: number): string {
  return gb <= GB_SHOWN_MAX ? `${grouped.format(gb)} GB` : `${oneDecimal.format(gb / 1_000)} TB`;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long something has lasted, at most four columns: `<1m`, `12m`, `5h`, `3d`, `2y`. Clocks that disagree count as `<1m`. */
export function ageText(ms: number): string {
  if (!(ms >= MINUTE_MS)) return '<1m';
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)}m`;
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)}h`;
  const days = Math.floor(ms / DAY_MS);
  return days < 1_000 ? `${days}d` : `${Math.min(999, Math.floor(days / 365))}y`;
}

/** A whole number with separators between thousands. */
export function countText(count: number): string {
  return grouped.format(count);
}
