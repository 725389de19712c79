/**
 * `GET /advertisements/watch`, for as long as somebody listens: it comes back when a connection breaks,
 * goes on where it was, and begins anew, with a `reset`, only where no hub can go on from there.
 *
 * Invariants: what the caller is told is one history: in order, each change once, nothing left out but
 * at a `reset`. It reads no faster than its caller does, and never comes back without a pause, whatever
 * answers there.
 */
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol/vocabulary';
import type { Needed } from '../asking/explain.js';
import { queryOf } from '../asking/requirements-query.js';
import { DiscoveryError } from '../discovery-error.js';
import type { Failure } from '../failure.js';
import { aborted } from '../transport/attempt.js';
import { pause, type Surroundings } from '../transport/surroundings.js';
import { EventConnection } from './event-connection.js';
import { Progress } from './progress.js';
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
  /** Told of each attempt that came to nothing while the watch goes on trying; the next event means that all is well again. */
  readonly onTrouble?: ((failure: Failure) => void) | undefined;
}

const OPENING_MS_MAX = 10_000;

/** What came of a connection: a failure where it told nothing, and how long it asks to wait before the next. */
interface Outcome {
  readonly failure: Failure | undefined;
  readonly retryMs: number | undefined;
}

/** Watches at whichever of the hubs answers, the first first. */
export async function* watch(
  hubs: readonly string[],
  surroundings: Surroundings,
  { since, signal, patienceMs, onTrouble, hub: _hub, ...wanted }: WatchOptions,
): AsyncGenerator<WatchEvent, void, undefined> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  signal?.addEventListener('abort', end);
  if (signal?.aborted === true) end();
  const progress = new Progress(since, surroundings.monotonicMs(), patienceMs);
  try {
    for (let turn = 0; ;) {
      const hub = hubs[turn % hubs.length] ?? '';
      if (ending.signal.aborted) throw new DiscoveryError(aborted(hub, signal));
      const query = queryOf({ ...wanted, since: progress.cursor });
      const { failure, retryMs } = yield* connect(
        hub,
        query,
        progress,
        surroundings,
        ending.signal,
      );
      if (ending.signal.aborted) continue;
      if (failure?.code === 'ADV_006' && progress.cursor !== undefined) {
        yield progress.reset();
        continue;
      }
      if (failure !== undefined) {
        turn += 1;
        progress.noteFailure(failure);
        if (progress.isHopeless(failure, hubs.length, surroundings.monotonicMs())) {
          throw new DiscoveryError({ ...failure, attempts: progress.failures });
        }
        onTrouble?.(failure);
      }
      const waitMs = progress.waitMs(surroundings.random(), retryMs);
      await pause(surroundings, waitMs, ending.signal);
    }
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}

/** Tells what one connection says, to its end. */
async function* connect(
  hub: string,
  query: string,
  progress: Progress,
  surroundings: Surroundings,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, Outcome, undefined> {
  const url = `${hub}${ADVERTISEMENTS_PATH}/watch${query === '' ? '' : `?${query}`}`;
  const opened = await EventConnection.open(surroundings, hub, url, OPENING_MS_MAX, signal);
  if (!opened.ok) return { failure: opened.failure, retryMs: opened.failure.retryAfterMs };
  const { connection } = opened;
  const hasTold = yield* tell(connection, progress, surroundings);
  return { failure: hasTold ? undefined : toldNothing(hub), retryMs: connection.retryMs };
}

/** Tells what comes; returns whether anything did. */
async function* tell(
  connection: EventConnection,
  progress: Progress,
  surroundings: Surroundings,
): AsyncGenerator<WatchEvent, boolean, undefined> {
  let hasTold = false;
  try {
    for (let texts = await connection.read(); texts; texts = await connection.read()) {
      for (const text of texts) {
        const event = readWatchEvent(text);
        if (event === undefined) continue;
        if (!hasTold && progress.isHalfASnapshot) yield progress.reset();
        hasTold = true;
        progress.noteEvent(text.id);
        yield event;
      }
    }
  } finally {
    connection.close();
    if (hasTold) progress.noteLoss(surroundings.monotonicMs());
  }
  return hasTold;
}

/** A hub that is stopping does so, and so may whatever is in its place. */
function toldNothing(hub: string): Failure {
  const message = `${hub} ended the watch before it told anything: it is stopping, or it is no hub`;
  return { code: 'UNREACHABLE', message, hub };
}
