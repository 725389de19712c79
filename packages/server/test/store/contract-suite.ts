/**
 * What every store must do, whatever keeps its truth: the comments of `store/contract.ts` as
 * tests. Call `describeStore` with a way to open one.
 */
import { strict as assert } from 'node:assert';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Store, StoreListener } from '#src/store/contract.js';
import { View } from './view.js';
import {
  advertising,
  HOME,
  NOW,
  offer,
  provider,
  signature,
  TTL_MS,
  withdrawing,
} from './writes.js';

/** A place where a store keeps its truth; made empty for each test. */
export interface Place {
  /** Opens the store that lives here; the suite closes it. */
  open(listener: StoreListener, bounds?: { readonly maxQueuedWrites: number }): Promise<Store>;
  remove(): Promise<void>;
}

const ALICE = provider(1);
const BOB = provider(2);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Asserts that `actual` has these values, at any depth, whatever else it has. */
function assertHas(actual: unknown, expected: object): void {
  for (const [key, value] of Object.entries(expected)) {
    const found: unknown = Object.entries(Object(actual)).find(([name]) => name === key)?.[1];
    if (typeof value === 'object' && value !== null) assertHas(found, Object(value));
    else assert.equal(found, value, key);
  }
}

/** Describes what a store must do. */
export function describeStore(name: string, makePlace: () => Promise<Place>): void {
  describe(`the store contract, held by ${name}`, () => {
    let place: Place;
    let store: Store;
    let view: View;

    async function open(bounds?: { readonly maxQueuedWrites: number }): Promise<void> {
      view = new View();
      store = await place.open(view, bounds);
    }

    async function reopen(): Promise<ReturnType<View['load']>> {
      await store.close();
      await open();
      return view.load(store);
    }

    beforeEach(async () => {
      place = await makePlace();
      await open();
      await view.load(store);
    });

    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    describe('advertising', () => {
      it('lists a provider, with everything that was said', async () => {
        const write = advertising(ALICE, { receivedAtMs: NOW + 5 });
        const outcome = await store.advertise(write);
        assert.deepEqual(outcome, {
          kind: 'listed',
          listing: {
            providerId: ALICE,
            advertisement: write.advertisement,
            body: write.body,
            signed: { t: NOW, signature: signature(NOW) },
            source: HOME,
            createdAtMs: NOW + 5,
            updatedAtMs: NOW + 5,
            expiresAtMs: NOW + 5 + TTL_MS,
            grant: 1,
          },
        });
      });

      it('applies a change before the one who wrote it is answered', async () => {
        let applied = 0;
        await store.advertise(advertising(ALICE)).then(() => {
          applied = view.changes.length;
        });
        assert.equal(applied, 1);
      });

      it('renews a listing: its beginning stays, its grant rises, its address follows', async () => {
        await store.advertise(advertising(ALICE));
        const later = { t: NOW + MINUTE, receivedAtMs: NOW + MINUTE, source: '198.51.100.7' };
        const outcome = await store.advertise(advertising(ALICE, later));
        assert.equal(outcome.kind, 'renewed');
        assertHas(outcome, {
          changed: false,
          listing: {
            createdAtMs: NOW,
            updatedAtMs: NOW + MINUTE,
            expiresAtMs: NOW + MINUTE + TTL_MS,
            grant: 2,
            source: '198.51.100.7',
          },
        });
      });

      it('says that a renewal changed something when a known field did, not when only the bytes did', async () => {
        await store.advertise(advertising(ALICE));
        const spaced = JSON.stringify(offer(4), undefined, 1);
        const same = await store.advertise(advertising(ALICE, { t: NOW + 1, body: spaced }));
        assertHas(same, { kind: 'renewed', changed: false });
        const priced = { ...offer(4), pricing: { usd_per_core_month: 5 } };
        const other = advertising(ALICE, { t: NOW + 2, advertisement: priced });
        assertHas(await store.advertise(other), {
          kind: 'renewed',
          changed: true,
        });
      });

      it('answers a retry with what is stored, and writes nothing', async () => {
        const first = await store.advertise(advertising(ALICE));
        const retry = advertising(ALICE, {
          receivedAtMs: NOW + MINUTE,
          source: '198.51.100.7',
          signature: `t=${NOW},v1=0x${'cd'.repeat(64)}1c`,
        });
        const outcome = await store.advertise(retry);
        assert.deepEqual(outcome, { ...first, kind: 'retried' });
        assert.equal(view.changes.length, 1);
      });

      it('refuses the same time with another body, and any earlier time', async () => {
        await store.advertise(advertising(ALICE));
        for (const said of [{ advertisement: offer(8) }, { t: NOW - 1 }]) {
          const outcome = await store.advertise(advertising(ALICE, said));
          assert.deepEqual(outcome, { kind: 'stale', lastT: NOW });
        }
        assert.equal(view.changes.length, 1);
      });

      for (const order of [
        [1, 2],
        [2, 1],
      ] as const) {
        it(`keeps the larger of two times that race, ${order.join(' before ')}`, async () => {
          const writes = order.map((n) =>
            advertising(ALICE, { t: NOW + n, advertisement: offer(n) }),
          );
          await Promise.all(writes.map((write) => store.advertise(write)));
          assert.equal(view.listings.get(ALICE)?.signed?.t, NOW + 2);
          assert.equal(view.listings.get(ALICE)?.advertisement.resources.cpu, 2);
          const before = view.known();
          await reopen();
          assert.deepEqual(view.known(), before);
        });
      }
    });

    describe('withdrawing', () => {
      it('ends a listing, and answers the same withdrawal the same', async () => {
        await store.advertise(advertising(ALICE));
        const write = withdrawing(ALICE, { t: NOW + 1 });
        assert.deepEqual(await store.withdraw(write), { kind: 'withdrawn' });
        assert.deepEqual(await store.withdraw(write), { kind: 'withdrawn' });
        assert.deepEqual(view.changes.slice(1), [
          { kind: 'ended', providerId: ALICE, ended: 'withdrawn', t: NOW + 1, endedAtMs: NOW },
        ]);
      });

      it('keeps a withdrawn provider from being raised by a replay, across restarts', async () => {
        await store.advertise(advertising(ALICE));
        await store.withdraw(withdrawing(ALICE, { t: NOW + 1 }));
        await reopen();
        const replay = await store.advertise(advertising(ALICE));
        assert.deepEqual(replay, { kind: 'stale', lastT: NOW + 1 });
        assert.deepEqual(await store.withdraw(withdrawing(ALICE, { t: NOW + 1 })), {
          kind: 'withdrawn',
        });
        assert.equal(view.listings.size, 0);
      });

      it('lists again what is said later, from a new beginning, with a grant that was never given', async () => {
        await store.advertise(advertising(ALICE));
        await store.withdraw(withdrawing(ALICE, { t: NOW + 1 }));
        const outcome = await store.advertise(
          advertising(ALICE, { t: NOW + 2, receivedAtMs: NOW + MINUTE }),
        );
        assertHas(outcome, {
          kind: 'listed',
          listing: { createdAtMs: NOW + MINUTE, grant: 2 },
        });
      });

      it('records the time of a withdrawal that ends nothing', async () => {
        const write = withdrawing(ALICE, { t: NOW + 5 });
        assert.deepEqual(await store.withdraw(write), { kind: 'not_listed' });
        assert.deepEqual(await store.withdraw(write), { kind: 'not_listed' });
        const earlier = await store.advertise(advertising(ALICE, { t: NOW + 4 }));
        assert.deepEqual(earlier, { kind: 'stale', lastT: NOW + 5 });
        assert.equal(view.memories.get(ALICE)?.ended, 'not_listed');
        assert.equal(view.changes.length, 1);
      });

      it('refuses a withdrawal that is not newer than what the provider said last', async () => {
        await store.advertise(advertising(ALICE));
        for (const t of [NOW, NOW - 1]) {
          const outcome = await store.withdraw(withdrawing(ALICE, { t }));
          assert.deepEqual(outcome, { kind: 'stale', lastT: NOW });
        }
        assert.equal(view.listings.size, 1);
      });
    });

    describe('what no key has signed', () => {
      const unsigned = { t: undefined };

      it('is listed, renewed from anywhere, and withdrawn only from where it was last renewed', async () => {
        await store.advertise(advertising(ALICE, unsigned));
        const moved = { ...unsigned, source: '198.51.100.7' };
        assert.equal((await store.advertise(advertising(ALICE, moved))).kind, 'renewed');
        const fromHome = await store.withdraw(withdrawing(ALICE, unsigned));
        assert.deepEqual(fromHome, { kind: 'not_owner' });
        assert.deepEqual(await store.withdraw(withdrawing(ALICE, moved)), { kind: 'withdrawn' });
      });

      it('leaves nothing when it ends', async () => {
        await store.advertise(advertising(ALICE, unsigned));
        await store.advertise(advertising(BOB, unsigned));
        await store.withdraw(withdrawing(ALICE, unsigned));
        await store.expire([{ providerId: BOB, grant: 1 }], NOW);
        assert.deepEqual(view.known(), { listings: [], memories: [], highWaterMark: 0 });
        await reopen();
        assert.deepEqual(view.known(), { listings: [], memories: [], highWaterMark: 0 });
        assert.deepEqual(await store.withdraw(withdrawing(ALICE, unsigned)), {
          kind: 'not_listed',
        });
      });

      it('never touches what a key has signed, for as long as its time is remembered', async () => {
        await store.advertise(advertising(ALICE));
        await store.withdraw(withdrawing(BOB));
        for (const providerId of [ALICE, BOB]) {
          const posted = await store.advertise(advertising(providerId, unsigned));
          assert.deepEqual(posted, { kind: 'not_owner' });
          const withdrawn = await store.withdraw(withdrawing(providerId, unsigned));
          assert.deepEqual(withdrawn, { kind: 'not_owner' });
        }
        assert.equal(view.changes.length, 2);
      });

      it('gives way to what a key signs: a listing begins, or ends', async () => {
        await store.advertise(advertising(ALICE, unsigned));
        await store.advertise(advertising(BOB, unsigned));
        const later = { t: NOW + MINUTE, receivedAtMs: NOW + MINUTE };
        const signed = await store.advertise(advertising(ALICE, later));
        assertHas(signed, {
          kind: 'listed',
          listing: { createdAtMs: NOW + MINUTE, grant: 2 },
        });
        assert.deepEqual(await store.withdraw(withdrawing(BOB, later)), { kind: 'withdrawn' });
        assert.equal(view.memories.get(BOB)?.t, NOW + MINUTE);
      });
    });

    describe('expiring', () => {
      it('ends a lease and remembers its time', async () => {
        await store.advertise(advertising(ALICE));
        assert.equal(await store.expire([{ providerId: ALICE, grant: 1 }], NOW + TTL_MS), true);
        assert.deepEqual(view.changes.slice(1), [
          { kind: 'ended', providerId: ALICE, ended: 'expired', t: NOW, endedAtMs: NOW + TTL_MS },
        ]);
        const replay = await store.advertise(advertising(ALICE));
        assert.deepEqual(replay, { kind: 'stale', lastT: NOW });
      });

      it('leaves a lease alone that was renewed meanwhile', async () => {
        await store.advertise(advertising(ALICE));
        const renewal = store.advertise(advertising(ALICE, { t: NOW + 1 }));
        const expiry = store.expire([{ providerId: ALICE, grant: 1 }], NOW);
        await Promise.all([renewal, expiry]);
        assert.equal(await expiry, true);
        assert.equal(view.listings.get(ALICE)?.grant, 2);
      });

      it('ends a wave of leases, and a renewal in the middle of it is not held up to its end', async () => {
        const ids = Array.from({ length: 1_600 }, (_, n) => provider(n + 10));
        await Promise.all(ids.map((id) => store.advertise(advertising(id))));
        await store.advertise(advertising(ALICE));
        const wave = store.expire(
          ids.map((providerId) => ({ providerId, grant: 1 })),
          NOW,
        );
        await store.advertise(advertising(ALICE, { t: NOW + 1 }));
        assert.ok(view.listings.size > 1, 'the wave was over before the renewal');
        await wave;
        assert.deepEqual([...view.listings.keys()], [ALICE]);
        assert.equal(view.memories.size, ids.length);
      });
    });

    describe('forgetting', () => {
      it('purges memories, and accepts nothing at or below the largest time among them', async () => {
        await store.withdraw(withdrawing(ALICE, { t: NOW }));
        await store.withdraw(withdrawing(BOB, { t: NOW + 7 }));
        const memories = [...view.memories.values()];
        assert.equal(await store.forget(memories), true);
        assert.equal(view.memories.size, 0);
        const { highWaterMark } = await reopen();
        assert.equal(highWaterMark, NOW + 7);
        for (const t of [NOW + 1, NOW + 7]) {
          const late = await store.advertise(advertising(ALICE, { t }));
          assert.deepEqual(late, { kind: 'stale', lastT: NOW + 7 });
        }
        assert.equal((await store.advertise(advertising(ALICE, { t: NOW + 8 }))).kind, 'listed');
      });

      it('spares a memory with a newer time and a provider that is listed again', async () => {
        await store.withdraw(withdrawing(ALICE, { t: NOW }));
        await store.withdraw(withdrawing(BOB, { t: NOW }));
        const memories = [...view.memories.values()];
        await store.withdraw(withdrawing(ALICE, { t: NOW + 9 }));
        await store.advertise(advertising(BOB, { t: NOW + 9 }));
        assert.equal(await store.forget(memories), true);
        assert.equal(view.timeOf(ALICE), NOW + 9);
        assert.equal(view.timeOf(BOB), NOW + 9);
        assert.equal((await reopen()).highWaterMark, 0);
      });
    });

    describe('times that a wrong clock let in', () => {
      const AHEAD = NOW + 60 * MINUTE;

      it('are lowered to now, once they lie further ahead than a signature may', async () => {
        await store.advertise(advertising(ALICE, { t: NOW + MINUTE + 1 }));
        await store.withdraw(withdrawing(BOB, { t: AHEAD, receivedAtMs: AHEAD }));
        const kept = provider(3);
        await store.advertise(advertising(kept, { t: NOW + MINUTE }));
        await store.withdraw(withdrawing(provider(4), { t: AHEAD, receivedAtMs: AHEAD }));
        const purged = view.memories.get(provider(4));
        await store.forget(purged ? [purged] : []);
        assert.equal(await store.lowerFutureTimes(NOW), NOW);
        assert.deepEqual(
          [ALICE, BOB, kept].map((id) => view.timeOf(id)),
          [NOW, NOW, NOW + MINUTE],
        );
        assert.equal((await reopen()).highWaterMark, NOW);
        assert.deepEqual(
          [ALICE, BOB, kept].map((id) => view.timeOf(id)),
          [NOW, NOW, NOW + MINUTE],
        );
      });

      it('are lowered by a write that meets them, before it is decided', async () => {
        await store.advertise(advertising(ALICE, { t: AHEAD, receivedAtMs: AHEAD }));
        const outcome = await store.advertise(
          advertising(ALICE, { t: NOW + 1, receivedAtMs: NOW }),
        );
        assert.equal(outcome.kind, 'renewed');
        assert.deepEqual(view.changes[1], { kind: 'lowered', providerId: ALICE, t: NOW });
      });

      it('are lowered for good also where the write that met them is refused', async () => {
        await store.advertise(advertising(ALICE, { t: AHEAD, receivedAtMs: AHEAD }));
        const outcome = await store.advertise(
          advertising(ALICE, { t: NOW - 1, receivedAtMs: NOW }),
        );
        assert.deepEqual(outcome, { kind: 'stale', lastT: NOW });
        await reopen();
        assert.equal(view.timeOf(ALICE), NOW);
        assert.equal(view.listings.get(ALICE)?.signed?.signature, signature(AHEAD));
      });

      it('are lowered in a wave, each once', async () => {
        const ids = Array.from({ length: 1_100 }, (_, n) => provider(n + 10));
        const said = { t: AHEAD, receivedAtMs: AHEAD };
        await Promise.all(ids.map((id) => store.advertise(advertising(id, said))));
        view.changes.length = 0;
        await store.lowerFutureTimes(NOW);
        assert.equal(view.changes.length, ids.length);
        assert.ok(ids.every((id) => view.timeOf(id) === NOW));
      });
    });

    describe('restarting', () => {
      it('inherits nothing from nobody', async () => {
        await store.close();
        await place.remove();
        place = await makePlace();
        await open();
        assert.deepEqual(await view.load(store), {
          lastAliveMs: undefined,
          highWaterMark: 0,
          damagedRows: 0,
          notices: [],
        });
      });

      it('tells when the hub was last alive', async () => {
        assert.equal(await store.heartbeat(NOW + 7), true);
        assert.equal((await reopen()).lastAliveMs, NOW + 7);
      });

      it('gives every field back as it was', async () => {
        const advertisement = {
          ...offer(4),
          platform: 'arm64',
          pricing: { usd_per_core_month: 0.1, glm_per_core_month: 1e-7 },
          provider_name: 'Örebro 🌲\u{10ffff}',
        };
        const body = `${JSON.stringify(advertisement, undefined, '\t')}\r\n`;
        await store.advertise(advertising(ALICE, { advertisement, body }));
        await store.advertise(advertising(BOB, { t: undefined }));
        await store.withdraw(withdrawing(provider(3)));
        const before = view.known();
        await reopen();
        assert.deepEqual(view.known(), before);
      });

      it('ends, after any history, with what its changes told', async () => {
        const step = fc.record({
          who: fc.integer({ min: 1, max: 4 }),
          what: fc.constantFrom('post', 'post', 'delete', 'expire', 'forget', 'lower', 'unsigned'),
          t: fc.integer({ min: NOW, max: NOW + 12 }),
          ahead: fc.boolean(),
          cpu: fc.integer({ min: 1, max: 2 }),
        });
        const history = fc.array(step, { minLength: 5, maxLength: 60 });
        await fc.assert(
          fc.asyncProperty(history, async (steps) => {
            await Promise.all(
              steps.map(({ who, what, t: small, ahead, cpu }) => {
                const providerId = provider(who);
                const t = small + (ahead ? 60 * MINUTE : 0);
                const said = { t, receivedAtMs: ahead ? t : NOW, advertisement: offer(cpu) };
                switch (what) {
                  case 'post':
                    return store.advertise(advertising(providerId, said));
                  case 'unsigned':
                    return store.advertise(advertising(providerId, { ...said, t: undefined }));
                  case 'delete':
                    return store.withdraw(withdrawing(providerId, said));
                  case 'expire':
                    return store.expire([{ providerId, grant: cpu }], NOW);
                  case 'forget':
                    return store.forget([...view.memories.values()].slice(0, 1));
                  case 'lower':
                    return store.lowerFutureTimes(NOW);
                }
              }),
            );
            const mark = await store.lowerFutureTimes(NOW);
            view.highWaterMark = mark ?? Number.NaN;
            const before = view.known();
            await reopen();
            assert.deepEqual(view.known(), before);
          }),
          { numRuns: 30 },
        );
      });
    });

    describe('its bounds', () => {
      it('takes as many writes as may wait, and refuses the next one at once', async () => {
        await store.close();
        await open({ maxQueuedWrites: 8 });
        await view.load(store);
        const ids = Array.from({ length: 9 }, (_, n) => provider(n + 10));
        const outcomes = await Promise.all(ids.map((id) => store.advertise(advertising(id))));
        const kinds = outcomes.map(({ kind }) => kind);
        assert.deepEqual(kinds, [...Array.from({ length: 8 }, () => 'listed'), 'unavailable']);
        assert.deepEqual(outcomes[8], {
          kind: 'unavailable',
          reason: 'queue_full',
          retryAfterSeconds: 1,
        });
        assert.equal((await store.advertise(advertising(BOB))).kind, 'listed');
        assert.deepEqual(view.health, []);
      });
    });

    describe('closing', () => {
      it('commits what waits, answers it, and does no harm twice', async () => {
        const ids = Array.from({ length: 50 }, (_, n) => provider(n + 10));
        const writes = ids.map((id) => store.advertise(advertising(id)));
        await Promise.all([store.close(), store.close()]);
        const outcomes = await Promise.all(writes);
        assert.ok(outcomes.every(({ kind }) => kind === 'listed'));
        await reopen();
        assert.equal(view.listings.size, ids.length);
      });

      it('refuses what comes after', async () => {
        await store.close();
        const outcome = await store.advertise(advertising(ALICE));
        assertHas(outcome, { kind: 'unavailable', reason: 'storage' });
        assert.equal(await store.heartbeat(NOW), false);
        assert.equal(await store.expire([{ providerId: ALICE, grant: 1 }], NOW), false);
      });
    });
  });
}
