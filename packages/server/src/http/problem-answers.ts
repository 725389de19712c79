/**
 * How a refusal looks on the wire: one shape for all of them. Invariant: the body holds `code`,
 * `message`, `timestamp`, `request_id` and, where it helps, `details`, and nothing else.
 */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { PROBLEMS, problem, type Problem } from 'golem-vm-discovery-protocol';
import type { Clock } from '../telemetry/clock.js';
import type { Log } from '../telemetry/log.js';
import { type Answer, type HeaderList, JSON_TYPE, NO_HEADERS, sendAnswer } from './answer.js';
import { createRequestIds, type RequestIds } from './request-ids.js';

/** What the edge logs to. */
export type EdgeLog = Pick<Log, 'error' | 'debug'>;

/** Turns problems into answers. */
export class ProblemAnswers {
  readonly #clock: Clock;
  readonly #log: EdgeLog;
  readonly #nextId: RequestIds;

  constructor(clock: Clock, log: EdgeLog) {
    this.#clock = clock;
    this.#log = log;
    this.#nextId = createRequestIds(randomBytes(4).toString('hex'));
  }

  /** The answer for a problem, under a new request id. */
  render(refusal: Problem, headers: HeaderList = NO_HEADERS): Answer {
    const requestId = this.#nextId();
    // Not more than debug: under a flood there are thousands of these a second, and what makes
    // the hub refuse (a store that is stuck, a stop) is logged where it begins.
    this.#log.debug({ request_id: requestId, code: refusal.code }, 'refused');
    return this.#answer(refusal, requestId, headers);
  }

  /** Answers with a problem. */
  send(response: ServerResponse, refusal: Problem, headers: HeaderList = NO_HEADERS): void {
    sendAnswer(response, this.render(refusal, headers));
  }

  /** Answers for a handler that crashed: the log learns why, the caller only under which id. */
  sendCrash(response: ServerResponse, error: unknown): void {
    const requestId = this.#nextId();
    this.#log.error({ request_id: requestId, err: error }, 'a request handler crashed');
    const refusal = problem('SYS_001', 'the hub failed to handle this request; it has been logged');
    sendAnswer(response, this.#answer(refusal, requestId, NO_HEADERS));
  }

  #answer(refusal: Problem, requestId: string, headers: HeaderList): Answer {
    const { code, message, details, retryAfterSeconds } = refusal;
    const body = JSON.stringify({
      code,
      message,
      timestamp: new Date(this.#clock.wallMs()).toISOString(),
      request_id: requestId,
      details,
    });
    const retry = retryAfterSeconds === undefined ? [] : ['Retry-After', String(retryAfterSeconds)];
    return {
      status: PROBLEMS[code].status,
      contentType: JSON_TYPE,
      body,
      headers: ['X-Request-Id', requestId, ...retry, ...headers],
    };
  }
}
