import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRAFFIC_HOURS_MAX } from 'golem-vm-discovery-protocol';
import { Chronicle, ENDING_MS_MAX, ENDINGS_MAX } from '#src/registry/chronicle.js';
import type { Change, EndKind } from '#src/store/contract.js';
import { HOUR_MS, TRAFFIC_HOURS_KEPT } from '#src/store/traffic.js';
import { NOW, provider } from '../store/writes.js';

const HOUR = Math.floor(NOW / HOUR_MS);
const terms = { resources: { cpu: 1, memory: 1, storage: 1 }, country: 'SE' };

function ended(number: number, how: EndKind, endedAtMs = NOW): Change {
  const revised = { revision: number, before: { ...terms, verified: true } };
  const providerId = provider(number);
  return {
    kind: 'ended',
    providerId,
    ended: how,
    t: NOW,
    endedAtMs,
    revised: how === 'not_listed' ? undefined : revised,
  };
}

void test('an ending is recalled for as long as it is remembered', () => {
  const chronicle = new Chronicle();
  chronicle.note([ended(1, 'withdrawn'), ended(2, 'expired'), ended(3, 'not_listed')]);
  const last = NOW + ENDING_MS_MAX;
  assert.deepEqual(chronicle.endingOf(provider(1), last), { kind: 'withdrawn', atMs: NOW });
  assert.deepEqual(chronicle.endingOf(provider(2), last), { kind: 'expired', atMs: NOW });
  assert.equal(chronicle.endingOf(provider(3), NOW), undefined);
  assert.equal(chronicle.endingOf(provider(1), last + 1), undefined);
});

void test('as many endings are remembered as may be, and the oldest makes room for one more', () => {
  const chronicle = new Chronicle();
  for (let number = 0; number < ENDINGS_MAX; number += 1)
    chronicle.note([ended(number, 'expired')]);
  assert.ok(chronicle.endingOf(provider(0), NOW));
  chronicle.note([ended(ENDINGS_MAX, 'expired')]);
  assert.equal(chronicle.endingOf(provider(0), NOW), undefined);
  assert.ok(chronicle.endingOf(provider(1), NOW));
  assert.ok(chronicle.endingOf(provider(ENDINGS_MAX), NOW));
});

void test('the traffic is told hour by hour, without gaps, up to the present one', () => {
  const chronicle = new Chronicle();
  assert.equal(chronicle.trafficUntil(NOW).length, 1);
  chronicle.inheritTraffic([{ hour: HOUR - 2, arrived: 5, withdrawn: 0, expired: 1 }]);
  chronicle.note([ended(1, 'withdrawn'), ended(2, 'expired'), ended(3, 'not_listed')]);
  assert.deepEqual(chronicle.trafficUntil(NOW), [
    { hour: HOUR - 2, arrived: 5, withdrawn: 0, expired: 1 },
    { hour: HOUR - 1, arrived: 0, withdrawn: 0, expired: 0 },
    { hour: HOUR, arrived: 0, withdrawn: 1, expired: 1 },
  ]);
  const later = chronicle.trafficUntil(NOW + 1_000 * HOUR_MS);
  assert.deepEqual([later.length, later[0]?.arrived], [TRAFFIC_HOURS_KEPT, 0]);
});

void test('a store keeps as many hours as an answer tells', () => {
  assert.equal(TRAFFIC_HOURS_KEPT, TRAFFIC_HOURS_MAX);
});
