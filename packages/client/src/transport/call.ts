/**
 * One request on its way, with all its attempts. Invariant: what can't succeed is not repeated,
 * and the call ends within its attempts and its patience.
 */
import { unreadable } from './unreadable.js';
import { adviceFor, type Failure } from '../failure.js';
import type { HubAnswer } from './answer-reading.js';
import { aborted, attempt } from './attempt.js';
import type { HubRequest } from './hub-request.js';
import { pause, type Surroundings } from './surroundings.js';
import { Turns, type Turn } from './turns.js';

/** The bounds of a call, all in force at once. */
export interface CallBounds {
  readonly attemptTimeoutMs: number;
  readonly attemptsMax: number;
  readonly patienceMs: number;
  readonly signal: AbortSignal | undefined;
}

/** What an answer must be, for a hub to have given it. */
export interface Expectation<Body> {
  /** In words: `a list of advertisements`. */
  readonly expected: string;
  readonly isAnswer: (body: unknown) => body is Body;
}

/** One request, to the first of several hubs that has an answer which will not change. */
export class Call<Body> {
  readonly #request: HubRequest;
  readonly #expectation: Expectation<Body>;
  readonly #bounds: CallBounds;
  readonly #surroundings: Surroundings;
  readonly #turns: Turns;
  readonly #endMs: number;
  #attempts = 0;

  constructor(
    hubs: readonly string[],
    request: HubRequest,
    expectation: Expectation<Body>,
    bounds: CallBounds,
    surroundings: Surroundings,
  ) {
    const nowMs = surroundings.monotonicMs();
    this.#request = request;
    this.#expectation = expectation;
    this.#bounds = bounds;
    this.#surroundings = surroundings;
    this.#turns = new Turns(hubs, nowMs, () => surroundings.random());
    this.#endMs = nowMs + bounds.patienceMs;
  }

  /** Goes from attempt to attempt. Never rejects. */
  async run(): Promise<HubAnswer<Body>> {
    let failure: Failure = { code: 'UNREACHABLE', message: 'there is no hub to ask' };
    for (let turn = this.#turns.next(); turn !== undefined; turn = this.#turnAfter(failure)) {
      const answer = await this.#take(turn);
      if (answer.ok) return answer;
      failure = answer.failure;
      this.#turns.failed(turn.hub, failure, this.#surroundings.monotonicMs());
    }
    return { ok: false, failure: this.#summary(failure) };
  }

  /** Waits until the hub may be asked, and asks it. */
  async #take({ hub, notBeforeMs }: Turn): Promise<HubAnswer<Body>> {
    const { attemptTimeoutMs, signal } = this.#bounds;
    const waitMs = notBeforeMs - this.#surroundings.monotonicMs();
    if (waitMs > 0 && !(await pause(this.#surroundings, waitMs, signal))) {
      return { ok: false, failure: aborted(hub, signal) };
    }
    this.#attempts += 1;
    const leftMs = Math.max(1, this.#endMs - this.#surroundings.monotonicMs());
    const timeoutMs = Math.min(attemptTimeoutMs, leftMs);
    return this.#read(await attempt(this.#surroundings, hub, this.#request, { timeoutMs, signal }));
  }

  /** JSON that is no answer comes from a stranger: the other hubs may do better. */
  #read(answer: HubAnswer): HubAnswer<Body> {
    if (!answer.ok) return answer;
    const { body, hub } = answer;
    const { expected, isAnswer } = this.#expectation;
    return isAnswer(body) ? { ...answer, body } : { ok: false, failure: unreadable(hub, expected) };
  }

  /** The next turn, where another attempt makes sense and is allowed. */
  #turnAfter({ code }: Failure): Turn | undefined {
    const advice = adviceFor(code);
    if (advice === 'never' || advice === 'changed') return undefined;
    if (this.#attempts >= this.#bounds.attemptsMax) return undefined;
    const turn = this.#turns.next();
    return turn !== undefined && turn.notBeforeMs < this.#endMs ? turn : undefined;
  }

  #summary(failure: Failure): Failure {
    const attempts = this.#attempts;
    const message =
      attempts > 1 ? `${failure.message} (after ${attempts} attempts)` : failure.message;
    return { ...failure, message, attempts };
  }
}
