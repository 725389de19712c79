/**
 * How many columns of a terminal a text takes. What people perceive as one character is measured
 * as one: two columns for East Asian wide ones and emoji, none for what only modifies another.
 * Own code because a table needs nothing more of the packages that do this.
 */

/** Blocks of Unicode's East_Asian_Width W and F that have text in them, and emoji shown as such. */
const WIDE =
  /^[\u{1100}-\u{115F}\u{2E80}-\u{303E}\u{3041}-\u{33FF}\u{3400}-\u{4DBF}\u{4E00}-\u{A4CF}\u{A960}-\u{A97C}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE10}-\u{FE19}\u{FE30}-\u{FE6F}\u{FF01}-\u{FF60}\u{FFE0}-\u{FFE6}\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{1F200}-\u{1F2FF}\u{20000}-\u{3FFFD}]|^\p{Emoji_Presentation}|^\p{Regional_Indicator}{2}/u;

const MARKS_ONLY = /^[\p{M}\p{Default_Ignorable_Code_Point}]+$/u;

const ASCII = /^[ -~]*$/;

/** Characters as people see them: a letter with its accents, a flag, a syllable. */
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The columns that a text without controls takes. */
export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of characters.segment(text)) width += characterWidth(segment);
  return width;
}

function characterWidth(character: string): 0 | 1 | 2 {
  if (MARKS_ONLY.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** The text, or as much of its beginning as fits with an `…` behind it. No character is cut through. */
export function shortenText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let shortened = '';
  let used = 1;
  for (const { segment } of characters.segment(text)) {
    used += characterWidth(segment);
    if (used > width) break;
    shortened += segment;
  }
  return width < 1 ? '' : `${shortened.trimEnd()}…`;
}

/** The text with spaces behind it (or before it) until it is that wide; wider texts stay. */
export function padText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - textWidth(text)));
  return align === 'left' ? text + spaces : spaces + text;
}
