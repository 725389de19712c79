/** Times of single calls, in microseconds, and how they are summed up. */
import type { Answer, Contender, Question } from './matching-contender.js';

/** What many times come to. */
export interface Figures {
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
  /** How many calls were measured. */
  readonly count: number;
}

/** Sums up times. */
export function figuresOf(times: ArrayLike<number>): Figures {
  const sorted = Float64Array.from(times).toSorted();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  return { median: at(0.5), p99: at(0.99), worst: at(1), count: sorted.length };
}

/**
 * The times of a call on each of some things. With several `rounds` a call counts with the best of
 * them: what else the machine did meanwhile is no property of what is measured. All calls are made once
 * before any is repeated, so that a repetition doesn't find its data in the caches of the processor.
 */
export function timeEach<Item>(
  items: readonly Item[],
  rounds: number,
  call: (item: Item) => void,
): Float64Array {
  const times = new Float64Array(items.length).fill(Infinity);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, item] of items.entries()) {
      const start = performance.now();
      call(item);
      times[at] = Math.min(times[at] ?? Infinity, (performance.now() - start) * 1_000);
    }
  }
  return times;
}

/** Asked before anything is measured, so that statements are prepared and code is compiled. */
const WARM_UP_QUESTIONS = 3;
const QUESTIONS_MIN = 5;

/** The times of a contender that may be slow: as many of the questions as a time allows, at least five. */
export async function timeContender(
  contender: Contender,
  questions: readonly Question[],
  msMax: number,
  check: (at: number, answer: Answer) => void,
): Promise<Float64Array> {
  for (const question of questions.slice(0, WARM_UP_QUESTIONS)) await contender.ask(question);
  const times: number[] = [];
  const end = performance.now() + msMax;
  for (const [at, question] of questions.entries()) {
    if (at >= QUESTIONS_MIN && performance.now() > end) break;
    const start = performance.now();
    const asked = contender.ask(question);
    // What answers at once is not made to wait for a turn of the event loop.
    const answer = asked instanceof Promise ? await asked : asked;
    times.push((performance.now() - start) * 1_000);
    check(at, answer);
  }
  return Float64Array.from(times);
}
