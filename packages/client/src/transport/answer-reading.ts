/**
 * What came back, read once: JSON that a hub said, or why it is not that. Invariant: whatever any
 * server may answer becomes one of the two, and nothing is thrown.
 */
import type { ProblemDetail } from 'golem-vm-discovery-protocol';
import { isProblemCode, type Failure } from '../failure.js';
import { ANSWER_BYTES_MAX } from './bounded-text.js';
import { parseRetryAfter } from './waiting.js';

/** An answer, or why there is none. */
export type HubAnswer<Body = unknown> =
  | {
      readonly ok: true;
      /** The URL of the hub that answered. */
      readonly hub: string;
      /** The JSON of the body; of any kind, where nothing was expected of it. */
      readonly body: Body;
      readonly headers: Headers;
      /** What the clock of the hub showed, Unix milliseconds; browsers hide it. */
      readonly hubTimeMs: number | undefined;
    }
  | { readonly ok: false; readonly failure: Failure };

/** Where an answer comes from, and when. */
export interface Arrival {
  readonly hub: string;
  readonly response: Response;
  /** `undefined` when it is too long to be one. */
  readonly text: string | undefined;
  /** Unix milliseconds, by our own clock. */
  readonly nowMs: number;
}

/** What a proxy answers while what is behind it is away. */
const AWAY: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Reads an answer. */
export function readAnswer(arrival: Arrival): HubAnswer {
  const { hub, response, text } = arrival;
  const body = parseJson(text);
  const hubTimeMs = parseTime(response.headers.get('date'));
  if (response.ok && body !== undefined) {
    return { ok: true, hub, body: body.value, headers: response.headers, hubTimeMs };
  }
  const failure = readProblem(body?.value, arrival) ?? strangeAnswer(arrival);
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), arrival.nowMs);
  return {
    ok: false,
    failure: {
      ...(hubTimeMs !== undefined && { hubTimeMs }),
      ...failure,
      hub,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
  };
}

function parseJson(text: string | undefined): { readonly value: unknown } | undefined {
  try {
    return text === undefined ? undefined : { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** A time, RFC 3339 or of HTTP, as Unix milliseconds. */
function parseTime(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function readProblem(body: unknown, { response }: Arrival): Failure | undefined {
  if (response.ok || !isRecord(body) || !isProblemCode(body['code'])) return undefined;
  const { code, message, timestamp, request_id: requestId, details } = body;
  const hubTimeMs = parseTime(timestamp);
  return {
    code,
    message: typeof message === 'string' ? message : 'the hub gave no reason',
    ...(Array.isArray(details) && { details: details.filter(isDetail) }),
    ...(hubTimeMs !== undefined && { hubTimeMs }),
    ...(typeof requestId === 'string' && { requestId }),
  };
}

/** What no hub would say. */
function strangeAnswer({ hub, response, text }: Arrival): Failure {
  const { status } = response;
  if (AWAY.has(status)) {
    const message = `something in front of the hub at ${hub} answered ${status}: the hub is away or overloaded, try again later`;
    return { code: 'UNREACHABLE', message };
  }
  const what =
    text === undefined
      ? `more than ${ANSWER_BYTES_MAX} bytes`
      : `${status} and nothing that a hub says`;
  return { code: 'UNREADABLE', message: `${hub} answered ${what}: is this the URL of a hub?` };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isDetail(value: unknown): value is ProblemDetail {
  return (
    isRecord(value) && typeof value['field'] === 'string' && typeof value['message'] === 'string'
  );
}
