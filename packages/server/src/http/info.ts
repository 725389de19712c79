/** `GET /api/v1/info`: what a client may want to know about a hub before it talks to it. */
import { type Info, LIMITS } from 'golem-vm-discovery-protocol';
import { sendJson } from './answer.js';
import { chargeRead, type EdgeParts, type Exchange } from './edge-parts.js';
import { INFO } from './openapi/hub-operations.js';
import { parseFlags, rawQueryOf } from './query.js';
import type { Route } from './route.js';
import { refreshAfterSeconds } from '../registry/refresh.js';
import { stateHeaders } from './state-headers.js';

/** The route of this resource. */
export function infoRoutes(parts: EdgeParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/info',
      operation: INFO,
      handle: (exchange) => info(parts, exchange),
    },
  ];
}

function info(parts: EdgeParts, exchange: Exchange): void {
  const counted = chargeRead(parts, exchange);
  if (counted === undefined) return;
  const headers = [...counted, ...stateHeaders(parts.registry)];
  const flags = parseFlags(rawQueryOf(exchange.request.url), []);
  if (flags.ok) sendJson(exchange.response, JSON.stringify(infoOf(parts)), headers);
  else parts.problems.send(exchange.response, flags.problem, headers);
}

function infoOf({ config, clock, version }: EdgeParts): Info {
  return {
    network: config.network,
    auth: config.auth,
    lease_seconds: config.ttlMs / 1_000,
    refresh_after_seconds: refreshAfterSeconds(config.ttlMs),
    server_time: new Date(clock.wallMs()).toISOString(),
    version,
    limits: {
      cpu_max: LIMITS.cpuCoresMax,
      memory_max: LIMITS.memoryGbMax,
      storage_max: LIMITS.storageGbMax,
      body_bytes_max: LIMITS.bodyBytesMax,
      page_max: LIMITS.pageMax,
      proof_page_max: LIMITS.proofPageMax,
      signature_age_seconds_max: LIMITS.signatureAgeMsMax / 1_000,
      signature_lead_seconds_max: LIMITS.signatureLeadMsMax / 1_000,
    },
  };
}
