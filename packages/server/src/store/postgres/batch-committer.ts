/**
 * Commits what the queue sends, as often as it takes: a connection that is lost, a fail-over, or a lock
 * that somebody holds for a moment costs those who wait a moment too, and nothing else.
 *
 * Invariant: what is answered as committed is committed once, and applied after all that came before.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { randomEpoch } from '../random-epoch.js';
import type { WriteQueue } from '../write-queue.js';
import { BatchWriter, type Written } from './batch-writer.js';
import { explainFailure, isFull, isPassing } from './failures.js';
import type { FeedFollower } from './feed-follower.js';
import type { Line } from './line.js';
import type { PendingWork } from './pending-work.js';
import { findRoom } from './room.js';

/** Between two attempts. */
const PAUSE_MS = 50;

/** What a committer is given. */
export interface CommitterParts {
  readonly line: Line;
  readonly follower: FeedFollower;
  readonly node: string;
  readonly monotonicMs: () => number;
  /** How long to go on trying. */
  readonly msMax: number;
  /** Whether to commit only if there is room for more than these. */
  readonly isProbe: boolean;
  /** Told that there is no room. */
  readonly full: () => void;
}

/** Commits some works and tells the queue. Never rejects. */
export async function commitWorks(
  parts: CommitterParts,
  queue: WriteQueue<PendingWork>,
  works: readonly PendingWork[],
): Promise<void> {
  let written: Written;
  try {
    written = await commitInTime(parts, works);
  } catch (error) {
    if (isFull(error)) parts.full();
    return queue.failed(explainFailure(error));
  }
  const { number, changes, isNewEpoch, position } = written;
  const isOwn = changes.length > 0 && !isNewEpoch;
  await parts.follower.reach(isOwn ? number - 1 : number, position.epoch);
  queue.committed(() => parts.follower.take(written));
}

async function commitInTime(
  { line, follower, node, monotonicMs, msMax, isProbe }: CommitterParts,
  works: readonly PendingWork[],
): Promise<Written> {
  const latestMs = monotonicMs() + msMax;
  const leftMs = (): number => Math.max(1, latestMs - monotonicMs());
  const names = { node, batchId: randomUUID(), newEpoch: randomEpoch() };
  const writer = new BatchWriter(line, works, { ...names, ...follower.known });
  for (;;) {
    try {
      if (isProbe) await findRoom(line, leftMs());
      return await writer.attempt(leftMs());
    } catch (error) {
      if (!isPassing(error) || monotonicMs() + PAUSE_MS >= latestMs) throw error;
      await pass(PAUSE_MS);
    }
  }
}
