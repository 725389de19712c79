/** Long work in steps, with everybody else's work in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long it goes on at a time, and then one step more: what the others notice. */
const TURN_MS_MAX = 8;

/** Takes all steps, each of which lasts a few milliseconds at most. */
export async function inTurns(
  steps: Iterable<undefined>,
  monotonicMs: () => number,
): Promise<void> {
  const remaining = steps[Symbol.iterator]();
  let began = monotonicMs();
  while (remaining.next().done !== true) {
    if (monotonicMs() - began < TURN_MS_MAX) continue;
    await nextTurn();
    began = monotonicMs();
  }
}
