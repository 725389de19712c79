/**
 * Surveys, one after the other, a step in each turn of the event loop: whoever waits for a page never
 * waits for more than a step of an explanation, and the more there is to answer, the smaller is the
 * share that explanations get.
 * Invariant: at most one survey runs, at most `WAITING_MAX` wait, and everybody is answered.
 */
import { accept, problem, refuse, type Result } from 'golem-vm-discovery-protocol';
import type { Findings, Survey } from '../matching/contract.js';

/** Explanations that may wait. Among a million, each takes some 10 ms of an idle hub. */
export const WAITING_MAX = 64;

type Answer = (result: Result<Findings>) => void;

interface Waiting {
  readonly begin: () => Survey;
  readonly answer: Answer;
}

interface Running {
  readonly survey: Survey;
  readonly answer: Answer;
}

/** See the head of this file. */
export class SurveyLine {
  readonly #waiting: Waiting[] = [];
  #running: Running | undefined;
  #turn: NodeJS.Immediate | undefined;

  /** Waits for its turn, and resolves with what was found. SYS_002 where too many wait, or the line closes. */
  take(begin: () => Survey): Promise<Result<Findings>> {
    return new Promise((answer) => {
      if (this.#waiting.length >= WAITING_MAX) return answer(refuse(tooMany()));
      this.#waiting.push({ begin, answer });
      this.#turn ??= setImmediate(() => this.#step());
    });
  }

  /** Refuses whoever waits. Safe to call twice. */
  close(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    this.#running?.survey.close();
    const waiting = [...(this.#running ? [this.#running] : []), ...this.#waiting.splice(0)];
    this.#running = undefined;
    for (const { answer } of waiting) answer(refuse(stopping()));
  }

  #step(): void {
    this.#turn = undefined;
    const running = this.#running ?? this.#next();
    if (running === undefined) return;
    this.#running = running;
    if (!running.survey.advance()) this.#finish();
    if (this.#running !== undefined || this.#waiting.length > 0) {
      this.#turn ??= setImmediate(() => this.#step());
    }
  }

  #next(): Running | undefined {
    const next = this.#waiting.shift();
    return next && { survey: next.begin(), answer: next.answer };
  }

  #finish(): void {
    const finished = this.#running;
    this.#running = undefined;
    finished?.survey.close();
    if (finished !== undefined) finished.answer(accept(finished.survey.findings));
  }
}

function tooMany() {
  return problem('SYS_002', 'too many explanations are being made: try again in a second', {
    retryAfterSeconds: 1,
  });
}

function stopping() {
  return problem('SYS_002', 'the hub is stopping: try again in a second', {
    retryAfterSeconds: 1,
  });
}
