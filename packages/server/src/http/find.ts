/**
 * `GET /api/v1/advertisements`: who fits? The hot path of a hub. Cost: parsing the question, asking
 * the index, one write of what it lends; nothing is serialised or awaited.
 */
import { parseFindQuery, type Result } from 'golem-vm-discovery-protocol';
import type { Found } from '../registry/contract.js';
import { type HeaderList, JSON_TYPE } from './answer.js';
import { chargeRead, type EdgeParts, type Exchange } from './edge-parts.js';
import { linkToNext } from './page-link.js';
import { rawQueryOf } from './query.js';
import { stateHeaders } from './state-headers.js';

/** Answers a question with a bare array; everything else travels in headers. */
export function find(parts: EdgeParts, exchange: Exchange): void {
  const crash = (error: unknown): void => parts.problems.sendCrash(exchange.response, error);
  parts.turn(() => {
    try {
      answer(parts, exchange)?.catch(crash);
    } catch (error) {
      crash(error);
    }
  });
}

/** A promise only where the answer is being compressed. */
function answer(parts: EdgeParts, exchange: Exchange): Promise<void> | undefined {
  const counted = chargeRead(parts, exchange);
  if (counted === undefined) return undefined;
  const { request, response } = exchange;
  const rawQuery = rawQueryOf(request.url);
  const found = findBy(parts, rawQuery);
  if (!found.ok) {
    parts.problems.send(response, found.problem, counted);
    return undefined;
  }
  const { bytes, keep } = found.value.list;
  return parts.sendCompressible(request, response, {
    status: 200,
    contentType: JSON_TYPE,
    body: bytes,
    keep,
    headers: [...counted, ...stateHeaders(parts.registry), ...pageHeaders(found.value, rawQuery)],
  });
}

function findBy(parts: EdgeParts, rawQuery: string): Result<Found> {
  const query = parseFindQuery(rawQuery);
  return query.ok ? parts.registry.find(query.value) : query;
}

function pageHeaders({ next, total }: Found, rawQuery: string): HeaderList {
  const link = next === undefined ? [] : ['Link', linkToNext(rawQuery, next)];
  return total === undefined ? link : [...link, 'X-Total-Count', String(total)];
}
