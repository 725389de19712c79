/**
 * `GET /api/v1/advertisements/watch`: what changes for these requirements? A stream of events, or one
 * poll for those who ask for JSON. Opening either counts as a read; what follows is free, and how many
 * there are is bounded by places.
 */
import { ADVERTISEMENTS_PATH, type Problem } from 'golem-vm-discovery-protocol';
import { EVERY_ANSWER, type HeaderList, JSON_TYPE } from '../answer.js';
import { chargeRead, type EdgeParts, type Exchange } from '../edge-parts.js';
import { WATCH } from '../openapi/watch-operation.js';
import type { Route } from '../route.js';
import { stateHeaders } from '../state-headers.js';
import { asksForEventStream, EVENT_STREAM_TYPE, tellToComeBack } from './come-back.js';
import { EventStream } from './event-stream.js';
import { probeAtEnd } from './half-closed.js';
import { Poll } from './poll.js';
import { WatchPlaces } from './watch-places.js';
import { parseWish, type Wish } from './wish.js';

/** A watch is of its moment, and looks otherwise to those who ask for JSON. */
const UNCACHED: HeaderList = ['Cache-Control', 'no-store', 'Vary', 'Accept'];

/** The route of watches. */
export function watchRoutes(parts: EdgeParts): readonly Route[] {
  const { maxWatches, maxWatchesPerAddress, rateLimitPerMinute } = parts.config;
  const places = new WatchPlaces(
    maxWatches,
    // Whoever switches off what holds for each address means this too.
    rateLimitPerMinute === 0 ? maxWatches : maxWatchesPerAddress,
  );
  return [
    {
      method: 'GET',
      path: `${ADVERTISEMENTS_PATH}/watch`,
      operation: WATCH,
      handle: (exchange) => watch(parts, places, exchange),
    },
  ];
}

function watch(parts: EdgeParts, places: WatchPlaces, exchange: Exchange): void {
  const counted = chargeRead(parts, exchange);
  if (counted === undefined) return;
  const { request, response } = exchange;
  const wish = parseWish(request);
  if (!wish.ok) return parts.problems.send(response, wish.problem, counted);
  const place = places.take(parts.sourceOf(request).network);
  if (!place.ok) return parts.problems.send(response, place.problem, counted);
  response.once('close', place.value);
  // A stream that met 503 would not come back: whoever comes while the hub loads waits for it.
  const callOff = parts.registry.watches.whenOpen(wish.value.since, () =>
    begin(parts, exchange, wish.value, counted),
  );
  response.once('close', callOff);
}

function begin(
  parts: EdgeParts,
  { request, response }: Exchange,
  { requirements, since, isPoll, waitMs }: Wish,
  counted: HeaderList,
): void {
  const headers = [...counted, ...UNCACHED, ...stateHeaders(parts.registry)];
  const refuseIt = (refusal: Problem): void => {
    if (refusal.code === 'SYS_002' && asksForEventStream(request)) {
      tellToComeBack(response, refusal.message);
    } else parts.problems.send(response, refusal, counted);
  };
  const watcher = isPoll
    ? new Poll({
        response,
        headers,
        wantsSnapshot: since === undefined,
        waitMs,
        refuse: refuseIt,
      })
    : new EventStream(response, headers);
  const opened = parts.registry.watches.open(requirements, since, watcher);
  if (!opened.ok) return refuseIt(opened.problem);
  const watching = opened.value;
  if (request.method === 'HEAD') {
    watching.close();
    const contentType = isPoll ? JSON_TYPE : EVENT_STREAM_TYPE;
    response.writeHead(200, [...EVERY_ANSWER, 'Content-Type', contentType, ...headers]).end();
    return;
  }
  watcher.begin(watching);
  const stopProbing = probeAtEnd(request.socket, () => watcher.probe());
  response.once('close', () => {
    stopProbing();
    watching.close();
  });
}
