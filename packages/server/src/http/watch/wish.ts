/** What somebody wants to watch, from where on, and how: read once from the query and the headers. */
import type { IncomingMessage } from 'node:http';
import {
  accept,
  parseWatchQuery,
  problem,
  type Problem,
  refuse,
  type Requirements,
  type Result,
  WAIT_SECONDS_DEFAULT,
} from 'golem-vm-discovery-protocol';
import { parseCursor } from '../../registry/feed/cursor.js';
import type { Position } from '../../store/history.js';
import { rawQueryOf } from '../query.js';

/** See the head of this file. */
export interface Wish {
  readonly requirements: Requirements;
  /** `undefined`: from what is listed now on. */
  readonly since: Position | undefined;
  /** One poll, not a stream. */
  readonly isPoll: boolean;
  readonly waitMs: number;
}

/** Reads a request. ADV_002. */
export function parseWish(request: IncomingMessage): Result<Wish> {
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
