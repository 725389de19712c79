/**
 * Amounts of money as JSON numbers of at most six decimals. A page writes sixty of them; letting
 * V8 print doubles took 7 µs of a request, looking digits up in a table takes 2.
 */

/** Up to a billion dollars a month; beyond, a double times a million may lie between two whole numbers. */
const MILLIONTHS_MAX = 2 ** 50;
const MILLION = 1e6;
const THOUSAND = 1e3;

/** `0` to `9999`: most amounts are less, and V8 remembers only the few numbers that it wrote last. */
const WHOLES = Array.from({ length: 10_000 }, (_, whole) => String(whole));
/** `.001` to `.999` without trailing zeros, and nothing for 0. */
const SHORT = Array.from({ length: THOUSAND }, (_, thousandths) =>
  thousandths === 0 ? '' : `.${digits(thousandths).replace(/0+$/, '')}`,
);
/** `.000` to `.999`, where more digits follow. */
const LONG = Array.from({ length: THOUSAND }, (_, thousandths) => `.${digits(thousandths)}`);
/** `001` to `999` without trailing zeros. */
const LAST = Array.from({ length: THOUSAND }, (_, millionths) =>
  digits(millionths).replace(/0+$/, ''),
);

/** Writes an amount from 0 on that was rounded to six decimals, as `JSON.stringify` would, but never with an exponent. */
export function amountText(amount: number): string {
  const millionths = Math.round(amount * MILLION);
  if (millionths > MILLIONTHS_MAX) return String(amount);
  const dollars = Math.floor(millionths / MILLION);
  const whole = WHOLES[dollars] ?? String(dollars);
  const rest = millionths - dollars * MILLION;
  const upper = Math.floor(rest / THOUSAND);
  const lower = rest - upper * THOUSAND;
  if (lower === 0) return whole + (SHORT[upper] ?? '');
  return whole + (LONG[upper] ?? '') + (LAST[lower] ?? '');
}

function digits(number: number): string {
  return String(number).padStart(3, '0');
}
