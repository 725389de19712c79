/** The part of the contract about arrivals and departures by the hour. */
import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { HOUR_MS, TRAFFIC_HOURS_KEPT } from '#src/store/traffic.js';
import { advertising, NOW, offer, provider, withdrawing } from '../writes.js';
import type { Session } from './session.js';

const ALICE = provider(1);
const BOB = provider(2);
const HOUR = Math.floor(NOW / HOUR_MS);

export function describeTraffic(session: Session): void {
  describe('the traffic', () => {
    it('counts what begins and what ends in its hour, and survives a restart', async () => {
      const { store } = session;
      await store.advertise(advertising(ALICE));
      await store.advertise(advertising(ALICE, { t: NOW + 1, advertisement: offer(8) }));
      await store.advertise(advertising(BOB));
      await store.withdraw(withdrawing(ALICE, { t: NOW + 2, receivedAtMs: NOW + HOUR_MS }));
      await store.withdraw(withdrawing(ALICE, { t: NOW + 2, receivedAtMs: NOW + HOUR_MS }));
      await store.expire([{ providerId: BOB, grant: 1 }], NOW + HOUR_MS);
      await session.reopen();
      await session.store.advertise(advertising(BOB, { t: NOW + 5 }));
      const { traffic } = await session.reopen();
      assert.deepEqual(
        traffic.toSorted((one, other) => one.hour - other.hour),
        [
          { hour: HOUR, arrived: 3, withdrawn: 0, expired: 0 },
          { hour: HOUR + 1, arrived: 0, withdrawn: 1, expired: 1 },
        ],
      );
    });

    it('does not count what takes the place of an unsigned listing', async () => {
      await session.store.advertise(advertising(ALICE, { t: undefined }));
      await session.store.advertise(advertising(ALICE));
      const { traffic } = await session.reopen();
      assert.deepEqual(traffic, [{ hour: HOUR, arrived: 1, withdrawn: 0, expired: 0 }]);
    });

    it('keeps as many hours as it may, and not one more', async () => {
      for (let hour = 0; hour <= TRAFFIC_HOURS_KEPT; hour += 1) {
        const receivedAtMs = NOW + hour * HOUR_MS;
        await session.store.advertise(advertising(provider(hour), { t: NOW + hour, receivedAtMs }));
      }
      const { traffic } = await session.reopen();
      const hours = traffic.map(({ hour }) => hour);
      assert.deepEqual([hours.length, Math.min(...hours)], [TRAFFIC_HOURS_KEPT, HOUR + 1]);
    });
  });
}
