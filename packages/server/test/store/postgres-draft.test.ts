import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dated } from '#src/store/postgres/database-time.js';
import { Draft } from '#src/store/postgres/draft.js';
import type { FeedRow } from '#src/store/postgres/feed-row.js';
import { advertise, expire, forget, withdraw } from '#src/store/postgres/operations.js';
import { isListed, type ProviderRow } from '#src/store/postgres/provider-row.js';
import { advertising, NOW, provider, TTL_MS, withdrawing } from './writes.js';

const ALICE = provider(1);

const FEED: FeedRow = {
  epoch: 'e',
  earlier: '[]',
  revision: 10,
  changes_after: 0,
  batch: 5,
  batch_id: 'five',
  line: 'here',
  high_water_mark: 0,
  newest_t: 0,
  lease_ms: 1_000_000,
  ticked_ms: NOW,
  revived_ms: 0,
  last_alive_ms: NOW,
  keeper: 'other',
  keeper_ms: NOW,
  now_ms: NOW,
  current_line: 'here',
  known_id: 'five',
};

const AUTHORSHIP = {
  node: 'here',
  batchId: 'six',
  newEpoch: 'f',
  epoch: 'e',
  knownBatch: 5,
  knownId: 'five',
};

/** What another node's batch leaves of the feed. */
const LATER: FeedRow = { ...FEED, batch: 6, batch_id: 'theirs', revision: 13, lease_ms: 1_000_040 };

/** As where both clocks agree. */
function dated<Write extends { readonly receivedAtMs: number }>(write: Write): Dated<Write> {
  return { ...write, latestMs: write.receivedAtMs };
}

function draftOn(rows: readonly ProviderRow[], feed = FEED): Draft {
  return new Draft(feed, rows, AUTHORSHIP);
}

/** The row of a provider who said something at `t` and has the whole lease before it. */
function rowOf(t: number, feed = FEED): ProviderRow {
  const draft = draftOn([], feed);
  advertise(draft, dated(advertising(ALICE, { t, receivedAtMs: NOW })));
  const row = draft.row(ALICE);
  assert.ok(row);
  return row;
}

describe('a draft', () => {
  it('gives revisions that follow the feed under the lock, whatever was read before', () => {
    const draft = draftOn([]);
    advertise(draft, dated(advertising(ALICE, { t: NOW })));
    withdraw(draft, dated(withdrawing(ALICE, { t: NOW + 1 })));
    assert.equal(draft.position.revision, 12);
    draft.standOn(LATER);
    assert.deepEqual(draft.position, { epoch: 'e', revision: 15 });
    assert.deepEqual(
      draft.history.map(({ revision }) => revision),
      [14, 15],
    );
    assert.deepEqual(
      draft.changes.map((change) => 'revised' in change && change.revised?.revision),
      [14, 15],
    );
  });

  it('tells apart rows that are new, that say something else, that say the same, and that go', () => {
    const [same, other, gone] = [provider(2), provider(3), provider(4)];
    const rows = [same, other, gone].map((provider_id) => ({ ...rowOf(NOW), provider_id }));
    const draft = draftOn([
      ...rows.slice(0, 2),
      { provider_id: gone, grants: 1, t: 1, ended: 'expired', ended_ms: 0 },
    ]);
    advertise(draft, dated(advertising(ALICE, { t: NOW + 1 })));
    advertise(draft, dated(advertising(same, { t: NOW + 1 })));
    advertise(draft, dated(advertising(other, { t: NOW + 1, body: '{ }' })));
    forget(draft, [{ providerId: gone, t: 1 }]);
    const { inserted, replaced, renewed, deleted } = draft.rows;
    const ids = [inserted, replaced, renewed].map(([row]) => row?.provider_id);
    assert.deepEqual([...ids, ...deleted], [ALICE, other, same, gone]);
  });

  it('ends and replaces what somebody broke by hand like anything else', () => {
    const row = rowOf(NOW);
    assert.ok(isListed(row));
    const broken = { ...row, advertisement: 'x' };
    const draft = draftOn([broken]);
    assert.equal(advertise(draft, dated(advertising(ALICE, { t: NOW + 1 }))).kind, 'renewed');
    assert.equal(draft.rows.replaced.length, 1);
    const ending = draftOn([broken]);
    expire(ending, [{ providerId: ALICE, grant: broken.grants }], NOW);
    assert.deepEqual(
      ending.changes.map(({ kind }) => kind),
      ['ended'],
    );
    assert.equal(ending.history[0]?.before, null);
  });

  it('keeps what others noted in the feed meanwhile', () => {
    const draft = draftOn([]);
    advertise(draft, dated(advertising(ALICE, { t: NOW })));
    draft.feed.raiseMark(7);
    draft.feed.beAliveAt(NOW + 5);
    draft.feed.forgetUpTo(3);
    draft.standOn({
      ...LATER,
      high_water_mark: 9,
      newest_t: NOW + 50,
      last_alive_ms: NOW + 6,
      changes_after: 4,
    });
    const { highWaterMark, newestT, lastAliveMs, changesAfter } = draft.feed;
    assert.deepEqual(
      [highWaterMark, newestT, lastAliveMs, changesAfter],
      [9, NOW + 50, NOW + 6, 4],
    );
  });

  it('holds under the lock where others only wrote', () => {
    const draft = draftOn([rowOf(NOW - 1)]);
    advertise(draft, dated(advertising(ALICE, { t: NOW })));
    assert.ok(draft.holdsOn(LATER));
  });

  it('holds for times that are later than a mark that was raised, and for no others', () => {
    const draft = draftOn([]);
    advertise(draft, dated(advertising(ALICE, { t: NOW })));
    assert.ok(draft.holdsOn({ ...LATER, high_water_mark: NOW - 1 }));
    assert.ok(!draft.holdsOn({ ...LATER, high_water_mark: NOW }));
  });

  it('does not hold where a withdrawal fell below the mark', () => {
    const draft = draftOn([]);
    withdraw(draft, dated(withdrawing(ALICE, { t: NOW })));
    assert.ok(!draft.holdsOn({ ...LATER, high_water_mark: NOW }));
  });

  it('holds for a renewal until others have hidden the lease that ran out', () => {
    const row = rowOf(NOW - 1);
    const draft = draftOn([row]);
    advertise(draft, dated(advertising(ALICE, { t: NOW })));
    const lateMs = FEED.lease_ms + TTL_MS + 500;
    assert.ok(draft.holdsOn({ ...LATER, lease_ms: lateMs }));
    assert.ok(!draft.holdsOn({ ...LATER, lease_ms: lateMs + 1 }));
  });

  it('does not hold where leases were counted anew meanwhile', () => {
    const draft = draftOn([rowOf(NOW - 1)]);
    expire(draft, [{ providerId: ALICE, grant: 1 }], NOW);
    assert.ok(!draft.holdsOn({ ...LATER, revived_ms: 1 }));
  });

  it('begins another epoch where the database moved to another line of its history, as seen under the lock', () => {
    const draft = draftOn([]);
    advertise(draft, dated(advertising(ALICE, { t: NOW })));
    assert.ok(!draft.feed.isNewEpoch);
    draft.standOn({ ...LATER, current_line: 'elsewhere' });
    assert.deepEqual(draft.position, { epoch: 'f', revision: 14 });
    assert.equal(draft.feed.earlier, JSON.stringify([{ epoch: 'e', revision: 13 }]));
  });
});
