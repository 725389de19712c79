/** How far something is, as a bar: for a status line. */

const BAR_COLUMNS = 24;

/** `██████░░░░░░ 50/100`; a total of 0 is done. */
export function progressText(done: number, total: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.floor(share * BAR_COLUMNS);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_COLUMNS - filled)} ${done}/${total}`;
}
