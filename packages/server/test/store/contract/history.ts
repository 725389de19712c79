/**
 * The part of the contract about the history of what was visible. That revisions rise by 1, that
 * `before` is what was listed, and that the position is that of the last revision, the view of a
 * session checks with every commit of every test.
 */
import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { HISTORY_AGE_MS_MAX, HISTORY_CHANGES_MAX } from '#src/store/history.js';
import { shownOf } from '../view.js';
import { advertising, NOW, offer, provider, withdrawing } from '../writes.js';
import { assertHas, type Session } from './session.js';

const ALICE = provider(1);
const BOB = provider(2);

/** How far a store may go over the bound before it forgets. */
const SURPLUS_MAX = 4_096;

export function describeHistory(session: Session): void {
  const revisions = (): number[] => session.view.past.map(({ revision }) => revision);

  describe('the history', () => {
    it('begins in an epoch of its own, with nothing', async () => {
      const { history } = await session.reopen();
      assert.match(history.position.epoch, /^[0-9a-z]{1,32}$/u);
      assert.equal(history.position.revision, 0);
    });

    it('takes in what begins, changes and ends, and no renewal that changes nothing', async () => {
      const { store } = session;
      await store.advertise(advertising(ALICE));
      await store.advertise(advertising(ALICE, { t: NOW + 1 }));
      const same = JSON.stringify(offer(4), undefined, 1);
      await store.advertise(advertising(ALICE, { t: NOW + 2, body: same }));
      assert.deepEqual(revisions(), [1]);
      await store.advertise(advertising(ALICE, { t: NOW + 3, advertisement: offer(8) }));
      await store.advertise(advertising(BOB));
      await store.withdraw(withdrawing(ALICE, { t: NOW + 4 }));
      await store.expire([{ providerId: BOB, grant: 1 }], NOW);
      const { past } = session.view;
      assert.deepEqual(
        past.map(({ providerId, after, ended }) => [providerId, after?.advertisement ?? ended]),
        [
          [ALICE, offer(4)],
          [ALICE, offer(8)],
          [BOB, offer(4)],
          [ALICE, 'withdrawn'],
          [BOB, 'expired'],
        ],
      );
    });

    it('takes in nothing that was refused, retried, or ended nothing', async () => {
      const { store } = session;
      await store.advertise(advertising(ALICE));
      await store.advertise(advertising(ALICE));
      await store.advertise(advertising(ALICE, { t: NOW - 1 }));
      await store.withdraw(withdrawing(BOB));
      await store.expire([{ providerId: ALICE, grant: 7 }], NOW);
      await store.lowerFutureTimes(NOW);
      await store.forget([...session.view.memories.values()]);
      assert.deepEqual(revisions(), [1]);
    });

    it('tells that a key took over what was unsigned', async () => {
      await session.store.advertise(advertising(ALICE, { t: undefined }));
      await session.store.advertise(advertising(ALICE));
      const [, second] = session.view.past;
      assert.deepEqual([second?.before?.verified, second?.after?.verified], [false, true]);
    });

    it('is told after a restart as it was told before, every field of it, and goes on from there', async () => {
      const advertisement = {
        ...offer(4),
        platform: 'arm64',
        pricing: { usd_per_core_month: 0.1, glm_per_core_month: 1e-7 },
        provider_name: 'Örebro 🌲\u{10ffff}',
      };
      await session.store.advertise(advertising(ALICE, { advertisement }));
      await session.store.advertise(advertising(ALICE, { t: NOW + 1 }));
      await session.store.withdraw(withdrawing(ALICE, { t: NOW + 2 }));
      await session.store.heartbeat(NOW);
      const { past, position } = session.view;
      const { history } = await session.reopen();
      assert.deepEqual(session.view.past, past);
      assert.equal(history.position.revision, 3);
      assert.ok(
        [history.position, ...history.earlier].some((each) => each.epoch === position.epoch),
      );
      await session.store.advertise(advertising(BOB));
      assert.deepEqual(revisions(), [1, 2, 3, 4]);
    });

    it('keeps its epoch when it was closed cleanly a short while ago', async () => {
      await session.store.advertise(advertising(ALICE));
      await session.store.heartbeat(NOW);
      const { epoch } = session.view.position;
      assert.deepEqual((await session.reopen()).history.position, { epoch, revision: 1 });
      assert.deepEqual((await session.reopen()).history.position, { epoch, revision: 1 });
    });

    it('forgets what is too old, and knows where it stands', async () => {
      await session.store.advertise(advertising(ALICE));
      await session.store.heartbeat(NOW + HISTORY_AGE_MS_MAX);
      await session.reopen();
      assert.deepEqual(revisions(), [1]);
      await session.store.heartbeat(NOW + HISTORY_AGE_MS_MAX + 1);
      const { history } = await session.reopen();
      assert.deepEqual(revisions(), []);
      assert.equal(history.position.revision, 1);
    });

    it('keeps as many changes as it must, and not many more', async () => {
      const changes = HISTORY_CHANGES_MAX + 2 * SURPLUS_MAX;
      for (let done = 0; done < changes; done += SURPLUS_MAX) {
        await Promise.all(
          Array.from({ length: SURPLUS_MAX }, (_, n) =>
            session.store.advertise(advertising(provider(done + n + 1))),
          ),
        );
      }
      await session.reopen();
      assert.ok(revisions().length >= HISTORY_CHANGES_MAX);
      assert.ok(revisions().length <= HISTORY_CHANGES_MAX + SURPLUS_MAX);
      assert.equal(revisions().at(-1), changes);
    });
  });

  describe('a lease that was hidden already', () => {
    it('is ended before the write that comes too late for it, which begins a listing', async () => {
      await session.store.advertise(advertising(ALICE));
      const late = advertising(ALICE, { t: NOW + 1 });
      const outcome = await session.store.advertise({ ...late, lapsedGrant: 1 });
      assertHas(outcome, { kind: 'listed', listing: { grant: 2 } });
      assert.ok(outcome.kind === 'listed');
      assert.deepEqual(
        session.view.past.slice(1).map(({ after, ended }) => after ?? ended),
        ['expired', shownOf(outcome.listing)],
      );
    });

    it('goes on where it had been renewed after all', async () => {
      await session.store.advertise(advertising(ALICE));
      await session.store.advertise(advertising(ALICE, { t: NOW + 1 }));
      const again = { ...advertising(ALICE, { t: NOW + 2 }), lapsedGrant: 1 };
      assertHas(await session.store.advertise(again), { kind: 'renewed', changed: false });
      assert.deepEqual(revisions(), [1]);
    });
  });
}
