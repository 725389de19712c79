/** Hubs whose clock is not the database's: an hour before it, and an hour behind. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openPostgresStore } from '#src/store/postgres/postgres-store.js';
import type { Store } from '#src/store/contract.js';
import { asWallMs, systemClock, type WallMs } from '#src/telemetry/clock.js';
import { type PostgresServer, startPostgres } from './postgres-server.js';
import { View } from './view.js';
import { advertising, provider, withdrawing } from './writes.js';

const ALICE = provider(1);
const HOUR_MS = 3_600_000;

describe('a store whose clock is not the database’s', () => {
  let server: PostgresServer;

  before(async () => {
    server = await startPostgres();
  });

  after(() => server.stop());

  /** With a clock that is so far ahead. */
  async function withStore(
    aheadMs: number,
    use: (parts: {
      store: Store;
      view: View;
      now: () => number;
      notices: string[];
    }) => Promise<void>,
  ): Promise<void> {
    const now = (): WallMs => asWallMs(Date.now() + aheadMs);
    const view = new View();
    const notices: string[] = [];
    const opened = await openPostgresStore({
      url: await server.createDatabase(),
      listener: view,
      clock: { wallMs: now, monotonicMs: () => systemClock.monotonicMs() },
      notice: (message) => void notices.push(message),
    });
    assert.ok(opened.ok, opened.ok ? '' : opened.problem);
    try {
      await view.load(opened.value);
      opened.value.shared?.follow();
      await use({ store: opened.value, view, now, notices });
    } finally {
      await opened.value.close();
    }
  }

  for (const [aheadMs, words] of [
    [HOUR_MS, 'behind'],
    [-HOUR_MS, 'ahead of'],
  ] as const) {
    it(`takes nothing back that was said later, where the database is ${words} it`, async () => {
      await withStore(aheadMs, async ({ store, view, now }) => {
        const t = now();
        const write = (at: number) => advertising(ALICE, { t: at, receivedAtMs: now() });
        assert.equal((await store.advertise(write(t))).kind, 'listed');
        assert.equal((await store.advertise(write(t + 1))).kind, 'renewed');
        assert.equal((await store.advertise(write(t))).kind, 'stale');
        assert.equal((await store.withdraw(withdrawing(ALICE, { t: t + 2 }))).kind, 'withdrawn');
        assert.equal((await store.advertise(write(t + 1))).kind, 'stale');
        assert.equal(await store.lowerFutureTimes(now()), 0);
        assert.equal(view.memories.get(ALICE)?.t, t + 2);
        assert.equal((await store.advertise(write(t + 1))).kind, 'stale');
      });
    });

    it(`says so once, where the database is ${words} it`, async () => {
      await withStore(aheadMs, async ({ store, now, notices }) => {
        await store.heartbeat(now());
        await store.heartbeat(now());
        assert.deepEqual(notices.length, 1);
        assert.match(notices[0] ?? '', new RegExp(`database is 3600 s ${words} `, 'u'));
      });
    });
  }

  it('says nothing where they agree', async () => {
    await withStore(20_000, async ({ store, now, notices }) => {
      await store.heartbeat(now());
      assert.deepEqual(notices, []);
    });
  });
});
