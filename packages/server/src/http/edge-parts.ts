/** What the routes are given: the hub behind them, and the few things that they share. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from 'golem-vm-discovery-protocol';
import type { Source } from '../admission/contract.js';
import type { Config } from '../config/config.js';
import type { Registry } from '../registry/contract.js';
import type { Clock } from '../telemetry/clock.js';
import type { HeaderList } from './answer.js';
import type { CompressibleSender } from './compression.js';
import type { PageFile } from './page-files.js';
import type { ProblemAnswers } from './problem-answers.js';
import type { RateLimit } from './rate-limit.js';
import type { Turn } from './turn.js';

/** Everything a route may use. */
export interface EdgeParts {
  readonly config: Config;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly version: string;
  /** The page at `/`; `undefined` where it was not built. */
  readonly page: readonly PageFile[] | undefined;
  readonly problems: ProblemAnswers;
  readonly rateLimit: RateLimit;
  /** Sends the refusal of what no route has charged, and charges it. */
  readonly refuse: (exchange: Exchange, refusal: Problem, headers?: HeaderList) => void;
  readonly sendCompressible: CompressibleSender;
  readonly turn: Turn;
  readonly sourceOf: (request: IncomingMessage) => Source;
  readonly isDraining: () => boolean;
}

/** A request and the response to it, as Node has them. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Counts a read. The headers to answer with, or `undefined` where the budget was used up and the
 * refusal has been sent.
 */
export function chargeRead(
  parts: EdgeParts,
  { request, response }: Exchange,
): HeaderList | undefined {
  const { refusal, headers } = parts.rateLimit.reads.charge(parts.sourceOf(request).network);
  if (refusal === undefined) return headers;
  parts.problems.send(response, refusal, headers);
  return undefined;
}
