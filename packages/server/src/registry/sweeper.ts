/**
 * The housekeeping that time asks for: it ends lapsed leases in the store, purges memories,
 * lowers times that a wrong clock let in, and records that the hub is alive. Reads don't depend
 * on it: they hide what has expired by themselves.
 *
 * Invariant: at most one round runs at a time; a round that the store refuses is repeated by
 * the next one, so nothing is lost by failing. Its cost grows with what is due, not with what
 * is listed.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { Store } from '../store/contract.js';
import type { Clock } from '../telemetry/clock.js';
import type { Entry } from './entry.js';
import type { LeaseClock } from './lease-clock.js';
import type { LiveView } from './live-view.js';
import type { Schedule } from './schedule.js';

/** How often leases are looked at: so much later than its lease a listing ends, and the time of a commit. With nothing due a look costs next to nothing. */
export const LEASE_TICK_MS = 50;

/** How often the hub records that it is alive: the error with which its absence is measured. */
const HEARTBEAT_MS = 5_000;

/** How often a store that refuses is asked whether it can write again. */
const PROBE_MS = 1_000;

/** Memories that the store is asked to purge at once; it cuts them into commits. */
const FORGET_COUNT_MAX = 1_000;

/** Leases that the store is asked to end at once. */
const EXPIRE_COUNT_MAX = 2_000;

/** What a sweeper works on. */
export interface SweeperParts {
  readonly view: LiveView;
  readonly store: Store;
  readonly clock: Clock;
  readonly leaseClock: LeaseClock;
  readonly schedule: Schedule;
  readonly cleanupIntervalMs: number;
  /** Whether the store refuses: then it is probed more often. */
  readonly writable: () => boolean;
}

/** The running housekeeping. `stop` is safe to call twice. */
export interface Sweeper {
  stop(): void;
}

/** Starts the housekeeping; the caller stops it. */
export function startSweeper(parts: SweeperParts): Sweeper {
  const { view, schedule } = parts;
  const stops = [
    schedule.every(LEASE_TICK_MS, () => {
      view.hideLapsed();
    }),
    schedule.every(
      LEASE_TICK_MS,
      oneAtATime(() => endLapsed(parts)),
    ),
    schedule.every(PROBE_MS, oneAtATime(createHeartbeat(parts))),
    schedule.every(
      parts.cleanupIntervalMs,
      oneAtATime(() => cleanUp(parts)),
    ),
  ];
  return {
    stop() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}

/** Skips a round while the one before still runs: a slow store must not pile up rounds. */
function oneAtATime(round: () => Promise<void>): () => Promise<void> {
  let running = false;
  return async () => {
    if (running) return;
    running = true;
    try {
      await round();
    } finally {
      running = false;
    }
  };
}

async function endLapsed({ view, store, clock }: SweeperParts): Promise<void> {
  const ending = view.ending(EXPIRE_COUNT_MAX);
  const expirations = ending.map(({ providerId, grant }) => ({ providerId, grant }));
  if (expirations.length > 0) await store.expire(expirations, clock.wallMs());
}

function createHeartbeat({ store, clock, writable }: SweeperParts): () => Promise<void> {
  let lastBeatMs = -Infinity;
  return async () => {
    const nowMs = clock.monotonicMs();
    if (writable() && nowMs - lastBeatMs < HEARTBEAT_MS) return;
    lastBeatMs = nowMs;
    await store.heartbeat(clock.wallMs());
  };
}

async function cleanUp({ view, store, clock }: SweeperParts): Promise<void> {
  const mark = await store.lowerFutureTimes(clock.wallMs());
  if (mark !== undefined) view.setHighWaterMark(mark);
  const memoriesDue = () => view.memoriesDue(FORGET_COUNT_MAX).map(memoryOf);
  let due = memoriesDue();
  while (due.length > 0 && (await store.forget(due))) {
    const first = due[0]?.providerId;
    due = memoriesDue();
    // What the store kept, because its `t` was no longer the one we knew, waits for the next round.
    if (due[0]?.providerId === first) return;
  }
}

function memoryOf({ providerId, t }: Entry): { providerId: ProviderId; t: number } {
  return { providerId, t: t ?? 0 };
}
