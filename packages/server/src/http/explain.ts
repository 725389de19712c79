/** `GET /api/v1/advertisements/explain`: why do these requirements match what they match? */
import {
  accept,
  ADVERTISEMENTS_PATH,
  type Explanation,
  parseRequirements,
  type Result,
} from 'golem-vm-discovery-protocol';
import { sendJson } from './answer.js';
import { chargeRead, type EdgeParts, type Exchange } from './edge-parts.js';
import { explanationOf } from './explain-words.js';
import { EXPLAIN } from './openapi/advertisement-operations.js';
import { rawQueryOf } from './query.js';
import type { Route } from './route.js';
import { stateHeaders } from './state-headers.js';

/** The route of explanations. */
export function explainRoutes(parts: EdgeParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: `${ADVERTISEMENTS_PATH}/explain`,
      operation: EXPLAIN,
      handle: (exchange) => explain(parts, exchange),
    },
  ];
}

async function explain(parts: EdgeParts, exchange: Exchange): Promise<void> {
  const counted = chargeRead(parts, exchange);
  if (counted === undefined) return;
  const { request, response } = exchange;
  const explained = await explainBy(parts, rawQueryOf(request.url));
  const headers = [...counted, ...stateHeaders(parts.registry)];
  if (explained.ok) sendJson(response, JSON.stringify(explained.value), headers);
  else parts.problems.send(response, explained.problem, headers);
}

async function explainBy({ registry }: EdgeParts, rawQuery: string): Promise<Result<Explanation>> {
  const requirements = parseRequirements(rawQuery);
  if (!requirements.ok) return requirements;
  const found = await registry.explain(requirements.value);
  return found.ok ? accept(explanationOf(requirements.value, found.value)) : found;
}
