/**
 * Amounts of money as JSON numbers of at most six decimals, written digit by digit: a page writes
 * sixty of them, and letting V8 print and string together sixty doubles cost 7 µs of a request.
 */

/** Up to a billion dollars a month; beyond, a double times a million may lie between two whole numbers. */
const MILLIONTHS_MAX = 2 ** 50;
const MILLION = 1e6;
const DECIMALS = 6;
const DIGIT_ZERO = 48;
const POINT = 46;

/** The most bytes that an amount takes: the longest number that JavaScript prints. */
export const AMOUNT_BYTES_MAX = 25;

/**
 * Writes an amount from 0 on, rounded as `estimatePrice` of the protocol rounds, and never with an
 * exponent where that can be avoided. Gives the position after it.
 */
export function writeAmount(out: Buffer, at: number, amount: number): number {
  const millionths = Math.round(amount * MILLION);
  if (millionths > MILLIONTHS_MAX) return writeLarge(out, at, amount, millionths);
  const whole = Math.floor(millionths / MILLION);
  const end = writeWhole(out, at, whole);
  const rest = millionths - whole * MILLION;
  return rest === 0 ? end : writeDecimals(out, end, rest);
}

/** Sums beyond 2^53 millionths have no six decimals left to round. */
function writeLarge(out: Buffer, at: number, amount: number, millionths: number): number {
  const rounded = millionths > Number.MAX_SAFE_INTEGER ? amount : millionths / MILLION;
  return at + out.write(String(rounded), at, 'latin1');
}

/** Below 2^31, so that dividing may cut to a whole number with `| 0`. */
function writeWhole(out: Buffer, at: number, whole: number): number {
  let end = at + 1;
  for (let bound = 10; whole >= bound; bound *= 10) end += 1;
  let rest = whole;
  for (let place = end - 1; place >= at; place -= 1) {
    const next = (rest / 10) | 0;
    out[place] = DIGIT_ZERO + rest - next * 10;
    rest = next;
  }
  return end;
}

/** Without the zeros at their end; one of them is not zero. */
function writeDecimals(out: Buffer, at: number, millionths: number): number {
  out[at] = POINT;
  let rest = millionths;
  let last = 0;
  for (let place = DECIMALS; place > 0; place -= 1) {
    const next = (rest / 10) | 0;
    const digit = rest - next * 10;
    if (last === 0 && digit !== 0) last = place;
    out[at + place] = DIGIT_ZERO + digit;
    rest = next;
  }
  return at + last + 1;
}
