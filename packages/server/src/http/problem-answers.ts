/**
 * How a refusal looks on the wire: one shape for all of them. Invariant: the body holds `code`,
 * `message`, `timestamp`, `request_id` and, where it helps, `details`, and nothing else.
 */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { PROBLEMS, problem, type Problem } from 'golem-vm-discovery-protocol';
import type { Clock } from '../telemetry/clock.js';
import type { Log } from '../telemetry/log.js';
import { LogTally } from '../telemetry/log-tally.js';
import { type Answer, type HeaderList, JSON_TYPE, NO_HEADERS, sendAnswer } from './answer.js';
import { describeRequest, type RequestLog } from './request-log.js';
import { createRequestIds, type RequestIds } from './request-ids.js';

/** What the edge logs to. */
export type EdgeLog = Pick<Log, 'error' | 'warn' | 'debug' | 'isLevelEnabled'>;

/** Each has a stack; the rest of the same second is counted. */
const CRASHES_LOGGED_MAX = 5;

/** Refusals that an operator should know of, though each caller knows already. */
const SHEDDING: ReadonlySet<Problem['code']> = new Set(['SYS_002', 'ADV_003']);

/** Turns problems into answers. */
export class ProblemAnswers {
  readonly #clock: Clock;
  readonly #log: EdgeLog;
  readonly #requests: RequestLog | undefined;
  readonly #nextId: RequestIds;
  readonly #tally: LogTally;

  /** `requests` writes the lines of debug; without it there are none. */
  constructor(clock: Clock, log: EdgeLog, requests?: RequestLog) {
    this.#clock = clock;
    this.#log = log;
    this.#requests = requests;
    this.#nextId = createRequestIds(randomBytes(4).toString('hex'));
    this.#tally = new LogTally((counts) => this.#report(counts));
  }

  /** The answer, under a new request id, for what never became a request that could be answered. */
  render(refusal: Problem, headers: HeaderList = NO_HEADERS): Answer {
    const requestId = this.#nextId();
    const { code } = refusal;
    this.#log.debug({ request_id: requestId, code, status: PROBLEMS[code].status }, 'refused');
    return this.#answer(refusal, requestId, headers);
  }

  /** Answers with a problem. */
  send(response: ServerResponse, refusal: Problem, headers: HeaderList = NO_HEADERS): void {
    const requestId = this.#nextId();
    const { code } = refusal;
    // One by one only in debug: under a flood there are thousands of these a second.
    this.#requests?.refuse(response, requestId, code);
    if (SHEDDING.has(code)) this.#tally.count(code);
    sendAnswer(response, this.#answer(refusal, requestId, headers));
  }

  /** Answers for a handler that crashed: the log learns why, the caller only under which id. */
  sendCrash(response: ServerResponse, error: unknown): void {
    const requestId = this.#nextId();
    this.#requests?.refuse(response, requestId, 'SYS_001');
    if (this.#tally.count('SYS_001') <= CRASHES_LOGGED_MAX) {
      const fields = { request_id: requestId, ...describeRequest(response.req), err: error };
      this.#log.error(fields, 'a request handler crashed');
    }
    const refusal = problem('SYS_001', 'the hub failed to handle this request; it has been logged');
    sendAnswer(response, this.#answer(refusal, requestId, NO_HEADERS));
  }

  /** Reports what was counted and not logged. Safe to call twice. */
  close(): void {
    this.#tally.close();
  }

  #report(counts: ReadonlyMap<string, number>): void {
    for (const [code, count] of counts) {
      if (code !== 'SYS_001') this.#log.warn({ code, count }, 'requests were turned away');
      else if (count > CRASHES_LOGGED_MAX) {
        const unlogged = count - CRASHES_LOGGED_MAX;
        this.#log.error({ code, count: unlogged }, 'more request handlers crashed');
      }
    }
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
