/**
 * `GET /advertisements/watch`, for as long as somebody listens: it comes back when a connection breaks,
 * goes on where it was, and begins anew, with a `reset`, only where no hub can go on from there.
 *
 * Invariant: what the caller is told is one history: in order, each change once, nothing left out but
 * at a `reset`. It reads no faster than its caller does.
 */
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol/vocabulary';
import type { Needed } from '../asking/explain.js';
import { queryOf } from '../asking/requirements-query.js';
import { DiscoveryError } from '../discovery-error.js';
import { adviceFor, type Failure } from '../failure.js';
import { aborted } from '../transport/attempt.js';
import { pause, type Surroundings } from '../transport/surroundings.js';
import { backoffMs } from '../transport/waiting.js';
import { EventConnection } from './event-connection.js';
import { readWatchEvent, type WatchEvent } from './watch-event.js';

/** What to watch, and from where on. */
export interface WatchOptions extends Needed {
  /** A cursor of an earlier watch, or of a page. Without it the watch begins with what is listed. */
  readonly since?: string | undefined;
  /** Watch at this hub alone, by its URL. */
  readonly hub?: string | undefined;
  /** Ends the watch with `ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds without any connection after which the watch ends with the last failure. Default
   * 30,000 until the first one, and after that for ever: a watch outlives its hubs.
   */
  readonly patienceMs?: number | undefined;
}

const OPENING_MS_MAX = 10_000;
const FIRST_PATIENCE_MS = 30_000;

/** Where a watch stands. */
interface Progress {
  cursor: string | undefined;
  /** Whether anything was told since the beginning, or since the last reset. */
  hasTold: boolean;
  hasConnected: boolean;
  failures: number;
  lostAtMs: number;
}

/** Watches at whichever of the hubs answers, the first first. */
export async function* watch(
  hubs: readonly string[],
  surroundings: Surroundings,
  { since, signal, patienceMs, hub: _hub, ...wanted }: WatchOptions,
): AsyncGenerator<WatchEvent, void, undefined> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  signal?.addEventListener('abort', end);
  if (signal?.aborted === true) end();
  const progress: Progress = {
    cursor: since,
    hasTold: false,
    hasConnected: false,
    failures: 0,
    lostAtMs: surroundings.monotonicMs(),
  };
  try {
    for (let turn = 0; ;) {
      const hub = hubs[turn % hubs.length] ?? '';
      if (ending.signal.aborted) throw new DiscoveryError(aborted(hub, signal));
      const query = queryOf({ ...wanted, since: progress.cursor });
      const url = `${hub}${ADVERTISEMENTS_PATH}/watch${query === '' ? '' : `?${query}`}`;
      const opened = await EventConnection.open(
        surroundings,
        hub,
        url,
        OPENING_MS_MAX,
        ending.signal,
      );
      if (opened.ok) {
        yield* tell(opened.connection, progress, surroundings);
        await pause(surroundings, opened.connection.retryMs ?? 0, ending.signal);
      } else if (opened.failure.code === 'ADV_006' && progress.cursor !== undefined) {
        yield reset(progress);
      } else {
        const { failure } = opened;
        progress.failures += 1;
        turn += 1;
        if (ending.signal.aborted) continue;
        if (isFinal(failure, progress, surroundings.monotonicMs(), patienceMs)) {
          throw new DiscoveryError({ ...failure, attempts: progress.failures });
        }
        const waitMs = backoffMs(progress.failures, surroundings.random());
        await pause(surroundings, Math.max(waitMs, failure.retryAfterMs ?? 0), ending.signal);
      }
    }
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}

/** Tells what one connection says, to its end. */
async function* tell(
  connection: EventConnection,
  progress: Progress,
  surroundings: Surroundings,
): AsyncGenerator<WatchEvent, void, undefined> {
  // A snapshot that was broken off begins anew.
  if (progress.cursor === undefined && progress.hasTold) yield reset(progress);
  progress.hasConnected = true;
  progress.failures = 0;
  try {
    for (let texts = await connection.read(); texts; texts = await connection.read()) {
      for (const text of texts) {
        const event = readWatchEvent(text);
        if (event === undefined) continue;
        progress.hasTold = true;
        progress.cursor = text.id ?? progress.cursor;
        yield event;
      }
    }
  } finally {
    connection.close();
    progress.lostAtMs = surroundings.monotonicMs();
  }
}

function reset(progress: Progress): WatchEvent {
  progress.cursor = undefined;
  progress.hasTold = false;
  return { event: 'reset' };
}

/** Whether waiting can't mend it, or has lasted long enough. */
function isFinal(
  { code }: Failure,
  { hasConnected, lostAtMs }: Progress,
  nowMs: number,
  patienceMs = hasConnected ? Infinity : FIRST_PATIENCE_MS,
): boolean {
  const advice = adviceFor(code);
  if (advice === 'never' || advice === 'changed') return true;
  return nowMs - lostAtMs >= patienceMs;
}
