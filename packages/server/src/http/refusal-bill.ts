/**
 * What a refused request costs the address it came from, whoever refuses it and wherever it was
 * meant to go: one of its reads, or one of its writes. Invariant: nothing that is refused is free
 * but `OPTIONS` and what is the hub's own doing, so that no road around the budgets is left. What
 * Node's parser gives up on never becomes a request and is not counted: it costs its sender a
 * connection each time.
 */
import type { IncomingMessage } from 'node:http';
import type { Problem } from 'golem-vm-discovery-protocol';
import type { Source } from '../admission/contract.js';
import { type HeaderList, NO_HEADERS } from './answer.js';
import type { RateLimit } from './rate-limit.js';
import { isUncharged } from './write-bill.js';

/** A refusal as it is sent: RATE_001 where the budget was used up before. */
export interface BilledRefusal {
  readonly refusal: Problem;
  readonly headers: HeaderList;
}

/** Charges a refused request. */
export type RefusalBill = (request: IncomingMessage, refusal: Problem) => BilledRefusal;

/** Makes the bill of all that no route has charged. */
export function createRefusalBill(
  { reads, writes }: RateLimit,
  sourceOf: (request: IncomingMessage) => Source,
): RefusalBill {
  return (request, refusal) => {
    const { method } = request;
    if (method === 'OPTIONS' || isUncharged(refusal)) return { refusal, headers: NO_HEADERS };
    const budget = method === 'GET' || method === 'HEAD' ? reads : writes;
    const charge = budget.charge(sourceOf(request).network);
    return { refusal: charge.refusal ?? refusal, headers: charge.headers };
  };
}
