/** Amounts that are sooner seen than read. Block characters, which every monospaced font has. */

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const HEIGHTS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A bar of at most so many columns for a share from 0 to 1; what is not nothing is never empty. */
export function barText(share: number, columnsMax: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * columnsMax * 8);
  const shown = share > 0 ? Math.max(1, eighths) : 0;
  return '█'.repeat(Math.floor(shown / 8)) + (EIGHTHS[shown % 8] ?? '');
}

/** One character for each amount from 0 on, the greatest as high as can be; spaces for 0. */
export function sparkText(amounts: readonly number[]): string {
  const most = Math.max(...amounts, 1);
  return amounts
    .map((amount) => (amount <= 0 ? ' ' : (HEIGHTS[Math.ceil((amount / most) * 8) - 1] ?? '█')))
    .join('');
}
