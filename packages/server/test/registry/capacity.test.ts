import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCapacity } from '#src/registry/capacity.js';

const BOUNDS = { listedMax: 3, rememberedMax: 5 };

describe('the capacity of a hub', () => {
  it('takes listings up to the bound and not one more', () => {
    assert.equal(
      createCapacity({ listed: 2, known: 2 }, BOUNDS).refuseListing('unknown'),
      undefined,
    );
    const refusal = createCapacity({ listed: 3, known: 3 }, BOUNDS).refuseListing('unknown');
    assert.equal(refusal?.code, 'SYS_002');
    assert.match(refusal.message, /already lists 3/u);
  });

  it('counts listings that are on their way', async () => {
    const capacity = createCapacity({ listed: 2, known: 2 }, BOUNDS);
    await capacity.whileArriving(async () => {
      assert.equal(capacity.refuseListing('unknown')?.code, 'SYS_002');
      return Promise.resolve();
    });
    assert.equal(capacity.refuseListing('unknown'), undefined);
  });

  it('remembers up to the bound, and then turns unknown providers away and nobody else', () => {
    const room = createCapacity({ listed: 0, known: 7 }, BOUNDS);
    assert.equal(room.refuseMemory('unknown'), undefined);
    const none = createCapacity({ listed: 0, known: 8 }, BOUNDS);
    assert.equal(none.refuseMemory('unknown')?.code, 'SYS_002');
    assert.doesNotMatch(none.refuseListing('unknown')?.message ?? '', /already lists/u);
    assert.equal(none.refuseMemory('remembered'), undefined);
    assert.equal(none.refuseListing('remembered'), undefined);
  });
});
