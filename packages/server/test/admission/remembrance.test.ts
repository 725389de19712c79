import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Remembrance } from '#src/admission/remembrance.js';
import { provider } from '../store/writes.js';

void test('as much is remembered as may be, and what was written longest ago makes room', () => {
  const remembrance = new Remembrance<string>({ entriesMax: 3, ageMsMax: 100 });
  for (const number of [1, 2, 3]) remembrance.remember(provider(number), `${number}`, 0);
  remembrance.remember(provider(1), 'again', 1);
  assert.equal(remembrance.size, 3);
  remembrance.remember(provider(4), '4', 2);
  assert.equal(remembrance.size, 3);
  const recalled = [1, 2, 3, 4].map((number) => remembrance.recall(provider(number), 2));
  assert.deepEqual(recalled, ['again', undefined, '3', '4']);
});

void test('what is too old is not recalled, and goes when something comes', () => {
  const remembrance = new Remembrance<string>({ entriesMax: 100, ageMsMax: 100 });
  for (let number = 0; number < 10; number += 1) remembrance.remember(provider(number), 'old', 0);
  assert.equal(remembrance.recall(provider(0), 100), 'old');
  assert.equal(remembrance.recall(provider(0), 101), undefined);
  for (let number = 10; number < 15; number += 1) {
    remembrance.remember(provider(number), 'new', 101);
  }
  assert.equal(remembrance.size, 5);
  remembrance.forget(provider(10));
  assert.equal(remembrance.recall(provider(10), 101), undefined);
});
