/**
 * The readable name of a provider. It is shown to people next to other people's names, so it must
 * not be able to hide, reorder or break what stands around it.
 */
import { LIMITS } from './limits.js';

/**
 * Unicode's graphic characters: letters, marks, numbers, punctuation, symbols, spaces. Not among
 * them are controls, line and paragraph separators, format characters (bidi controls and joiners
 * too), surrogates, private use and unassigned code points. At least one must leave ink: there are
 * letters, such as the Hangul filler, that are invisible.
 */
const GRAPHIC = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]+$/u;
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether the text can name a provider: 1 to 64 code points, all graphic, at least one visible. */
export function isProviderName(text: string): boolean {
  // A code point has at most two units: no need to count a text that is far too long.
  if (text.length > 2 * LIMITS.providerNameCharsMax) return false;
  return (
    GRAPHIC.test(text) && VISIBLE.test(text) && codePoints(text) <= LIMITS.providerNameCharsMax
  );
}

function codePoints(text: string): number {
  return Array.from(text).length;
}
