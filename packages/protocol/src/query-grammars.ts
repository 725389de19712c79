/**
 * How the value of a parameter is read: text in, value out, `undefined` where it is not
 * acceptable. Invariant: every grammar is closed and bounded, so nothing needs escaping before it.
 */
import { COUNTRIES_COUNT, isCountryCode } from './countries.js';

/** Reads one value. */
export type Grammar<Value> = (text: string) => Value | undefined;

const INTEGER = /^[1-9][0-9]{0,15}$/;
const DECIMAL = /^(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,6})?$/;
const COUNTRY = /^[A-Za-z]{2}$/;

/** Plain digits without a leading zero, from 1 to the maximum, which is below 10^16. */
export function integerUpTo(maximum: number): Grammar<number> {
  return (text) => bounded(text, INTEGER, maximum);
}

/** Plain digits without a leading zero, from 0 to the maximum, which is below 10^16. */
export function wholeUpTo(maximum: number): Grammar<number> {
  return (text) => (text === '0' ? 0 : bounded(text, INTEGER, maximum));
}

/** Plain digits with a fraction of up to six, from 0 to the maximum, which is below 10^16. */
export function decimalUpTo(maximum: number): Grammar<number> {
  return (text) => bounded(text, DECIMAL, maximum);
}

function bounded(text: string, grammar: RegExp, maximum: number): number | undefined {
  if (!grammar.test(text)) return undefined;
  const number = Number(text);
  return number <= maximum ? number : undefined;
}

/** The text itself, where it has the pattern. */
export function matching(pattern: RegExp): Grammar<string> {
  return (text) => (pattern.test(text) ? text : undefined);
}

/** One of the words. */
export function oneOf<Word extends string>(words: readonly Word[]): Grammar<Word> {
  return (text) => words.find((word) => word === text);
}

/** Exactly `true`. */
export function exactlyTrue(text: string): true | undefined {
  return text === 'true' ? true : undefined;
}

/** One or several countries, separated by commas: upper case, sorted, without doubles. More pieces than there are countries are not looked at. */
export function countryCodes(text: string): readonly string[] | undefined {
  const codes = new Set<string>();
  const pieces = text.split(',', COUNTRIES_COUNT + 1);
  if (pieces.length > COUNTRIES_COUNT) return undefined;
  for (const piece of pieces) {
    const code = countryCode(piece);
    if (code === undefined) return undefined;
    codes.add(code);
  }
  return [...codes].toSorted();
}

/** The pattern comes first: upper-casing turns some single letters into two. */
function countryCode(text: string): string | undefined {
  if (!COUNTRY.test(text)) return undefined;
  const code = text.toUpperCase();
  return isCountryCode(code) ? code : undefined;
}
