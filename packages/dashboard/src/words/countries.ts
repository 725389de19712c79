/** Countries as people call them: the names of ISO are for treaties. */

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** The name of a country; its code where it has none. */
export function countryLabel(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code;
}

const REGIONAL_INDICATOR_A = 0x1f1e6;
const LETTER_A = 65;

/** The flag of a country as an emoji; how it looks is up to the viewer's fonts. */
export function flagOf(code: string): string {
  return String.fromCodePoint(
    ...Array.from(code, (letter) => REGIONAL_INDICATOR_A + letter.charCodeAt(0) - LETTER_A),
  );
}
