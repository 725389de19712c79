/** `GET /api/v1/providers/{id}/status`: is this provider visible, and if not, why not? */
import { accept, type ProviderStatus, type Result } from 'golem-vm-discovery-protocol';
import { sendJson } from './answer.js';
import { chargeRead, type EdgeParts, type Exchange } from './edge-parts.js';
import { PROVIDER_STATUS } from './openapi/hub-operations.js';
import { parsePathId } from './path-id.js';
import { parseFlags, rawQueryOf } from './query.js';
import type { Route } from './route.js';
import { stateHeaders } from './state-headers.js';
import { statusOf } from './status-words.js';

/** The route of providers. */
export function providerRoutes(parts: EdgeParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/providers/:provider_id/status',
      operation: PROVIDER_STATUS,
      handle: (exchange, id) => status(parts, exchange, id),
    },
  ];
}

function status(parts: EdgeParts, exchange: Exchange, rawId: string): void {
  const counted = chargeRead(parts, exchange);
  if (counted === undefined) return;
  const { request, response } = exchange;
  const told = statusBy(parts, rawQueryOf(request.url), rawId);
  const headers = [...counted, ...stateHeaders(parts.registry)];
  if (told.ok) sendJson(response, JSON.stringify(told.value), headers);
  else parts.problems.send(response, told.problem, headers);
}

function statusBy(
  { registry, config }: EdgeParts,
  rawQuery: string,
  rawId: string,
): Result<ProviderStatus> {
  const flags = parseFlags(rawQuery, []);
  if (!flags.ok) return flags;
  const id = parsePathId(rawId);
  if (!id.ok) return id;
  const standing = registry.status(id.value);
  if (!standing.ok) return standing;
  const { network, auth } = config;
  const hub = { network, isWritable: registry.writable(), listsUnsigned: auth === 'optional' };
  return accept(statusOf(id.value, standing.value, hub));
}
