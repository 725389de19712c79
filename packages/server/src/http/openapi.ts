/** `GET /api/v1/openapi.json`: the description of the API. */
import { JSON_TYPE } from './answer.js';
import { chargeRead, type EdgeParts } from './edge-parts.js';
import { type DescribedRoute, describeApi } from './openapi/document.js';
import { OPENAPI } from './openapi/hub-operations.js';
import type { Route } from './route.js';

/** The route that describes all others, and itself. */
export function openApiRoutes(parts: EdgeParts, others: readonly Route[]): readonly Route[] {
  const own = { method: 'GET', path: '/api/v1/openapi.json', operation: OPENAPI } as const;
  const body = JSON.stringify(describeApi(parts.version, [...others.filter(isDescribed), own]));
  return [
    {
      ...own,
      handle(exchange) {
        const headers = chargeRead(parts, exchange);
        if (headers === undefined) return undefined;
        const answer = { status: 200, contentType: JSON_TYPE, body, headers };
        return parts.sendCompressible(exchange.request, exchange.response, answer);
      },
    },
  ];
}

/** The page at `/docs` and its parts are no part of the API. */
function isDescribed(route: Route): route is Route & DescribedRoute {
  return route.operation !== undefined;
}
