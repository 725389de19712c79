import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { AnswerBytes } from '#src/matching/records/answer-bytes.js';
import { recordText } from '#src/matching/records/record-text.js';
import { TIME_BYTES, writeTime } from '#src/matching/records/time-bytes.js';
import { Dice, WORLDS, providerOf, randomOffer } from './worlds.js';

const dates = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });

test('an instant is written as Date writes it', () => {
  fc.assert(
    fc.property(dates, (date) => {
      const out = new AnswerBytes(TIME_BYTES + 1);
      out.bytes.fill('#');
      assert.equal(writeTime(out, 1, date.getTime()), TIME_BYTES + 1);
      assert.equal(out.bytes.toString('latin1', 0, TIME_BYTES + 1), `#${date.toISOString()}`);
    }),
    { numRuns: 5_000 },
  );
});

test('a record carries every known field as it was given, and the times', () => {
  for (const world of Object.values(WORLDS)) {
    const dice = new Dice(7);
    for (let number = 0; number < 100; number += 1) {
      const offer = randomOffer(dice, world, providerOf(number));
      const record: unknown = JSON.parse(recordText(offer));
      assert.deepEqual(record, {
        provider_id: offer.providerId,
        ...offer.advertisement,
        verified: offer.verified,
        created_at: new Date(offer.createdAtMs).toISOString(),
        updated_at: new Date(offer.updatedAtMs).toISOString(),
        expires_at: new Date(offer.expiresAtMs).toISOString(),
      });
    }
  }
});

test('a record begins with the provider, and says who, where, what, for how much, since when', () => {
  const offer = {
    providerId: providerOf(3),
    advertisement: {
      pricing: { usd_per_core_month: 1 },
      resources: { cpu: 1, memory: 2, storage: 3 },
      platform: 'arm64',
      country: 'SE',
      provider_name: 'Ann',
      ip_address: '83.1.2.3',
    },
    verified: true,
    createdAtMs: 0,
    updatedAtMs: 1_000,
    expiresAtMs: 2_000,
  };
  assert.equal(
    recordText(offer),
    '{"provider_id":"provider-3","provider_name":"Ann","ip_address":"83.1.2.3","country":"SE",' +
      '"platform":"arm64","resources":{"cpu":1,"memory":2,"storage":3},' +
      '"pricing":{"usd_per_core_month":1},"verified":true,"created_at":"1970-01-01T00:00:00.000Z",' +
      '"updated_at":"1970-01-01T00:00:01.000Z","expires_at":"1970-01-01T00:00:02.000Z"}',
  );
});

test('a record is ASCII, whatever its name is written in, and means the same', () => {
  const advertisement = {
    ip_address: '83.1.2.3',
    country: 'SE',
    resources: { cpu: 1, memory: 2, storage: 3 },
    provider_name: 'räksmörgås 🦐',
  };
  const times = { createdAtMs: 0, updatedAtMs: 0, expiresAtMs: 0 };
  const text = recordText({ providerId: providerOf(1), advertisement, verified: true, ...times });
  assert.match(text, /^[ -~]+$/u);
  const record: unknown = JSON.parse(text);
  assert.ok(typeof record === 'object' && record !== null && 'provider_name' in record);
  assert.equal(record.provider_name, 'räksmörgås 🦐');
});
