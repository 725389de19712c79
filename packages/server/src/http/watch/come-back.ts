/**
 * How streams are spread when they all break off at once, and what is said to one that can't be served
 * right now: an `EventSource` gives up for good at anything but 200, so it is given a stream that
 * ends at once and says when to come back.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { EVERY_ANSWER } from '../answer.js';
import { closedFrame, retryFrame } from './event-frames.js';

export const EVENT_STREAM_TYPE = 'text/event-stream; charset=utf-8';

const RETRY_MS_MIN = 1_000;
const RETRY_SPREAD_MS = 2_000;

/** Steps through the spread so that any few in a row lie far apart. */
const RETRY_STEP_MS = 1_237;

/** When the stream on a connection should come back: not all in the same second. Those of one client lie apart by their ports. */
export function retryMsOf({ socket }: ServerResponse): number {
  const port = socket?.remotePort ?? 0;
  return RETRY_MS_MIN + ((port * RETRY_STEP_MS) % RETRY_SPREAD_MS);
}

/** Whether a client asks for an event stream and for nothing else, as `EventSource` does. */
export function asksForEventStream({ headers }: IncomingMessage): boolean {
  return headers.accept?.trim().toLowerCase() === 'text/event-stream';
}

/** Tells a stream to come back soon. */
export function tellToComeBack(response: ServerResponse, message: string): void {
  response.writeHead(200, [
    ...EVERY_ANSWER,
    'Content-Type',
    EVENT_STREAM_TYPE,
    'Cache-Control',
    'no-store',
    'Connection',
    'close',
  ]);
  response.end(retryFrame(retryMsOf(response)) + closedFrame('stopping', message));
}
