/** The part of the contract about what a write does. */
import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { assertHas, type Session } from './session.js';
import {
  advertising,
  HOME,
  NOW,
  offer,
  provider,
  signature,
  TTL_MS,
  withdrawing,
} from '../writes.js';

const ALICE = provider(1);
const BOB = provider(2);
const MINUTE = 60_000;

export function describeWriting(session: Session): void {
  describe('advertising', () => {
    it('lists a provider, with everything that was said', async () => {
      const write = advertising(ALICE, { receivedAtMs: NOW + 5 });
      const outcome = await session.store.advertise(write);
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
      await session.store.advertise(advertising(ALICE)).then(() => {
        applied = session.view.changes.length;
      });
      assert.equal(applied, 1);
    });

    it('renews a listing: its beginning stays, its grant rises, its address follows', async () => {
      await session.store.advertise(advertising(ALICE));
      const later = { t: NOW + MINUTE, receivedAtMs: NOW + MINUTE, source: '198.51.100.7' };
      const outcome = await session.store.advertise(advertising(ALICE, later));
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
      await session.store.advertise(advertising(ALICE));
      const spaced = JSON.stringify(offer(4), undefined, 1);
      const same = await session.store.advertise(advertising(ALICE, { t: NOW + 1, body: spaced }));
      assertHas(same, { kind: 'renewed', changed: false });
      const priced = { ...offer(4), pricing: { usd_per_core_month: 5 } };
      const other = advertising(ALICE, { t: NOW + 2, advertisement: priced });
      assertHas(await session.store.advertise(other), {
        kind: 'renewed',
        changed: true,
      });
    });

    it('answers a retry with what is stored, and writes nothing', async () => {
      const first = await session.store.advertise(advertising(ALICE));
      const retry = advertising(ALICE, {
        receivedAtMs: NOW + MINUTE,
        source: '198.51.100.7',
        signature: `t=${NOW},v1=0x${'cd'.repeat(64)}1c`,
      });
      const outcome = await session.store.advertise(retry);
      assert.deepEqual(outcome, { ...first, kind: 'retried' });
      assert.equal(session.view.changes.length, 1);
    });

    it('refuses the same time with another body, and any earlier time', async () => {
      await session.store.advertise(advertising(ALICE));
      for (const said of [{ advertisement: offer(8) }, { t: NOW - 1 }]) {
        const outcome = await session.store.advertise(advertising(ALICE, said));
        assert.deepEqual(outcome, { kind: 'stale', lastT: NOW });
      }
      assert.equal(session.view.changes.length, 1);
    });

    for (const order of [
      [1, 2],
      [2, 1],
    ] as const) {
      it(`keeps the larger of two times that race, ${order.join(' before ')}`, async () => {
        const writes = order.map((n) =>
          advertising(ALICE, { t: NOW + n, advertisement: offer(n) }),
        );
        await Promise.all(writes.map((write) => session.store.advertise(write)));
        assert.equal(session.view.listings.get(ALICE)?.signed?.t, NOW + 2);
        assert.equal(session.view.listings.get(ALICE)?.advertisement.resources.cpu, 2);
        const before = session.view.known();
        await session.reopen();
        assert.deepEqual(session.view.known(), before);
      });
    }
  });

  describe('withdrawing', () => {
    it('ends a listing, and answers the same withdrawal the same', async () => {
      await session.store.advertise(advertising(ALICE));
      const write = withdrawing(ALICE, { t: NOW + 1 });
      assert.deepEqual(await session.store.withdraw(write), { kind: 'withdrawn' });
      assert.deepEqual(await session.store.withdraw(write), { kind: 'withdrawn' });
      assert.deepEqual(session.view.changes.slice(1), [
        { kind: 'ended', providerId: ALICE, ended: 'withdrawn', t: NOW + 1, endedAtMs: NOW },
      ]);
    });

    it('keeps a withdrawn provider from being raised by a replay, across restarts', async () => {
      await session.store.advertise(advertising(ALICE));
      await session.store.withdraw(withdrawing(ALICE, { t: NOW + 1 }));
      await session.reopen();
      const replay = await session.store.advertise(advertising(ALICE));
      assert.deepEqual(replay, { kind: 'stale', lastT: NOW + 1 });
      assert.deepEqual(await session.store.withdraw(withdrawing(ALICE, { t: NOW + 1 })), {
        kind: 'withdrawn',
      });
      assert.equal(session.view.listings.size, 0);
    });

    it('lists again what is said later, from a new beginning, with a grant that was never given', async () => {
      await session.store.advertise(advertising(ALICE));
      await session.store.withdraw(withdrawing(ALICE, { t: NOW + 1 }));
      const outcome = await session.store.advertise(
        advertising(ALICE, { t: NOW + 2, receivedAtMs: NOW + MINUTE }),
      );
      assertHas(outcome, {
        kind: 'listed',
        listing: { createdAtMs: NOW + MINUTE, grant: 2 },
      });
    });

    it('records the time of a withdrawal that ends nothing', async () => {
      const write = withdrawing(ALICE, { t: NOW + 5 });
      assert.deepEqual(await session.store.withdraw(write), { kind: 'not_listed' });
      assert.deepEqual(await session.store.withdraw(write), { kind: 'not_listed' });
      const earlier = await session.store.advertise(advertising(ALICE, { t: NOW + 4 }));
      assert.deepEqual(earlier, { kind: 'stale', lastT: NOW + 5 });
      assert.equal(session.view.memories.get(ALICE)?.ended, 'not_listed');
      assert.equal(session.view.changes.length, 1);
    });

    it('refuses a withdrawal that is not newer than what the provider said last', async () => {
      await session.store.advertise(advertising(ALICE));
      for (const t of [NOW, NOW - 1]) {
        const outcome = await session.store.withdraw(withdrawing(ALICE, { t }));
        assert.deepEqual(outcome, { kind: 'stale', lastT: NOW });
      }
      assert.equal(session.view.listings.size, 1);
    });
  });

  describe('what no key has signed', () => {
    const unsigned = { t: undefined };

    it('is listed, renewed from anywhere, and withdrawn only from where it was last renewed', async () => {
      await session.store.advertise(advertising(ALICE, unsigned));
      const moved = { ...unsigned, source: '198.51.100.7' };
      assert.equal((await session.store.advertise(advertising(ALICE, moved))).kind, 'renewed');
      const fromHome = await session.store.withdraw(withdrawing(ALICE, unsigned));
      assert.deepEqual(fromHome, { kind: 'not_owner' });
      assert.deepEqual(await session.store.withdraw(withdrawing(ALICE, moved)), {
        kind: 'withdrawn',
      });
    });

    it('leaves nothing when it ends', async () => {
      await session.store.advertise(advertising(ALICE, unsigned));
      await session.store.advertise(advertising(BOB, unsigned));
      await session.store.withdraw(withdrawing(ALICE, unsigned));
      await session.store.expire([{ providerId: BOB, grant: 1 }], NOW);
      assert.deepEqual(session.view.known(), { listings: [], memories: [], highWaterMark: 0 });
      await session.reopen();
      assert.deepEqual(session.view.known(), { listings: [], memories: [], highWaterMark: 0 });
      assert.deepEqual(await session.store.withdraw(withdrawing(ALICE, unsigned)), {
        kind: 'not_listed',
      });
    });

    it('never touches what a key has signed, for as long as its time is remembered', async () => {
      await session.store.advertise(advertising(ALICE));
      await session.store.withdraw(withdrawing(BOB));
      for (const providerId of [ALICE, BOB]) {
        const posted = await session.store.advertise(advertising(providerId, unsigned));
        assert.deepEqual(posted, { kind: 'not_owner' });
        const withdrawn = await session.store.withdraw(withdrawing(providerId, unsigned));
        assert.deepEqual(withdrawn, { kind: 'not_owner' });
      }
      assert.equal(session.view.changes.length, 2);
    });

    it('gives way to what a key signs: a listing begins, or ends', async () => {
      await session.store.advertise(advertising(ALICE, unsigned));
      await session.store.advertise(advertising(BOB, unsigned));
      const later = { t: NOW + MINUTE, receivedAtMs: NOW + MINUTE };
      const signed = await session.store.advertise(advertising(ALICE, later));
      assertHas(signed, {
        kind: 'listed',
        listing: { createdAtMs: NOW + MINUTE, grant: 2 },
      });
      assert.deepEqual(await session.store.withdraw(withdrawing(BOB, later)), {
        kind: 'withdrawn',
      });
      assert.equal(session.view.memories.get(BOB)?.t, NOW + MINUTE);
    });
  });
}
