/** Tells an operator that the database's clock and this hub's don't agree: each for itself would look right. */

/** As far as a signature may be ahead of a hub: from here on a wrong clock refuses somebody, or lists a time that is not. */
const APART_MS_MAX = 60_000;

/** Returns what is to be told, again and again, how far the database is ahead. `notice` is told once each time that they come apart. */
export function createClockNotice(notice: (message: string) => void): (aheadMs: number) => void {
  let isTold = false;
  return (aheadMs) => {
    const isApart = Math.abs(aheadMs) > APART_MS_MAX;
    if (isApart && !isTold) notice(sentence(aheadMs));
    isTold = isApart;
  };
}

function sentence(aheadMs: number): string {
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  const where = aheadMs > 0 ? 'ahead of' : 'behind';
  return `the clock of the database is ${seconds} s ${where} the clock of this hub: set the wrong one right, as NTP does; signatures are checked by the hub's, and times in answers are the database's`;
}
