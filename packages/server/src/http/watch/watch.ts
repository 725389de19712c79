/**
 * `GET /api/v1/advertisements/watch`: what changes for these requirements? A stream of events, or one
 * poll for those who ask for JSON. Opening either counts as a read; what follows is free, and how many
 * there are is bounded by places.
 */
import type { Socket } from 'node:net';
import {
  accept,
  ADVERTISEMENTS_PATH,
  parseWatchQuery,
  problem,
  type Problem,
  refuse,
  type Requirements,
  type Result,
  WAIT_SECONDS_DEFAULT,
} from 'golem-vm-discovery-protocol';
import type { Position } from '../../store/history.js';
import { parseCursor } from '../../registry/feed/cursor.js';
import { EVERY_ANSWER, type HeaderList, JSON_TYPE } from '../answer.js';
import { chargeRead, type EdgeParts, type Exchange } from '../edge-parts.js';
import { WATCH } from '../openapi/watch-operation.js';
import { rawQueryOf } from '../query.js';
import type { Route } from '../route.js';
import { stateHeaders } from '../state-headers.js';
import { asksForEventStream, EVENT_STREAM_TYPE, tellToComeBack } from './come-back.js';
import { EventStream } from './event-stream.js';
import { Poll } from './poll.js';
import { WatchPlaces } from './watch-places.js';

/** What somebody wants to watch, and how. */
interface Wish {
  readonly requirements: Requirements;
  readonly since: Position | undefined;
  readonly isPoll: boolean;
  readonly waitMs: number;
}

/** Longer than word takes from anywhere on earth and back. */
const SECOND_PROBE_MS = 500;

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
  const wish = wishOf(exchange);
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

/**
 * A client that says no more may have closed its half alone, or be gone. The first probe provokes the
 * word that it is gone, the second one meets it.
 */
function probeAtEnd(socket: Socket, probe: () => void): () => void {
  let second: NodeJS.Timeout | undefined;
  const start = (): void => {
    probe();
    second = setTimeout(probe, SECOND_PROBE_MS);
  };
  socket.once('end', start);
  return () => {
    socket.off('end', start);
    clearTimeout(second);
  };
}

function wishOf({ request }: Exchange): Result<Wish> {
  const query = parseWatchQuery(rawQueryOf(request.url));
  if (!query.ok) return query;
  const { requirements, waitSeconds } = query.value;
  const isPoll = prefersJson(request.headers.accept);
  if (!isPoll && waitSeconds !== undefined) return refuse(notOfAStream());
  const since = sinceOf(request.headers['last-event-id'], query.value.since);
  if (!since.ok) return since;
  const waitMs = (waitSeconds ?? WAIT_SECONDS_DEFAULT) * 1_000;
  return accept({ requirements, since: since.value, isPoll, waitMs });
}

/** What `EventSource` sends when it comes back is newer than the address that it was opened with. */
function sinceOf(
  lastEventId: string | string[] | undefined,
  since: string | undefined,
): Result<Position | undefined> {
  // An empty one is none: so `EventSource` means it.
  const text = lastEventId === '' ? since : (lastEventId ?? since);
  if (text === undefined) return accept(undefined);
  const position = parseCursor(String(text));
  return position ? accept(position) : refuse(faulty('Last-Event-ID', 'must be a cursor'));
}

/** A stream where nothing is said; JSON only for those who name it, and no stream before it. */
function prefersJson(accepted: string | undefined): boolean {
  const names = (accepted ?? '')
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';', 1).join('').trim());
  return names.includes('application/json') && !names.includes('text/event-stream');
}

function notOfAStream(): Problem {
  return faulty('wait', 'is for polls alone: send Accept: application/json with it');
}

function faulty(field: string, message: string): Problem {
  return problem('ADV_002', `${field} ${message}`, { details: [{ field, message }] });
}
