/**
 * Lowers times that a wrong clock let in: in slices, each of which is a batch of its own. Cost: nothing
 * to speak of while no stored time is ahead of the clock; else a look at every row for each slice.
 */
import { LIMITS, type ProviderId } from 'golem-vm-discovery-protocol';
import type { Draft } from './draft.js';
import { readFeed, readLaterThan } from './feed-queries.js';
import type { Line } from './line.js';
import { lower } from './operations.js';

/** Providers whose times are lowered in one batch. */
const LOWERED_MAX = 500;

const ASK_MS_MAX = 5_000;

/** Does something in a batch; `undefined` where it could not be. */
type Upkeep = <Outcome>(
  providerIds: readonly ProviderId[],
  carryOut: (draft: Draft) => Outcome,
) => Promise<Outcome | undefined>;

/** Resolves with the mark. Rejects where the database can't be read. */
export async function lowerAll(
  line: Line,
  nowMs: number,
  upkeep: Upkeep,
): Promise<number | undefined> {
  const latest = nowMs + LIMITS.signatureLeadMsMax;
  const { newest_t } = await line.run(ASK_MS_MAX, (sql) => readFeed(sql, 0));
  for (let after: string | undefined = newest_t > latest ? '' : undefined; after !== undefined;) {
    const from: string = after;
    const ids = await line.run(ASK_MS_MAX, (sql) => readLaterThan(sql, latest, from, LOWERED_MAX));
    await upkeep(ids, (draft) => lower(draft, ids, nowMs));
    after = ids.length < LOWERED_MAX ? undefined : ids.at(-1);
  }
  return upkeep([], (draft) => {
    lower(draft, [], nowMs);
    draft.feed.lowerNewest(newest_t, Math.min(newest_t, latest));
    return draft.feed.highWaterMark;
  });
}
