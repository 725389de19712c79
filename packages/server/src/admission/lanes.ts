/**
 * Three bounded queues in front of the verifiers. Garbage can claim any id that is listed, but
 * it cannot come from the network that last renewed it; what does come from there goes first.
 *
 * Invariant: each lane keeps its own order and its own bound, so none can fill another.
 * The general lane gets one turn in eight even when the priority lane never empties; the leisurely
 * one has a turn only while both are empty.
 */

/** `priority`: what comes from the network that last renewed the id it claims. `leisure`: what nobody waits for. */
export type Lane = 'priority' | 'general' | 'leisure';

const GENERAL_TURN = 8;

/** The queues. */
export class Lanes<Job> {
  readonly #queues: Readonly<Record<Lane, Job[]>> = {
    priority: [],
    general: [],
    leisure: [],
  };
  readonly #jobsMax: number;
  #turn = 0;

  /** `jobsMax`: how many may wait in each lane. Raising it makes a flood wait longer instead of being refused. */
  constructor(jobsMax: number) {
    this.#jobsMax = jobsMax;
  }

  get size(): number {
    const { priority, general, leisure } = this.#queues;
    return priority.length + general.length + leisure.length;
  }

  /** Appends a job; `false` where its lane is full. */
  push(lane: Lane, job: Job): boolean {
    const queue = this.#queues[lane];
    if (queue.length >= this.#jobsMax) return false;
    queue.push(job);
    return true;
  }

  /** Takes up to `jobsMax` jobs, those of the priority lane first. */
  take(jobsMax: number): Job[] {
    const taken: Job[] = [];
    while (taken.length < jobsMax) {
      const job = this.#next();
      if (job === undefined) break;
      taken.push(job);
    }
    return taken;
  }

  #next(): Job | undefined {
    const { priority, general, leisure } = this.#queues;
    this.#turn = (this.#turn + 1) % GENERAL_TURN;
    const generalFirst = this.#turn === 0;
    const urgent = generalFirst
      ? (general.shift() ?? priority.shift())
      : (priority.shift() ?? general.shift());
    return urgent ?? leisure.shift();
  }
}
