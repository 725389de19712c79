/** How dark a country is drawn: by the logarithm of its providers, or a single large one would leave all others white. */

/** The darkest; 0 is a country without providers. */
export const SHADE_MAX = 5;

/** The shade of a count, where the largest is `most`. */
export function shadeOf(count: number, most: number): number {
  if (count <= 0) return 0;
  if (most <= 1) return SHADE_MAX;
  return 1 + Math.round(((SHADE_MAX - 1) * Math.log(count)) / Math.log(most));
}
