/** One question to the hubs, and its answer in the shape that was expected, or an exception. */
import { DiscoveryError } from '../discovery-error.js';
import type { HubAnswer } from '../transport/answer-reading.js';
import type { Expectation } from '../transport/call.js';
import type { SendOptions, Transport } from '../transport/transport.js';

/** The successful arm of an answer. */
export type Heard<Answer> = Extract<HubAnswer<Answer>, { ok: true }>;

/** What is asked, and what an answer must be. */
export interface Question<Answer> extends Expectation<Answer> {
  /** Percent-encoded. */
  readonly path: string;
  readonly query?: string;
}

/** Asks. Rejects with a `DiscoveryError`: the hub's codes, UNREACHABLE, TIMED_OUT, UNREADABLE, ABORTED. */
export async function ask<Answer>(
  transport: Transport,
  { path, query = '', ...expectation }: Question<Answer>,
  options: SendOptions,
): Promise<Heard<Answer>> {
  const answer = await transport.send({ method: 'GET', path, query }, options, expectation);
  if (answer.ok) return answer;
  throw new DiscoveryError(answer.failure);
}
