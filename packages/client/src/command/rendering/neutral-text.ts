/**
 * Text from elsewhere, made harmless for a terminal. A hub, or whoever sits between, can answer
 * anything: escape sequences that rewrite the screen, line feeds that forge rows, marks that
 * reverse the reading order. Invariant: what comes out moves the cursor to the right and nothing else.
 */

/**
 * Controls, format characters (bidi marks and joiners), surrogates, private use, unassigned, line
 * and paragraph separators; and what is invisible by definition, such as the Hangul fillers.
 */
const UNSHOWABLE = /[\p{C}\p{Zl}\p{Zp}]|(?!\p{M})\p{Default_Ignorable_Code_Point}/gu;

/** Terminals disagree on how wide they make what stands before them. */
const VARIATION_SELECTORS = /[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}\u{180B}-\u{180D}\u{180F}]/gu;

/** Spaces of every width. */
const SPACES = /\p{Zs}/gu;

/** A text that can be shown in a line: everything that is not plainly visible becomes `�`. */
export function neutralText(text: string): string {
  return text.replace(VARIATION_SELECTORS, '').replace(UNSHOWABLE, '�').replace(SPACES, ' ');
}

/** A text of several lines, each made harmless; tabs and carriage returns are not kept. */
export function neutralLines(text: string): string {
  return text.split('\n').map(neutralText).join('\n');
}

/**
 * JSON that is safe to print, of the same meaning: what a terminal would not simply show is
 * written as `\u` escapes, which `JSON.stringify` does for the first 32 characters only.
 */
export function neutralJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu,
    escapeUnits,
  );
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
