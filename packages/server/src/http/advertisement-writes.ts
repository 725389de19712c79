/**
 * How a write goes through the edge, POST and DELETE alike: budget, body, use case, bill, answer.
 * Invariant: a write by nobody who is known costs nothing once its address has used up its budget.
 */
import {
  parseProviderId,
  refuse,
  type Result,
  type SignedMethod,
} from 'golem-vm-discovery-protocol';
import type { WriteRequest } from '../admission/contract.js';
import { sendJson } from './answer.js';
import type { EdgeParts, Exchange } from './edge-parts.js';
import { readRefusedBody } from './request-body.js';
import { WriteBill } from './write-bill.js';

/** One kind of write. */
export interface WriteSteps {
  readonly method: SignedMethod;
  /** The path that is signed; `undefined` where the request names none that could be. */
  readonly path: string | undefined;
  /** Takes the body off the wire, or refuses it. */
  readonly readBody: (exchange: Exchange) => Promise<Result<Buffer>> | Result<Buffer>;
  /** The use case; resolves with the text of the answer. */
  readonly perform: (request: WriteRequest) => Promise<Result<string>>;
}

/** Answers one write. */
export async function answerWrite(
  parts: EdgeParts,
  exchange: Exchange,
  steps: WriteSteps,
): Promise<void> {
  const source = parts.sourceOf(exchange.request);
  const bill = new WriteBill(parts.rateLimit.writes, source.network);
  const result = await performWrite(parts, exchange, steps, bill);
  const { response } = exchange;
  if (result.ok) return sendJson(response, result.value, bill.headers);
  const refusal = bill.settle(result.problem);
  return parts.problems.send(response, refusal, bill.headers);
}

async function performWrite(
  parts: EdgeParts,
  exchange: Exchange,
  steps: WriteSteps,
  bill: WriteBill,
): Promise<Result<string>> {
  const { request } = exchange;
  const providerIdHeader = headerOf(request.headers['x-provider-id']);
  const signatureHeader = headerOf(request.headers['x-provider-signature']);
  const source = parts.sourceOf(request);
  const exhausted = isKnown(parts, providerIdHeader) ? undefined : bill.refuseWhereExhausted();
  if (exhausted !== undefined) return refuse(exhausted);
  const claim = { providerIdHeader, signatureHeader, source };
  const body = await steps.readBody(exchange);
  if (!body.ok) {
    const { method, path } = steps;
    const write = path && { ...claim, method, path, body: () => readRefusedBody(request) };
    if (write) parts.registry.refusedBefore(write, body.problem);
    return body;
  }
  return steps.perform({ ...claim, body: body.value, chargeAddress: () => bill.charge() });
}

/** Whether the id in the header is one that the hub has heard from. Anybody can claim it: this only says where the budget is looked at. */
function isKnown({ registry }: EdgeParts, providerIdHeader: string | undefined): boolean {
  const parsed = providerIdHeader === undefined ? undefined : parseProviderId(providerIdHeader);
  return parsed?.ok === true && registry.standing(parsed.value.id) !== 'unknown';
}

/** Node gives a list only for headers that it knows to be lists; these came once. */
function headerOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
