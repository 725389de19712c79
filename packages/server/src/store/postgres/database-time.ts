/**
 * The database's clock as this process knows it: read with every answer, and carried on from there by
 * the monotonic clock. Times are decided by one clock for all nodes, whatever their own say.
 */

/** See the head of this file. */
export interface DatabaseTime {
  /** The database's clock read `nowMs` as it was asked for something that is now answered. */
  observe(nowMs: number): void;
  /** A time of this process, which was about now, by the database's clock. */
  fromNode(nodeMs: number): number;
  /** The same by whichever of the two clocks is ahead: only what is later than both is from the future. */
  latest(nodeMs: number): number;
  /** A time of the database by this process's clock. */
  toNode(databaseMs: number): number;
}

/** A write that was received by the database's clock, and what the later clock showed. */
export type Dated<Write> = Write & { readonly receivedAtMs: number; readonly latestMs: number };

/** Dates what was received by this process's clock. */
export function dated<Write extends { readonly receivedAtMs: number }>(
  time: DatabaseTime,
  write: Write,
): Dated<Write> {
  const { receivedAtMs: nodeMs } = write;
  return { ...write, receivedAtMs: time.fromNode(nodeMs), latestMs: time.latest(nodeMs) };
}

export function createDatabaseTime(clock: {
  wallMs(): number;
  monotonicMs(): number;
}): DatabaseTime {
  let observed: { readonly nowMs: number; readonly atMs: number } | undefined;
  const now = (): number =>
    observed === undefined
      ? clock.wallMs()
      : Math.floor(observed.nowMs + clock.monotonicMs() - observed.atMs);
  return {
    observe(nowMs) {
      observed = { nowMs, atMs: clock.monotonicMs() };
    },
    // What is written now was received a moment ago; a wall clock that is wrong must not say when.
    fromNode: () => now(),
    latest: (nodeMs) => Math.max(nodeMs, now()),
    toNode: (databaseMs) => databaseMs + clock.wallMs() - now(),
  };
}
