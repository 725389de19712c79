import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLeaseClock, STALL_MS_MAX } from '#src/registry/lease-clock.js';
import { createFakeClock } from '../fake-clock.js';

describe('the lease clock', () => {
  it('runs with the monotonic clock', () => {
    const clock = createFakeClock();
    const leases = createLeaseClock(() => clock.monotonicMs());
    clock.pass(1_500);
    assert.equal(leases.now(), 1_500);
    assert.equal(leases.after(300), 1_800);
  });

  it('does not feel a wall clock that is set', () => {
    const clock = createFakeClock();
    const leases = createLeaseClock(() => clock.monotonicMs());
    clock.setWall(clock.wallMs() + 365 * 86_400_000);
    assert.equal(leases.now(), 0);
    clock.setWall(0);
    assert.equal(leases.now(), 0);
  });

  it('stands still while paused, and over a pause within a pause', () => {
    const clock = createFakeClock();
    const leases = createLeaseClock(() => clock.monotonicMs());
    leases.pause();
    clock.pass(1_000);
    leases.pause();
    clock.pass(1_000);
    assert.equal(leases.now(), 0);
    leases.resume();
    clock.pass(700);
    assert.equal(leases.now(), 700);
  });

  it('counts a gap at the bound, and stands still over one past it', () => {
    const clock = createFakeClock();
    const leases = createLeaseClock(() => clock.monotonicMs());
    clock.pass(STALL_MS_MAX);
    assert.equal(leases.now(), STALL_MS_MAX);
    clock.pass(STALL_MS_MAX + 1);
    assert.equal(leases.now(), STALL_MS_MAX, 'a stall is not time in which one could have renewed');
    clock.pass(10 * 60_000);
    assert.equal(leases.now(), STALL_MS_MAX);
  });
});
