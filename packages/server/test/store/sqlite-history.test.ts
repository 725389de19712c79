/** When a file goes on with its epoch, and what becomes of what was handed out in an earlier one. */
import { strict as assert } from 'node:assert';
import { copyFile, rename } from 'node:fs/promises';
import { afterEach, beforeEach, describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { EPOCHS_MAX, type InheritedHistory } from '#src/store/history.js';
import type { Store } from '#src/store/contract.js';
import { isFeedRow, seal } from '#src/store/sqlite/rows.js';
import type { SqliteStoreOptions } from '#src/store/sqlite/sqlite-store.js';
import { asWallMs } from '#src/telemetry/clock.js';
import { makeSqlitePlace, type SqlitePlace } from './sqlite-place.js';
import { View } from './view.js';
import { advertising, NOW, offer, provider } from './writes.js';

interface Opened {
  readonly store: Store;
  readonly view: View;
  readonly history: InheritedHistory;
}

describe('the epoch of a file', () => {
  let place: SqlitePlace;
  let epochs = 0;
  beforeEach(async () => {
    place = await makeSqlitePlace();
    epochs = 0;
  });
  afterEach(() => place.remove());

  async function open(options: Partial<SqliteStoreOptions> = {}): Promise<Opened> {
    const view = new View();
    epochs += 1;
    const epoch = `e${epochs}`;
    const store = await place.open(view, { newEpoch: () => epoch, ...options });
    const { history } = await view.load(store);
    await store.heartbeat(NOW);
    return { store, view, history };
  }

  /** Lists some more. */
  async function list({ store, view }: Opened, count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      await store.advertise(advertising(provider(view.position.revision + 1)));
    }
  }

  /** As if it had been closed some seconds earlier. */
  function letTimePass(path: string): void {
    const db = new Database(path);
    const select =
      'SELECT epoch, revision, changes_after, earlier, closed_at_ms, checksum FROM feed';
    const row = db.prepare(select).raw().get();
    assert.ok(isFeedRow(row));
    const [epoch, revision, changesAfter, earlier, closedAtMs] = row;
    const sealed = seal([epoch, revision, changesAfter, earlier, Number(closedAtMs) - 5_000]);
    db.prepare('REPLACE INTO feed VALUES (1,?,?,?,?,?,?)').run(sealed);
    db.close();
  }

  it('goes on after a clean end', async () => {
    const first = await open();
    await list(first, 3);
    await first.store.close();
    const second = await open();
    assert.deepEqual(second.history.position, { epoch: 'e1', revision: 3 });
    assert.deepEqual(second.history.earlier, []);
    await second.store.close();
  });

  it('is another after a crash, and what was handed out stays good up to what was found', async () => {
    const first = await open();
    await list(first, 3);
    // What a crash leaves: the file and its log as they are while the store is open.
    await copyFile(place.path, `${place.path}.crash`);
    await copyFile(`${place.path}-wal`, `${place.path}.crash-wal`);
    await first.store.close();
    await rename(`${place.path}.crash`, place.path);
    await rename(`${place.path}.crash-wal`, `${place.path}-wal`);
    const second = await open();
    assert.deepEqual(second.history.position, { epoch: 'e2', revision: 3 });
    assert.deepEqual(second.history.earlier, [{ epoch: 'e1', revision: 3 }]);
    assert.deepEqual(second.view.past, first.view.past);
    await second.store.close();
  });

  it('is another where a back-up was put in place, whose changes since are not in it', async () => {
    const first = await open();
    await list(first, 3);
    await first.store.close();
    await copyFile(place.path, `${place.path}.backup`);
    const second = await open();
    await list(second, 5);
    await second.store.close();
    letTimePass(`${place.path}.backup`);
    await copyFile(`${place.path}.backup`, place.path);
    const third = await open();
    assert.deepEqual(third.history.position, { epoch: 'e3', revision: 3 });
    assert.deepEqual(third.history.earlier, [{ epoch: 'e1', revision: 3 }]);
    await third.store.close();
  });

  it('is another after a long rest: the file may be that of a copy of the whole machine', async () => {
    const first = await open();
    await list(first, 2);
    await first.store.close();
    const MINUTE = 60_000;
    const within = await open({ clock: { wallMs: () => asWallMs(NOW + 15 * MINUTE) } });
    assert.equal(within.history.position.epoch, 'e1');
    await within.store.close();
    const past = await open({ clock: { wallMs: () => asWallMs(NOW + 15 * MINUTE + 1) } });
    assert.deepEqual(past.history.position, { epoch: 'e3', revision: 2 });
    assert.deepEqual(past.history.earlier, [{ epoch: 'e1', revision: 2 }]);
    await past.store.close();
  });

  for (const [what, damage] of [
    ['the history', "UPDATE history SET after = replace(after, 'SE', 'DE') WHERE revision = 2"],
    ['the end of the history', 'DELETE FROM history WHERE revision = 3'],
    ['what says where it stands', 'UPDATE feed SET revision = 2'],
    ['an advertisement', "UPDATE advertisements SET country = 'DE' WHERE t > 0"],
  ] as const) {
    it(`is another, and the history empty, where ${what} was damaged`, async () => {
      const first = await open();
      await list(first, 3);
      await first.store.close();
      const db = new Database(place.path);
      db.exec(damage);
      db.close();
      const second = await open();
      assert.equal(second.history.position.epoch, 'e2');
      assert.deepEqual(second.history.earlier, []);
      assert.deepEqual(second.view.past, []);
      await second.store.advertise(
        advertising(provider(1), { t: NOW + 1, advertisement: offer(8) }),
      );
      await second.store.close();
      const third = await open();
      assert.equal(third.history.position.epoch, 'e2');
      assert.equal(third.view.past.length, 1);
      await third.store.close();
    });
  }

  it(`remembers where the last ${EPOCHS_MAX} ended, and none before`, async () => {
    const clock = { wallMs: () => asWallMs(NOW - 60 * 60_000) };
    for (let start = 1; start <= EPOCHS_MAX + 2; start += 1) {
      const { store, history } = await open({ clock });
      assert.equal(history.position.epoch, `e${start}`);
      assert.equal(history.earlier.length, Math.min(start - 1, EPOCHS_MAX));
      assert.equal(history.earlier.at(-1)?.epoch, start === 1 ? undefined : `e${start - 1}`);
      await store.close();
    }
  });
});
