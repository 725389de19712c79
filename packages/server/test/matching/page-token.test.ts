import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Requirements } from 'golem-vm-discovery-protocol';
import {
  type PagedQuestion,
  formatPageToken,
  parsePageToken,
} from '#src/matching/records/page-token.js';
import { providerOf } from './worlds.js';

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const question: PagedQuestion = {
  requirements: { cpu: 4, country: ['DE', 'SE'] },
  sort: 'uptime',
};
const position = {
  verified: true,
  key: 1_790_000_000_123,
  providerId: providerOf(1),
};

function isRefused(token: string, asked: PagedQuestion = question): boolean {
  const parsed = parsePageToken(asked, token);
  return !parsed.ok && parsed.problem.code === 'ADV_002';
}

test('a token gives back every position exactly', () => {
  const positions = fc.record({
    verified: fc.boolean(),
    key: fc.oneof(fc.double({ noNaN: true }), fc.constant(Infinity), fc.integer()),
    providerId: fc.nat().map(providerOf),
  });
  fc.assert(
    fc.property(positions, (given) => {
      const parsed = parsePageToken(question, formatPageToken(question, given));
      assert.ok(parsed.ok);
      assert.deepEqual(parsed.value, { ...given, key: given.key === 0 ? 0 : given.key });
    }),
  );
});

test('every alteration of a single character is refused', () => {
  const token = formatPageToken(question, position);
  for (let place = 0; place < token.length; place += 1) {
    for (const character of BASE64URL + '=+/ \n~é') {
      if (character === token[place]) continue;
      const altered = token.slice(0, place) + character + token.slice(place + 1);
      assert.ok(isRefused(altered), `${character} at ${place}`);
    }
  }
});

test('every cut, and every character too many, is refused', () => {
  const token = formatPageToken(question, position);
  for (let place = 0; place < token.length; place += 1) {
    assert.ok(isRefused(token.slice(0, place)));
    assert.ok(isRefused(token.slice(place + 1)));
    assert.ok(isRefused(token.slice(0, place) + token.slice(place + 1)));
  }
  for (const character of `${BASE64URL}=`) {
    assert.ok(isRefused(token + character));
    assert.ok(isRefused(character + token));
  }
});

test('a token of another question is refused', () => {
  const token = formatPageToken(question, position);
  const others: readonly Requirements[] = [
    {},
    { cpu: 4 },
    { memory: 4, country: ['DE', 'SE'] },
    { cpu: 5, country: ['DE', 'SE'] },
    { cpu: 4, country: ['DE'] },
    { cpu: 4, country: ['DE', 'SE'], verified: true },
    { cpu: 4, country: ['DE', 'SE'], platform: 'arm64' },
    { cpu: 4, country: ['DE', 'SE'], max_usd_per_month: 1 },
  ];
  for (const requirements of others) assert.ok(isRefused(token, { ...question, requirements }));
  assert.ok(isRefused(token, { ...question, sort: 'cpu' }));
});

test('garbage is refused, however long', () => {
  for (const garbage of ['', ' ', '1', 'null', '0'.repeat(100_000), '🦐'.repeat(50), '%00']) {
    assert.ok(isRefused(garbage));
  }
});
