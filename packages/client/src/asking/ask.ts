/** One question to the hubs, and its answer in the shape that was expected, or an exception. */
import { unreadable } from '../answers/unreadable.js';
import { DiscoveryError } from '../discovery-error.js';
import type { HubAnswer } from '../transport/answer-reading.js';
import type { SendOptions, Transport } from '../transport/transport.js';

/** The successful arm of an answer. */
export type Heard = Extract<HubAnswer, { ok: true }>;

/** What is asked, and what an answer must be. */
export interface Question<Answer> {
  /** Percent-encoded. */
  readonly path: string;
  readonly query?: string;
  /** What an answer is, in words: `a list of advertisements`. */
  readonly expected: string;
  readonly isAnswer: (body: unknown) => body is Answer;
}

/** Asks. Rejects with a `DiscoveryError`: the hub's codes, UNREACHABLE, TIMED_OUT, UNREADABLE, ABORTED. */
export async function ask<Answer>(
  transport: Transport,
  { path, query = '', expected, isAnswer }: Question<Answer>,
  options: SendOptions,
): Promise<Heard & { readonly body: Answer }> {
  const answer = await transport.send({ method: 'GET', path, query }, options);
  if (!answer.ok) throw new DiscoveryError(answer.failure);
  const { body } = answer;
  if (!isAnswer(body)) throw new DiscoveryError(unreadable(answer.hub, expected));
  return { ...answer, body };
}
