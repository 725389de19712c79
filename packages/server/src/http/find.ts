/**
 * `GET /api/v1/advertisements`: who fits? The hot path of a hub. Cost: parsing the question, asking
 * the index, one write of what it lends; nothing is serialised, and only proofs are awaited.
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

/** A promise only where proofs are read, or the answer is compressed. */
function answer(parts: EdgeParts, exchange: Exchange): Promise<void> | undefined {
  const counted = chargeRead(parts, exchange);
  if (counted === undefined) return undefined;
  const rawQuery = rawQueryOf(exchange.request.url);
  const send = (found: Result<Found>) => sendFound(parts, exchange, found, { rawQuery, counted });
  const query = parseFindQuery(rawQuery);
  if (!query.ok) return send(query);
  const { registry } = parts;
  return query.value.proof
    ? registry.findProven(query.value).then(send)
    : send(registry.find(query.value));
}

function sendFound(
  parts: EdgeParts,
  { request, response }: Exchange,
  found: Result<Found>,
  { rawQuery, counted }: { readonly rawQuery: string; readonly counted: HeaderList },
): Promise<void> | undefined {
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
    headers: [
      ...counted,
      ...stateHeaders(parts.registry),
      'X-Discovery-Cursor',
      found.value.cursor,
      ...pageHeaders(found.value, rawQuery),
    ],
  });
}

function pageHeaders({ next, total }: Found, rawQuery: string): HeaderList {
  const link = next === undefined ? [] : ['Link', linkToNext(rawQuery, next)];
  return total === undefined ? link : [...link, 'X-Total-Count', String(total)];
}
