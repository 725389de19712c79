/**
 * Keeps what can happen ten thousand times a second from filling the log: it is counted, and the
 * counts are reported once a second for as long as there are any.
 */

const REPORT_MS = 1_000;

/** Counts by name. The names must be few: each has an entry until the next report. */
export class LogTally {
  readonly #report: (counts: ReadonlyMap<string, number>) => void;
  #counts = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  /** `report` is called at most once a second, with what was counted since. */
  constructor(report: (counts: ReadonlyMap<string, number>) => void) {
    this.#report = report;
  }

  /** Counts one, and gives how many there were since the last report, this one included. */
  count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    // The timer holds nothing open: whoever ends in good order closes this.
    this.#timer ??= setTimeout(() => this.close(), REPORT_MS).unref();
    return count;
  }

  /** Reports what was counted and not reported yet. Safe to call twice. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#counts.size === 0) return;
    const counts = this.#counts;
    this.#counts = new Map();
    this.#report(counts);
  }
}
