import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeInherited } from '#src/command/inherited.js';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

test('a first start says nothing of what was there before', () => {
  assert.equal(describeInherited(0, undefined, NOW), undefined);
});

test('a restart says how many were listed, when, and that their leases are full', () => {
  assert.equal(
    describeInherited(100, NOW - 7 * MINUTE, NOW),
    '100 advertisements were listed when the hub was last alive, 7 minutes ago; each has a full lease',
  );
  assert.equal(
    describeInherited(1, NOW - MINUTE, NOW),
    '1 advertisement was listed when the hub was last alive, 1 minute ago; it has a full lease',
  );
  // Fifteen minutes are not yet too long, and a clock may have been set back.
  for (const lastAlive of [NOW - 15 * MINUTE, NOW + MINUTE]) {
    assert.match(describeInherited(0, lastAlive, NOW) ?? '', /^no advertisement was listed/);
  }
});

test('a hub that was away for too long says that it starts empty', () => {
  assert.match(
    describeInherited(0, NOW - 15 * MINUTE - 1, NOW) ?? '',
    /^the hub was away for 15 minutes, longer .* starts empty/,
  );
});
