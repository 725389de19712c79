import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RecentMap } from '#src/admission/recent-map.js';

describe('a recent map', () => {
  it('makes a value once and keeps it', () => {
    const map = new RecentMap<string, object>(2);
    const made = map.getOrMake('a', () => ({}));
    assert.equal(map.getOrMake('a', assert.fail), made);
  });

  it('is full at its bound, and one more evicts the one longest unused', () => {
    const map = new RecentMap<string, string>(2);
    const get = (key: string) => map.getOrMake(key, (made) => made);
    get('a');
    get('b');
    get('a');
    get('c');
    assert.equal(map.size, 2);
    assert.equal(map.getOrMake('a', assert.fail), 'a');
    assert.equal(
      map.getOrMake('b', () => 'made again'),
      'made again',
    );
    assert.equal(map.size, 2);
  });
});
