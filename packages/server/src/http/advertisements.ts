/** The resource `/api/v1/advertisements`: advertise, find, get, withdraw. */
import {
  accept,
  advertisementPath,
  ADVERTISEMENTS_PATH,
  type Result,
} from 'golem-vm-discovery-protocol';
import { answerWrite } from './advertisement-writes.js';
import { sendJson } from './answer.js';
import { chargeRead, type EdgeParts, type Exchange } from './edge-parts.js';
import { find } from './find.js';
import { ADVERTISE, FIND, GET_ONE, WITHDRAW } from './openapi/advertisement-operations.js';
import { parsePathId } from './path-id.js';
import { parseFlags, rawQueryOf } from './query.js';
import { readJsonBody, requireNoBody } from './request-body.js';
import type { Route } from './route.js';
import { stateHeaders } from './state-headers.js';

const ONE_PATH = `${ADVERTISEMENTS_PATH}/:provider_id`;

const WITHDRAWN_TEXT = JSON.stringify({ status: 'success' });

/** The routes of this resource. */
export function advertisementRoutes(parts: EdgeParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: ADVERTISEMENTS_PATH,
      operation: FIND,
      handle: (exchange) => find(parts, exchange),
    },
    {
      method: 'POST',
      path: ADVERTISEMENTS_PATH,
      operation: ADVERTISE,
      handle: (exchange) => advertise(parts, exchange),
    },
    {
      method: 'GET',
      path: ONE_PATH,
      operation: GET_ONE,
      handle: (exchange, id) => getOne(parts, exchange, id),
    },
    {
      method: 'DELETE',
      path: ONE_PATH,
      operation: WITHDRAW,
      handle: (exchange, id) => withdraw(parts, exchange, id),
    },
  ];
}

function advertise(parts: EdgeParts, exchange: Exchange): Promise<void> {
  return answerWrite(parts, exchange, {
    method: 'POST',
    path: ADVERTISEMENTS_PATH,
    readBody: ({ request }) => acceptQuery(request.url, () => readJsonBody(request)),
    async perform(request) {
      const granted = await parts.registry.advertise(request);
      return granted.ok ? accept(granted.value.text) : granted;
    },
  });
}

function withdraw(parts: EdgeParts, exchange: Exchange, rawId: string): Promise<void> {
  const owner = parsePathId(rawId);
  return answerWrite(parts, exchange, {
    method: 'DELETE',
    path: owner.ok ? advertisementPath(owner.value) : undefined,
    readBody: ({ request }) => acceptQuery(request.url, () => requireNoBody(request)),
    async perform(request) {
      if (!owner.ok) return owner;
      const withdrawn = await parts.registry.withdraw(request, owner.value);
      return withdrawn.ok ? accept(WITHDRAWN_TEXT) : withdrawn;
    },
  });
}

async function getOne(parts: EdgeParts, exchange: Exchange, rawId: string): Promise<void> {
  const counted = chargeRead(parts, exchange);
  if (counted === undefined) return;
  const text = await getText(parts, rawQueryOf(exchange.request.url), rawId);
  const headers = [...counted, ...stateHeaders(parts.registry)];
  if (text.ok) sendJson(exchange.response, text.value, headers);
  else parts.problems.send(exchange.response, text.problem, headers);
}

function getText(
  { registry }: EdgeParts,
  rawQuery: string,
  rawId: string,
): Promise<Result<string>> | Result<string> {
  const id = parsePathId(rawId);
  if (!id.ok) return id;
  const flags = parseFlags(rawQuery, ['proof']);
  if (!flags.ok) return flags;
  return flags.value.has('proof') ? registry.getProven(id.value) : registry.get(id.value);
}

/** A write takes no parameters: whoever sends one expects something that will not happen. */
function acceptQuery<Value>(
  url: string | undefined,
  next: () => Promise<Result<Value>> | Result<Value>,
): Promise<Result<Value>> | Result<Value> {
  const flags = parseFlags(rawQueryOf(url), []);
  return flags.ok ? next() : flags;
}
