/**
 * Notices that the wall clock left the monotonic one: the machine slept (timers slept with it), or
 * the clock was set. Two looks a second, so that a wake-up is known within half a second of it.
 * A wall clock that is slewed moves by at most a thousandth, and stays unnoticed.
 */
import type { Surroundings } from '../transport/surroundings.js';

const LOOK_EVERY_MS = 500;
const JUMP_MS_MIN = 1_000;

/** Calls `onJump` with the milliseconds by which the wall clock went ahead (or, negative, back), until the function that it returns is called. */
export function watchForJumps(
  surroundings: Surroundings,
  onJump: (jumpMs: number) => void,
): () => void {
  let apartMs = apart(surroundings);
  let callOff = surroundings.after(LOOK_EVERY_MS, look);
  function look(): void {
    callOff = surroundings.after(LOOK_EVERY_MS, look);
    const jumpMs = apart(surroundings) - apartMs;
    if (Math.abs(jumpMs) < JUMP_MS_MIN) return;
    apartMs += jumpMs;
    onJump(jumpMs);
  }
  return () => callOff();
}

function apart(surroundings: Surroundings): number {
  return surroundings.wallMs() - surroundings.monotonicMs();
}
