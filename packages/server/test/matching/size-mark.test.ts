import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { LIMITS } from 'golem-vm-discovery-protocol';
import { mayBeAsLarge, mayHavePlatform, sizeMark } from '#src/matching/rows/size-mark.js';

const sizes = fc.record({
  cpu: fc.integer({ min: 1, max: LIMITS.cpuCoresMax }),
  memory: fc.integer({ min: 1, max: LIMITS.memoryGbMax }),
  storage: fc.integer({ min: 1, max: LIMITS.storageGbMax }),
});
const platforms = fc.integer({ min: 0, max: 2 ** 22 - 1 });

test('a mark never passes over what is large enough and has the platform', () => {
  fc.assert(
    fc.property(sizes, sizes, platforms, (one, other, platform) => {
      const cpu = Math.max(one.cpu, other.cpu);
      const memory = Math.max(one.memory, other.memory);
      const storage = Math.max(one.storage, other.storage);
      const mark = sizeMark(cpu, memory, storage, platform);
      assert.ok(mayBeAsLarge(mark, sizeMark(one.cpu, one.memory, one.storage, 0)));
      assert.ok(mayHavePlatform(mark, platform));
    }),
    { numRuns: 20_000 },
  );
});

test('a mark passes over what is half as large in one size, or has the next platform', () => {
  const mark = sizeMark(4, 16, 100, 7);
  assert.ok(mayBeAsLarge(mark, sizeMark(4, 16, 100, 0)));
  assert.ok(!mayBeAsLarge(mark, sizeMark(8, 1, 1, 0)));
  assert.ok(!mayBeAsLarge(mark, sizeMark(1, 32, 1, 0)));
  assert.ok(!mayBeAsLarge(mark, sizeMark(1, 1, 200, 0)));
  assert.ok(!mayHavePlatform(mark, 8));
});
