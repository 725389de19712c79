/**
 * The countries of ISO 3166-1: assigned alpha-2 codes only, none that are reserved or made up.
 * From the list's first part alone: its second, five thousand subdivisions, would double the
 * size of what a browser loads.
 */
import { iso31661 } from 'iso-3166/1.js';

const NAMES: ReadonlyMap<string, string> = new Map(
  iso31661.map(({ alpha2, name }) => [alpha2, name]),
);

/** How many countries there are: more than that many in one question can't be meant. */
export const COUNTRIES_COUNT = NAMES.size;

/** Whether the text is an assigned alpha-2 code, in upper case. */
export function isCountryCode(text: string): boolean {
  return NAMES.has(text);
}

/** The English short name of a country, by its alpha-2 code in upper case. */
export function countryName(code: string): string | undefined {
  return NAMES.get(code);
}
