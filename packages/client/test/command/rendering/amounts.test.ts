import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ageText,
  coresText,
  gigabytesText,
  usdPerHourText,
  usdPerMonthText,
} from '#src/command/rendering/amounts.js';
import { countryLabel } from '#src/command/rendering/country-label.js';
import { shortId } from '#src/command/rendering/short-id.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function table<Value>(
  what: string,
  text: (value: Value) => string,
  cases: readonly (readonly [Value, string])[],
): void {
  for (const [value, expected] of cases) {
    it(`shows ${what} ${String(value)} as ${expected}`, () => assert.equal(text(value), expected));
  }
}

describe('an amount for people', () => {
  table('dollars a month', usdPerMonthText, [
    [0, '0.00'],
    [0.004, '<0.01'],
    [45.2, '45.20'],
    [9_999.99, '9999.99'],
    [12_345.67, '12,346'],
  ]);
  table('dollars an hour', usdPerHourText, [
    [0, '0.0000'],
    [0.00004, '<0.0001'],
    [0.0619, '0.0619'],
    [123.456, '123.46'],
  ]);
  table('GB', gigabytesText, [
    [1, '1 GB'],
    [1_000, '1,000 GB'],
    [9_999, '9,999 GB'],
    [12_800, '12.8 TB'],
    [10_000_000, '10,000 TB'],
  ]);
  table('an age of ms', ageText, [
    [-5, '<1m'],
    [Number.NaN, '<1m'],
    [MINUTE_MS - 1, '<1m'],
    [MINUTE_MS, '1m'],
    [60 * MINUTE_MS - 1, '59m'],
    [60 * MINUTE_MS, '1h'],
    [DAY_MS, '1d'],
    [999 * DAY_MS, '999d'],
    [1_000 * DAY_MS, '2y'],
  ]);
  table('cores', coresText, [
    [1, '1 core'],
    [2, '2 cores'],
    [1_024, '1,024 cores'],
  ]);
  table('the country', countryLabel, [
    ['SE', 'SE Sweden'],
    ['GB', 'GB United Kingdom'],
    ['KR', 'KR South Korea'],
    ['ZZ', 'ZZ'],
    ['\u001B[2J', '�[2J'],
  ]);
  table('the id', shortId, [
    ['0x14791697260e4c9a71f18484c9f997b308e59325', '0x1479…9325'],
    ['did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', 'z6Mkha…2doK'],
    ['provider-1', 'provider-1'],
  ]);
});
