/** The part of the contract about the bytes that were signed. */
import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import type { Session } from './session.js';
import { advertising, NOW, offer, provider, signature, withdrawing } from '../writes.js';

const ALICE = provider(1);
const BOB = provider(2);

export function describeProving(session: Session): void {
  describe('proofs', () => {
    it('are those of the last renewal, under its grant', async () => {
      await session.store.advertise(advertising(ALICE, { advertisement: offer(1) }));
      const renewed = { t: NOW + 1, advertisement: offer(2), body: '{"cpu": 2}' };
      await session.store.advertise(advertising(ALICE, renewed));
      const proofs = await session.store.proofs([ALICE]);
      assert.deepEqual(
        [...(proofs ?? [])],
        [[ALICE, { grant: 2, body: '{"cpu": 2}', signature: signature(NOW + 1) }]],
      );
    });

    it('are there for whoever is listed and signed, and for nobody else', async () => {
      await session.store.advertise(advertising(ALICE));
      await session.store.advertise(advertising(BOB));
      await session.store.advertise(advertising(provider(3), { t: undefined }));
      await session.store.withdraw(withdrawing(BOB, { t: NOW + 1 }));
      const asked = [1, 2, 3, 4].map((n) => provider(n));
      assert.deepEqual([...((await session.store.proofs(asked)) ?? []).keys()], [ALICE]);
      assert.deepEqual([...((await session.store.proofs([])) ?? [])], []);
    });

    it('can be read by many at once, and not by any number', async () => {
      await session.store.advertise(advertising(ALICE));
      const reads = Array.from({ length: 2_000 }, () => session.store.proofs([ALICE]));
      const read = await Promise.all(reads);
      const answered = read.filter((proofs) => proofs !== undefined).length;
      assert.ok(answered >= 100 && answered < 2_000, `${answered} of 2,000 were answered`);
      assert.equal((await session.store.proofs([ALICE]))?.size, 1);
    });

    it('are not read from a store that is closed', async () => {
      await session.store.close();
      assert.equal(await session.store.proofs([ALICE]), undefined);
    });
  });
}
