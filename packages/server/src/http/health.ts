/** Whether the hub is alive, and whether it should be sent requests. Never counted, never refused for a parameter. */
import { problem, type Problem } from 'golem-vm-discovery-protocol';
import { sendJson } from './answer.js';
import type { EdgeParts, Exchange } from './edge-parts.js';
import { HEALTH, LIVEZ, READYZ } from './openapi/hub-operations.js';
import type { Route } from './route.js';

const HEALTH_PATH = /^\/(?:health|livez|readyz)(?:\?|$)/;

const HEALTHY_TEXT = JSON.stringify({ status: 'healthy' });

/** A hub that can't reach the database that it shares answers with what it last heard, for so long; then others should be asked. */
const SILENT_MS_MAX = 60_000;

/** `/health` and `/livez`: the process answers. `/readyz`: it has loaded, keeps up, and is not about to stop. */
export function healthRoutes(parts: EdgeParts): readonly Route[] {
  return [
    { method: 'GET', path: '/health', operation: HEALTH, handle: sayHealthy },
    { method: 'GET', path: '/livez', operation: LIVEZ, handle: sayHealthy },
    {
      method: 'GET',
      path: '/readyz',
      operation: READYZ,
      handle: (exchange) => sayReady(parts, exchange),
    },
  ];
}

function sayHealthy({ response }: Exchange): void {
  sendJson(response, HEALTHY_TEXT);
}

function sayReady(parts: EdgeParts, { response }: Exchange): void {
  const refusal = findUnreadiness(parts);
  if (refusal === undefined) sendJson(response, HEALTHY_TEXT);
  else parts.problems.send(response, refusal);
}

function findUnreadiness({ registry, isDraining }: EdgeParts): Problem | undefined {
  if (isDraining()) return problem('SYS_002', 'the hub is stopping', { retryAfterSeconds: 1 });
  if (registry.phase() === 'loading') {
    return problem('SYS_002', 'the hub is still loading what it holds', { retryAfterSeconds: 1 });
  }
  const { silentMs, isCatchingUp } = registry.freshness();
  if (isCatchingUp) {
    return problem('SYS_002', 'the hub is reading what it missed', { retryAfterSeconds: 1 });
  }
  return silentMs > SILENT_MS_MAX ? tooSilent(silentMs) : undefined;
}

function tooSilent(silentMs: number): Problem {
  const seconds = Math.floor(silentMs / 1_000);
  const message = `the hub has not heard from its database for ${seconds} seconds`;
  return problem('SYS_002', message, { retryAfterSeconds: 5 });
}

/** Whether a request target is one of these. */
export function isHealthPath(url: string | undefined): boolean {
  return HEALTH_PATH.test(url ?? '');
}
