/** The part of the contract about how a store begins, fills and ends. */
import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { assertHas, type Session } from './session.js';
import { advertising, NOW, offer, provider, signature, withdrawing } from '../writes.js';

const ALICE = provider(1);
const BOB = provider(2);
const MINUTE = 60_000;

export function describeLifetime(session: Session): void {
  describe('restarting', () => {
    it('inherits nothing from nobody', async () => {
      await session.end();
      const { history, ...inherited } = await session.begin();
      assert.deepEqual(inherited, {
        lastAliveMs: undefined,
        highWaterMark: 0,
        damagedRows: 0,
        traffic: [],
        notices: [],
      });
      assert.deepEqual([history.position.revision, [...history.changes]], [0, []]);
    });

    it('tells when the hub was last alive', async () => {
      assert.equal(await session.store.heartbeat(NOW + 7), true);
      assert.equal((await session.reopen()).lastAliveMs, NOW + 7);
    });

    it('gives every field back as it was', async () => {
      const advertisement = {
        ...offer(4),
        platform: 'arm64',
        pricing: { usd_per_core_month: 0.1, glm_per_core_month: 1e-7 },
        provider_name: 'Örebro 🌲\u{10ffff}',
      };
      const body = `${JSON.stringify(advertisement, undefined, '\t')}\r\n`;
      await session.store.advertise(advertising(ALICE, { advertisement, body }));
      await session.store.advertise(advertising(BOB, { t: undefined }));
      await session.store.withdraw(withdrawing(provider(3)));
      const before = session.view.known();
      await session.reopen();
      assert.deepEqual(session.view.known(), before);
      const proofs = await session.store.proofs([ALICE]);
      assert.deepEqual(proofs?.get(ALICE), { grant: 1, body, signature: signature(NOW) });
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
                  return session.store.advertise(advertising(providerId, said));
                case 'unsigned':
                  return session.store.advertise(
                    advertising(providerId, { ...said, t: undefined }),
                  );
                case 'delete':
                  return session.store.withdraw(withdrawing(providerId, said));
                case 'expire':
                  return session.store.expire([{ providerId, grant: cpu }], NOW);
                case 'forget':
                  return session.store.forget([...session.view.memories.values()].slice(0, 1));
                case 'lower':
                  return session.store.lowerFutureTimes(NOW);
              }
            }),
          );
          const mark = await session.store.lowerFutureTimes(NOW);
          session.view.highWaterMark = mark ?? Number.NaN;
          const before = session.view.known();
          const { past } = session.view;
          await session.reopen();
          assert.deepEqual(session.view.known(), before);
          assert.deepEqual(session.view.past, past);
        }),
        { numRuns: 30 },
      );
    });
  });

  describe('its bounds', () => {
    it('takes as many writes as may wait, and refuses the next one at once', async () => {
      await session.reopen({ maxQueuedWrites: 8 });
      const ids = Array.from({ length: 9 }, (_, n) => provider(n + 10));
      const outcomes = await Promise.all(ids.map((id) => session.store.advertise(advertising(id))));
      const kinds = outcomes.map(({ kind }) => kind);
      assert.deepEqual(kinds, [...Array.from({ length: 8 }, () => 'listed'), 'unavailable']);
      assert.deepEqual(outcomes[8], {
        kind: 'unavailable',
        reason: 'queue_full',
        retryAfterSeconds: 1,
      });
      assert.equal((await session.store.advertise(advertising(BOB))).kind, 'listed');
      assert.deepEqual(session.view.health, []);
    });
  });

  describe('what would be a bug of its owner', () => {
    it('is rejected: loading twice', async () => {
      await assert.rejects(session.view.load(session.store), /loaded once/);
    });
  });

  describe('closing', () => {
    it('commits what waits, answers it, and does no harm twice', async () => {
      const ids = Array.from({ length: 50 }, (_, n) => provider(n + 10));
      const writes = ids.map((id) => session.store.advertise(advertising(id)));
      await Promise.all([session.store.close(), session.store.close()]);
      const outcomes = await Promise.all(writes);
      assert.ok(outcomes.every(({ kind }) => kind === 'listed'));
      await session.reopen();
      assert.equal(session.view.listings.size, ids.length);
    });

    it('refuses what comes after', async () => {
      await session.store.close();
      const outcome = await session.store.advertise(advertising(ALICE));
      assertHas(outcome, { kind: 'unavailable', reason: 'storage' });
      assert.equal(await session.store.heartbeat(NOW), false);
      assert.equal(await session.store.expire([{ providerId: ALICE, grant: 1 }], NOW), false);
    });
  });
}
