/** `GET /advertisements/explain`: why requirements match what they match. */
import type { Explanation } from 'golem-vm-discovery-protocol';
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol/vocabulary';
import { isExplanation } from '../answers/explanation.js';
import type { SendOptions, Transport } from '../transport/transport.js';
import { ask } from './ask.js';
import { queryOf, type Wanted } from './requirements-query.js';

/** What a requestor needs; an explanation has no order. */
export type Needed = Omit<Wanted, 'sort'>;

/** Asks for an explanation. */
export async function explain(
  transport: Transport,
  requirements: Needed,
  options: SendOptions,
): Promise<Explanation> {
  const question = {
    path: `${ADVERTISEMENTS_PATH}/explain`,
    query: queryOf(requirements),
    expected: 'an explanation',
    isAnswer: isExplanation,
  };
  return (await ask(transport, question, options)).body;
}
