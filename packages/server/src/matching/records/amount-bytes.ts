/**
 * Amounts of money as JSON numbers of at most six decimals, written as bytes, three digits at a
 * time: a page writes sixty of them. Letting V8 print sixty doubles and string them together cost 7 µs
 * of a request, digit by digit they cost 2, and from a table of threes less than 1.
 */

import type { AnswerBytes } from './answer-bytes.js';

/** Up to a billion dollars a month; beyond, a double times a million may lie between two whole numbers. */
const MILLIONTHS_MAX = 2 ** 50;
const MILLION = 1e6;
const THOUSAND = 1_000;
const DIGIT_ZERO = 48;
const POINT = 46;

/** The digits of `000` to `999`, first to last from the lowest byte; in the highest how many are left without the zeros at the end. */
const THREES = Int32Array.from({ length: THOUSAND }, (_, number) => {
  const digits = String(number).padStart(3, '0');
  const [first = 0, second = 0, third = 0] = Buffer.from(digits, 'latin1');
  return first | (second << 8) | (third << 16) | (digits.replace(/0+$/, '').length << 24);
});

/** The most bytes that an amount takes: the longest number that JavaScript prints. */
export const AMOUNT_BYTES_MAX = 25;

/**
 * Writes an amount from 0 on, rounded as `estimatePrice` of the protocol rounds, and never with an
 * exponent where that can be avoided. Gives the position after it.
 */
export function writeAmount(out: AnswerBytes, at: number, amount: number): number {
  const millionths = Math.round(amount * MILLION);
  if (millionths > MILLIONTHS_MAX) return writeLarge(out, at, amount, millionths);
  const whole = Math.floor(millionths / MILLION);
  const end = writeWhole(out, at, whole);
  const rest = millionths - whole * MILLION;
  return rest === 0 ? end : writeDecimals(out, end, rest);
}

/** Sums beyond 2^53 millionths have no six decimals left to round. */
function writeLarge(out: AnswerBytes, at: number, amount: number, millionths: number): number {
  const rounded = millionths > Number.MAX_SAFE_INTEGER ? amount : millionths / MILLION;
  return at + out.bytes.write(String(rounded), at, 'latin1');
}

/** Below 2^31, so that dividing may cut to a whole number with `| 0`. */
function writeWhole(out: AnswerBytes, at: number, whole: number): number {
  let end = at + 1;
  for (let bound = 10; whole >= bound; bound *= 10) end += 1;
  let rest = whole;
  for (let place = end - 1; place >= at; place -= 1) {
    const next = (rest / 10) | 0;
    out.view.setUint8(place, DIGIT_ZERO + rest - next * 10);
    rest = next;
  }
  return end;
}

/** Without the zeros at their end; one of the six is not zero. What is written past the end, is written over. */
function writeDecimals(out: AnswerBytes, at: number, millionths: number): number {
  out.view.setUint8(at, POINT);
  const upper = (millionths / THOUSAND) | 0;
  const lower = millionths - upper * THOUSAND;
  const afterUpper = writeThree(out, at + 1, upper);
  return lower === 0 ? afterUpper : writeThree(out, at + 4, lower);
}

/** All three, and a byte that means nothing; gives the position after the last that is not zero. */
function writeThree(out: AnswerBytes, at: number, number: number): number {
  const digits = THREES[number] ?? 0;
  out.view.setInt32(at, digits, true);
  return at + (digits >> 24);
}
