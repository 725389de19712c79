import { strict as assert } from 'node:assert';
import { copyFile } from 'node:fs/promises';
import { afterEach, describe, it } from 'node:test';
import type { Requirements, Result } from 'golem-vm-discovery-protocol';
import { ChangeFeed } from '#src/registry/feed/change-feed.js';
import { BOOKMARK_SECONDS } from '#src/registry/feed/watches.js';
import { makeSqlitePlace } from '../../store/sqlite-place.js';
import { advertising, NOW, provider, withdrawing } from '../../store/writes.js';
import { body, SMALL, WANTED } from './market-terms.js';
import { openWatchedMarket, type Reader, type WatchedMarket } from './watched-market.js';

describe('watches', () => {
  const opened: WatchedMarket[] = [];
  afterEach(async () => {
    for (const market of opened.splice(0)) await market.close();
  });

  async function open(choices?: Parameters<typeof openWatchedMarket>[0]): Promise<WatchedMarket> {
    const market = await openWatchedMarket(choices);
    opened.push(market);
    return market;
  }

  it('tell of nothing where a renewal changes nothing', async () => {
    const market = await open();
    const reader = watch(market, {});
    await market.settle();
    await market.store.advertise(advertising(ALICE));
    await market.store.advertise(advertising(ALICE, { t: NOW + 1 }));
    await market.settle();
    assert.deepEqual(names(reader), ['bookmark', 'advertised']);
  });

  it('tell what begins to fit, changes, fits no longer, and why a listing ended', async () => {
    const market = await open();
    const reader = watch(market, { cpu: 8 });
    await market.settle();
    const offers = [4, 8, 16, 4, 8].map((cpu) => body('SE', cpu));
    for (const [later, advertisement] of offers.entries()) {
      await market.store.advertise(advertising(ALICE, { t: NOW + later, advertisement }));
    }
    await market.store.withdraw(withdrawing(ALICE, { t: NOW + 9 }));
    await market.store.advertise(advertising(BOB, { advertisement: body('SE', 8) }));
    await market.store.expire([{ providerId: BOB, grant: 1 }], NOW);
    await market.settle();
    assert.deepEqual(names(reader).slice(1), [
      'advertised',
      'changed',
      'unmatched',
      'advertised',
      'withdrawn',
      'advertised',
      'expired',
    ]);
    const [withdrawn] = reader.told.filter(({ name }) => name === 'withdrawn');
    assert.equal(withdrawn?.data, JSON.stringify({ provider_id: ALICE }));
  });

  it('give everyone with the same requirements the very same events', async () => {
    const market = await open();
    const readers = [watch(market, { cpu: 4 }), watch(market, { cpu: 4 })];
    await market.settle();
    await market.store.advertise(advertising(ALICE));
    await market.settle();
    const [one, other] = readers.map((reader) => reader.batches.at(-1));
    assert.equal(one?.events[0]?.name, 'advertised');
    assert.equal(one, other);
  });

  it('promise with a bookmark that everything before it was told, four a minute, to everyone', async () => {
    const market = await open();
    const readers = Array.from({ length: 20 }, () => watch(market, { country: ['SE'] }));
    await market.store.advertise(advertising(ALICE, { advertisement: body('DE', 4) }));
    await market.settle();
    const before = readers.map((reader) => reader.told.length);
    for (let second = 0; second < BOOKMARK_SECONDS; second += 1) await market.ring();
    for (const [place, reader] of readers.entries()) {
      assert.equal(reader.told.length, (before[place] ?? 0) + 1);
      assert.deepEqual(reader.told.at(-1)?.cursor, market.feed.cursor);
    }
  });

  it('tell nothing twice, and promise nothing too early, while many are being told', async () => {
    const market = await open({ bounds: { ...SMALL, toldAtOnce: 1, pendingMax: 99 } });
    const crowd = Array.from({ length: 5_000 }, () => watch(market, {}));
    const early = watch(market, { cpu: 4 });
    await market.settle();
    const before = early.told.length;
    const { cursor } = market.feed;
    await market.store.advertise(advertising(ALICE));
    for (let second = 0; second < BOOKMARK_SECONDS; second += 1) await market.ring();
    assert.deepEqual([early.told.length, early.told.at(-1)?.cursor], [before + 1, cursor]);
    const late = watch(market, { cpu: 4 }, market.feed.cursor);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(names(late), ['bookmark']);
    await market.store.advertise(advertising(BOB));
    assert.equal(
      crowd.at(-1)?.told.length,
      before + 1,
      'the crowd was told too soon for this test',
    );
    while (late.told.length < 2) await market.settle();
    assert.deepEqual(names(early).slice(before), ['bookmark', 'advertised', 'advertised']);
    assert.deepEqual(names(late), ['bookmark', 'advertised']);
  });

  it('let nothing wait for a group past its bound, and tell everyone everything all the same', async () => {
    const market = await open({ bounds: { ...SMALL, pendingMax: 10 } });
    const readers = Array.from({ length: 5 }, () => watch(market, {}));
    await market.settle();
    await Promise.all(
      Array.from({ length: 300 }, (_, n) => market.store.advertise(advertising(provider(n + 1)))),
    );
    await market.settle();
    await market.settle();
    for (const reader of readers) {
      const cursors = reader.told.flatMap(({ name, cursor }) =>
        name === 'advertised' ? cursor : [],
      );
      assert.equal(new Set(cursors).size, 300);
      assert.deepEqual(cursors.length, 300);
    }
  });

  for (const [missed, ended] of [
    [8, undefined],
    [9, 'too_slow'],
  ] as const) {
    it(`${ended ? 'end for' : 'go on with'} a watcher who is ${missed} changes behind where 8 are kept`, async () => {
      const market = await open({ keptMax: 8 });
      const reader = watch(market, {});
      await market.settle();
      reader.isBehind = true;
      await market.store.advertise(advertising(provider(1)));
      await market.settle();
      for (let n = 0; n < missed; n += 1) {
        await market.store.advertise(advertising(provider(n + 2)));
      }
      await market.settle();
      reader.readOn();
      await market.settle();
      assert.equal(reader.ended, ended);
    });
  }

  it('end when the hub stops, and are not opened any more', async () => {
    const market = await open();
    const reader = watch(market, {});
    market.watches.close();
    market.watches.close();
    assert.equal(reader.ended, 'stopping');
    assert.equal(codeOf(market.open({})), 'SYS_002');
    await market.settle();
    assert.deepEqual(reader.told, []);
    assert.equal(market.watches.size, 0);
  });

  it('end once, whatever else would end them afterwards', async () => {
    const market = await open();
    const reader = watch(market, {});
    reader.isSlow = true;
    await market.settle();
    reader.starve();
    reader.starve();
    market.watches.rewound();
    market.watches.close();
    reader.readOn();
    await market.settle();
    assert.deepEqual(reader.ends, ['too_slow']);
    assert.equal(market.watches.size, 0);
  });

  it('keep nothing of a watch that was closed', async () => {
    const market = await open();
    for (let round = 0; round < 3; round += 1) {
      const readers = WANTED.map((requirements) => watch(market, requirements));
      if (round > 0) await market.settle();
      for (const { watch: each } of readers) {
        each?.close();
        each?.close();
      }
      assert.equal(market.watches.size, 0);
      assert.equal(market.feed.wantsTexts, false);
    }
  });
});

