/**
 * One request to one hub: an answer, a refusal, or why there is neither, always within its time.
 * Invariant: nothing is thrown, and nothing stays open behind it.
 */
import type { Failure } from '../failure.js';
import { readAnswer, type HubAnswer } from './answer-reading.js';
import { readBoundedText } from './bounded-text.js';
import { urlAt, type HubRequest } from './hub-request.js';
import type { Surroundings } from './surroundings.js';

/** The bounds of one attempt. */
export interface AttemptBounds {
  /** Until the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Makes one attempt. */
export async function attempt(
  surroundings: Surroundings,
  hub: string,
  request: HubRequest,
  { timeoutMs, signal }: AttemptBounds,
): Promise<HubAnswer> {
  if (isAborted(signal)) return failed(aborted(hub, signal));
  const controller = new AbortController();
  const giveUp = (): void => controller.abort();
  const callOff = surroundings.after(timeoutMs, giveUp);
  signal?.addEventListener('abort', giveUp);
  try {
    const response = await surroundings.fetch(urlAt(hub, request), {
      ...initOf(request),
      signal: controller.signal,
    });
    const text = await readBoundedText(response);
    return readAnswer({ hub, response, text, nowMs: surroundings.wallMs() });
  } catch (error) {
    if (isAborted(signal)) return failed(aborted(hub, signal));
    return failed(controller.signal.aborted ? timedOut(hub, timeoutMs) : unreachable(hub, error));
  } finally {
    callOff();
    signal?.removeEventListener('abort', giveUp);
  }
}

/** A function, because the answer changes while an attempt is under way. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** A redirect would send what was signed to an address that nobody chose, or turn it into a GET. */
function initOf({ method, headers, body }: HubRequest): RequestInit {
  return {
    method,
    headers: {
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    redirect: method === 'GET' ? 'follow' : 'error',
    cache: 'no-store',
    ...(body !== undefined && { body }),
  };
}

/** The failure of a call that its caller gave up. */
export function aborted(hub: string, signal: AbortSignal | undefined): Failure {
  const cause: unknown = signal?.reason;
  return { code: 'ABORTED', message: 'the caller gave up', hub, cause };
}

/** The failure of a hub that took too long. */
export function timedOut(hub: string, timeoutMs: number): Failure {
  const message = `${hub} did not answer within ${Math.round(timeoutMs)} ms`;
  return { code: 'TIMED_OUT', message, hub };
}

/** What OpenSSL says of an answer in plain HTTP. */
const NO_TLS = /^(?:ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO)$/;

/** The failure of a hub that can't be reached. */
export function unreachable(hub: string, cause: unknown): Failure {
  const reason = reasonOf(cause);
  const question = NO_TLS.test(reason)
    ? 'it does not speak https; is its URL one with http?'
    : 'is the hub running, and is this its URL?';
  const message = `${hub} can't be reached (${reason}): ${question}`;
  return { code: 'UNREACHABLE', message, hub, cause };
}

/** Node hides what happened behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string')
    return cause.code;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}

function failed(failure: Failure): HubAnswer {
  return { ok: false, failure };
}
