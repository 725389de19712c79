/**
 * Compares what this node holds with what is stored, some providers at a time, round and round: nothing
 * else would ever notice a change that was applied wrongly, or a row that somebody changed by hand.
 *
 * Invariant: what is repaired was seen to differ twice, with both sides the same each time and all
 * changes up to the first look applied by the second: no change that is just on its way looks so.
 * Cost: two short questions a round; a million providers take some half an hour.
 */
import type { ProviderId } from 'golem-vm-discovery-protocol';
import type { Change, SharedListener } from '../contract.js';
import { changeTo, gone, isHeld } from './difference.js';
import type { FeedFollower } from './feed-follower.js';
import { readBareRows, readIdsAfter } from './feed-queries.js';
import type { Line } from './line.js';
import type { BareRow } from './provider-row.js';

/** Providers that are compared in a round: as many that are stored as that are held. */
const COMPARED = 500;

const ROUND_MS_MAX = 3_000;

/** What an audit is given. */
export interface AuditParts {
  readonly line: Line;
  readonly listener: SharedListener;
  readonly follower: FeedFollower;
  /** Told how many were repaired. */
  readonly repaired: (count: number) => void;
}

export class Audit {
  readonly #parts: AuditParts;
  /** Seen to differ, and how. */
  #suspects = new Map<ProviderId, string>();
  #after = '';
  #held: Iterator<ProviderId> | undefined;
  #isRunning = false;

  constructor(parts: AuditParts) {
    this.#parts = parts;
  }

  /** Compares the next ones. One round at a time; where the database can't be read, a later one goes on. */
  async round(): Promise<void> {
    if (this.#isRunning || this.#parts.follower.isCatchingUp) return;
    this.#isRunning = true;
    try {
      await this.#compare();
    } catch {
      // Looking at the feed meets the same failure, and says so.
    } finally {
      this.#isRunning = false;
    }
  }

  async #compare(): Promise<void> {
    const { line, follower } = this.#parts;
    const ids = await line.run(ROUND_MS_MAX, (sql) => readIdsAfter(sql, this.#after, COMPARED));
    this.#after = ids.length < COMPARED ? '' : (ids.at(-1) ?? '');
    const providerIds = [...new Set([...this.#suspects.keys(), ...ids, ...this.#nextHeld()])];
    const { batch, rows } = await line.run(ROUND_MS_MAX, (sql) => readBareRows(sql, providerIds));
    await follower.reach(batch);
    this.#judge(providerIds, new Map(rows.map((row) => [row.provider_id, row])));
  }

  #judge(providerIds: readonly ProviderId[], rows: ReadonlyMap<ProviderId, BareRow>): void {
    const { listener, follower, repaired } = this.#parts;
    const suspects = new Map<ProviderId, string>();
    const changes: Change[] = [];
    for (const providerId of providerIds) {
      const row = rows.get(providerId);
      const held = listener.held(providerId);
      if (isHeld(held, row)) continue;
      const difference = JSON.stringify([held, row?.grants, row?.t, row?.ended]);
      if (this.#suspects.get(providerId) !== difference) suspects.set(providerId, difference);
      else changes.push(row ? changeTo(row) : gone(providerId));
    }
    this.#suspects = suspects;
    if (changes.length === 0) return;
    listener.applied({ changes, position: follower.position });
    repaired(changes.length);
  }

  /** The next ones that are held; after the last, from the first again. */
  #nextHeld(): ProviderId[] {
    this.#held ??= this.#parts.listener.heldIds()[Symbol.iterator]();
    const next: ProviderId[] = [];
    while (next.length < COMPARED && this.#held !== undefined) {
      const step = this.#held.next();
      if (step.done === true) this.#held = undefined;
      else next.push(step.value);
    }
    return next;
  }
}
