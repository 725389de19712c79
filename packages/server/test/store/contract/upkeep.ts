/** The part of the contract about bulk work. */
import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import type { Session } from './session.js';
import { advertising, NOW, provider, signature, TTL_MS, withdrawing } from '../writes.js';

const ALICE = provider(1);
const BOB = provider(2);
const MINUTE = 60_000;

export function describeUpkeep(session: Session): void {
  describe('expiring', () => {
    it('ends a lease and remembers its time', async () => {
      await session.store.advertise(advertising(ALICE));
      assert.equal(
        await session.store.expire([{ providerId: ALICE, grant: 1 }], NOW + TTL_MS),
        true,
      );
      assert.deepEqual(session.view.changes.slice(1), [
        { kind: 'ended', providerId: ALICE, ended: 'expired', t: NOW, endedAtMs: NOW + TTL_MS },
      ]);
      const replay = await session.store.advertise(advertising(ALICE));
      assert.deepEqual(replay, { kind: 'stale', lastT: NOW });
    });

    it('leaves a lease alone that was renewed meanwhile', async () => {
      await session.store.advertise(advertising(ALICE));
      const renewal = session.store.advertise(advertising(ALICE, { t: NOW + 1 }));
      const expiry = session.store.expire([{ providerId: ALICE, grant: 1 }], NOW);
      await Promise.all([renewal, expiry]);
      assert.equal(await expiry, true);
      assert.equal(session.view.listings.get(ALICE)?.grant, 2);
    });

    it('ends a wave of leases, and a renewal in the middle of it is not held up to its end', async () => {
      const ids = Array.from({ length: 1_600 }, (_, n) => provider(n + 10));
      await Promise.all(ids.map((id) => session.store.advertise(advertising(id))));
      await session.store.advertise(advertising(ALICE));
      const wave = session.store.expire(
        ids.map((providerId) => ({ providerId, grant: 1 })),
        NOW,
      );
      await session.store.advertise(advertising(ALICE, { t: NOW + 1 }));
      assert.ok(session.view.listings.size > 1, 'the wave was over before the renewal');
      await wave;
      assert.deepEqual([...session.view.listings.keys()], [ALICE]);
      assert.equal(session.view.memories.size, ids.length);
    });
  });

  describe('forgetting', () => {
    it('purges memories, and accepts nothing at or below the largest time among them', async () => {
      await session.store.withdraw(withdrawing(ALICE, { t: NOW }));
      await session.store.withdraw(withdrawing(BOB, { t: NOW + 7 }));
      const memories = [...session.view.memories.values()];
      assert.equal(await session.store.forget(memories), true);
      assert.equal(session.view.memories.size, 0);
      const { highWaterMark } = await session.reopen();
      assert.equal(highWaterMark, NOW + 7);
      for (const t of [NOW + 1, NOW + 7]) {
        const late = await session.store.advertise(advertising(ALICE, { t }));
        assert.deepEqual(late, { kind: 'stale', lastT: NOW + 7 });
      }
      assert.equal(
        (await session.store.advertise(advertising(ALICE, { t: NOW + 8 }))).kind,
        'listed',
      );
    });

    it('spares a memory with a newer time and a provider that is listed again', async () => {
      await session.store.withdraw(withdrawing(ALICE, { t: NOW }));
      await session.store.withdraw(withdrawing(BOB, { t: NOW }));
      const memories = [...session.view.memories.values()];
      await session.store.withdraw(withdrawing(ALICE, { t: NOW + 9 }));
      await session.store.advertise(advertising(BOB, { t: NOW + 9 }));
      assert.equal(await session.store.forget(memories), true);
      assert.equal(session.view.timeOf(ALICE), NOW + 9);
      assert.equal(session.view.timeOf(BOB), NOW + 9);
      assert.equal((await session.reopen()).highWaterMark, 0);
    });
  });

  describe('times that a wrong clock let in', () => {
    const AHEAD = NOW + 60 * MINUTE;

    it('are lowered to now, once they lie further ahead than a signature may', async () => {
      await session.store.advertise(advertising(ALICE, { t: NOW + MINUTE + 1 }));
      await session.store.withdraw(withdrawing(BOB, { t: AHEAD, receivedAtMs: AHEAD }));
      const kept = provider(3);
      await session.store.advertise(advertising(kept, { t: NOW + MINUTE }));
      await session.store.withdraw(withdrawing(provider(4), { t: AHEAD, receivedAtMs: AHEAD }));
      const purged = session.view.memories.get(provider(4));
      await session.store.forget(purged ? [purged] : []);
      assert.equal(await session.store.lowerFutureTimes(NOW), NOW);
      assert.deepEqual(
        [ALICE, BOB, kept].map((id) => session.view.timeOf(id)),
        [NOW, NOW, NOW + MINUTE],
      );
      assert.equal((await session.reopen()).highWaterMark, NOW);
      assert.deepEqual(
        [ALICE, BOB, kept].map((id) => session.view.timeOf(id)),
        [NOW, NOW, NOW + MINUTE],
      );
    });

    it('are lowered by a write that meets them, before it is decided', async () => {
      await session.store.advertise(advertising(ALICE, { t: AHEAD, receivedAtMs: AHEAD }));
      const outcome = await session.store.advertise(
        advertising(ALICE, { t: NOW + 1, receivedAtMs: NOW }),
      );
      assert.equal(outcome.kind, 'renewed');
      assert.deepEqual(session.view.changes[1], { kind: 'lowered', providerId: ALICE, t: NOW });
    });

    it('are lowered for good also where the write that met them is refused', async () => {
      await session.store.advertise(advertising(ALICE, { t: AHEAD, receivedAtMs: AHEAD }));
      const outcome = await session.store.advertise(
        advertising(ALICE, { t: NOW - 1, receivedAtMs: NOW }),
      );
      assert.deepEqual(outcome, { kind: 'stale', lastT: NOW });
      await session.reopen();
      assert.equal(session.view.timeOf(ALICE), NOW);
      const proofs = await session.store.proofs([ALICE]);
      assert.equal(proofs?.get(ALICE)?.signature, signature(AHEAD));
    });

    it('are lowered in a wave, each once', async () => {
      const ids = Array.from({ length: 1_100 }, (_, n) => provider(n + 10));
      const said = { t: AHEAD, receivedAtMs: AHEAD };
      await Promise.all(ids.map((id) => session.store.advertise(advertising(id, said))));
      session.view.changes.length = 0;
      await session.store.lowerFutureTimes(NOW);
      assert.equal(session.view.changes.length, ids.length);
      assert.ok(ids.every((id) => session.view.timeOf(id) === NOW));
    });
  });
}