describe('a cursor', () => {
  it('is refused at once when it is too old, from the future, or from another epoch', async () => {
    const market = await openWatchedMarket({ keptMax: 2 });
    for (let n = 1; n <= 4; n += 1) await market.store.advertise(advertising(provider(n)));
    const { epoch } = market.feed.position;
    const codes = ['-1', '-2', '-4', '-5', '-9999999999999999'].map((end) =>
      codeOf(market.open({}, epoch + end)),
    );
    assert.deepEqual(codes, ['ADV_006', undefined, undefined, 'ADV_006', 'ADV_006']);
    assert.equal(codeOf(market.open({}, 'e-3')), 'ADV_006');
    await market.close();
  });

  it('of an earlier run is resumed, a clean end or a crash lying between', async () => {
    const place = await makeSqlitePlace();
    const { path } = place;
    const before = await openWatchedMarket({ path });
    await before.store.advertise(advertising(ALICE));
    const list = before.list({});
    await before.store.advertise(advertising(BOB));
    await before.store.withdraw(withdrawing(ALICE, { t: NOW + 1 }));
    await before.store.heartbeat(NOW);
    await copyFile(path, `${path}.crash`);
    await copyFile(`${path}-wal`, `${path}.crash-wal`);
    await before.close();
    for (const each of [path, `${path}.crash`]) {
      const after = await openWatchedMarket({ path: each });
      const reader = watch(after, {}, list.cursor);
      await after.settle();
      assert.deepEqual(names(reader), ['advertised', 'withdrawn', 'bookmark']);
      const future = `${before.feed.position.epoch}-4`;
      assert.equal(codeOf(after.open({}, future)), 'ADV_006');
      await after.close();
    }
    await place.remove();
  });

  it('means what the history says that takes the place of another, as where a shared store was set back', () => {
    const feed = new ChangeFeed();
    let rewound = 0;
    feed.listen({ changed: () => undefined, rewound: () => (rewound += 1) });
    const nothing = { earlier: [], changes: [], changesAfter: 0 };
    feed.inherit({ ...nothing, position: { epoch: 'one', revision: 7 } });
    const position = { epoch: 'two', revision: 5 };
    feed.replace({
      position,
      earlier: [{ epoch: 'one', revision: 5 }],
      changes: [],
      changesAfter: 4,
    });
    assert.equal(rewound, 1);
    assert.equal(feed.cursor, 'two-5');
    for (const revision of [6, 7]) {
      assert.equal(codeOf(feed.resume({ epoch: 'one', revision })), 'ADV_006');
    }
    assert.deepEqual(feed.resume({ epoch: 'one', revision: 5 }), { ok: true, value: 5 });
    assert.equal(codeOf(feed.resume({ epoch: 'two', revision: 3 })), 'ADV_006');
  });
});

const ALICE = provider(1);
const BOB = provider(2);

function watch(market: WatchedMarket, requirements: Requirements, since?: string): Reader {
  const reader = market.open(requirements, since);
  assert.ok(reader.ok);
  return reader.value;
}

function names({ told }: Reader): string[] {
  return told.map(({ name }) => name);
}

function codeOf(result: Result<unknown>): string | undefined {
  return result.ok ? undefined : result.problem.code;
}
