/** What becomes of a file that was damaged: refused with a sentence, or read without what is wrong. Never wrong data. */
import { strict as assert } from 'node:assert';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { PastChange } from '#src/store/history.js';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.js';
import { clock, makeSqlitePlace, type SqlitePlace } from './sqlite-place.js';
import { View } from './view.js';
import { advertising, NOW, offer, provider, signature, withdrawing } from './writes.js';

const LISTED = 60;
const REMEMBERED = 20;

/** The file that is damaged, and what stands in it. */
let intact: Buffer;
let truth: View;

let place: SqlitePlace;
beforeEach(async () => {
  place = await makeSqlitePlace();
});
afterEach(() => place.remove());

before(async () => {
  const somewhere = await makeSqlitePlace();
  truth = new View();
  const store = await somewhere.open(truth);
  await truth.load(store);
  for (let n = 1; n <= LISTED; n += 1) {
    const said = { t: NOW - 1_000 - n, advertisement: offer(n) };
    await store.advertise(advertising(provider(n), said));
  }
  for (let n = 1; n <= REMEMBERED; n += 1) {
    await store.withdraw(withdrawing(provider(1_000 + n), { t: NOW - 1_000 - n }));
  }
  await store.heartbeat(NOW - 500);
  await store.close();
  intact = readFileSync(somewhere.path);
  await somewhere.remove();
});

let saidAtOpening: readonly string[] = [];
let inherited: readonly PastChange[] = [];

/** Opens whatever lies in the place: what it says, or `undefined` where it was refused with a sentence. */
async function readWhatIsThere(): Promise<View | undefined> {
  const view = new View();
  const opened = await openSqliteStore({ path: place.path, listener: view, clock });
  if (!opened.ok) {
    assert.match(opened.problem, /discovery\.db .*: (?:move|check|give)/s);
    return undefined;
  }
  const { damagedRows, notices } = await view.load(opened.value);
  saidAtOpening = notices;
  inherited = [...view.past];
  const missing = LISTED + REMEMBERED - view.listings.size - view.memories.size;
  assert.ok(damagedRows >= missing, `${missing} are missing and ${damagedRows} reported`);
  if (missing > 0) {
    assert.equal(view.highWaterMark, NOW);
    assert.equal(notices.length, 1);
  }
  const replay = advertising(provider(1), { t: NOW - 1_001, advertisement: offer(1) });
  const { kind } = await opened.value.advertise(replay);
  assert.equal(kind, view.listings.has(replay.providerId) ? 'retried' : 'stale');
  await opened.value.close();
  return view;
}

function assertNothingWrong(view: View): void {
  for (const [id, listing] of view.listings) assert.deepEqual(listing, truth.listings.get(id));
  for (const [id, memory] of view.memories) assert.deepEqual(memory, truth.memories.get(id));
  // All of the history or, where anything is wrong, none: then in an epoch that nobody has heard of.
  assert.deepEqual(inherited.slice(0, truth.past.length), inherited.length > 0 ? truth.past : []);
}

describe('a damaged file', () => {
  it('with flipped bits says nothing wrong', async () => {
    const flips = fc.array(fc.nat(intact.length * 8 - 1), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(flips, async (bits) => {
        const damaged = Buffer.from(intact);
        for (const bit of bits) {
          const at = bit >> 3;
          damaged[at] = (damaged[at] ?? 0) ^ (1 << (bit & 7));
        }
        writeFileSync(place.path, damaged);
        const view = await readWhatIsThere();
        if (view) assertNothingWrong(view);
      }),
      { numRuns: 150 },
    );
  });

  it('with a flipped bit in a row loses that row and no other, once', async () => {
    const at = intact.indexOf(signature(NOW - 1_033));
    const damaged = Buffer.from(intact);
    damaged[at + 6] = (damaged[at + 6] ?? 0) ^ 1;
    writeFileSync(place.path, damaged);
    const view = await readWhatIsThere();
    assert.equal(view?.listings.size, LISTED - 1);
    assert.equal(view.listings.has(provider(33)), false);
    assert.match(saidAtOpening.join(), /^1 damaged row was left out: /);
    const again = new View();
    const store = await place.open(again);
    const { damagedRows, highWaterMark } = await again.load(store);
    assert.deepEqual([damagedRows, highWaterMark], [0, NOW]);
    assert.equal(again.listings.size, LISTED - 1);
    await store.close();
  });

  it('whose log was damaged after a crash says nothing wrong, and that something is missing', async () => {
    const crashed = new View();
    const store = await place.open(crashed);
    await crashed.load(store);
    for (let n = 1; n <= 30; n += 1) await store.advertise(advertising(provider(n)));
    // What a crash leaves: the file and its log as they are while the store is open.
    const [file, log] = [readFileSync(place.path), readFileSync(`${place.path}-wal`)];
    await store.close();
    const bit = fc.nat(log.length * 8 - 1);
    await fc.assert(
      fc.asyncProperty(bit, async (at) => {
        const damaged = Buffer.from(log);
        damaged[at >> 3] = (damaged[at >> 3] ?? 0) ^ (1 << (at & 7));
        writeFileSync(place.path, file);
        writeFileSync(`${place.path}-wal`, damaged);
        const view = new View();
        const opened = await openSqliteStore({ path: place.path, listener: view, clock });
        assert.ok(opened.ok);
        const { notices } = await view.load(opened.value);
        for (const [id, one] of view.listings) assert.deepEqual(one, crashed.listings.get(id));
        // The last frame may lose what says that it ended a commit; of the others, none goes unnoticed.
        if (view.listings.size < 29)
          assert.deepEqual([notices.length, view.highWaterMark], [1, NOW]);
        await opened.value.close();
      }),
      { numRuns: 60 },
    );
  });

  it('cut short is refused, wherever it was cut', async () => {
    for (let cut = 1; cut < 12; cut += 1) {
      writeFileSync(place.path, intact);
      truncateSync(place.path, Math.floor((intact.length * cut) / 12));
      const view = await readWhatIsThere();
      assert.equal(view, undefined);
    }
  });
});
