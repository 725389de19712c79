import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { Lanes, type Lane } from '#src/admission/lanes.js';

function fill(lanes: Lanes<string>, lane: Lane, count: number): boolean[] {
  return Array.from({ length: count }, (_, at) => lanes.push(lane, `${lane} ${at}`));
}

describe('the lanes', () => {
  it('hold as many as they are told, each, and refuse one more', () => {
    const lanes = new Lanes<string>(3);
    assert.deepEqual(fill(lanes, 'general', 4), [true, true, true, false]);
    assert.deepEqual(fill(lanes, 'priority', 4), [true, true, true, false]);
    assert.equal(lanes.size, 6);
  });

  it('give seven of eight turns to the priority lane while it has jobs, and the eighth to the other', () => {
    const lanes = new Lanes<string>(100);
    fill(lanes, 'general', 100);
    fill(lanes, 'priority', 100);
    const taken = lanes.take(80);
    assert.equal(taken.filter((job) => job.startsWith('priority')).length, 70);
    assert.equal(taken.filter((job) => job.startsWith('general')).length, 10);
  });

  it('serve a newly come priority job within two turns, however many others wait', () => {
    for (let turnsBefore = 0; turnsBefore < 16; turnsBefore += 1) {
      const lanes = new Lanes<string>(100);
      fill(lanes, 'general', 100);
      lanes.take(turnsBefore);
      lanes.push('priority', 'renewal');
      assert.ok(lanes.take(2).includes('renewal'));
    }
  });

  it('give the leisurely lane a turn only while nobody waits in the others', () => {
    const lanes = new Lanes<string>(100);
    fill(lanes, 'leisure', 2);
    fill(lanes, 'general', 20);
    fill(lanes, 'priority', 20);
    assert.ok(!lanes.take(40).some((job) => job.startsWith('leisure')));
    assert.deepEqual(lanes.take(3), ['leisure 0', 'leisure 1']);
  });

  it('lose nothing, double nothing, and keep the order within a lane', () => {
    const step = fc.oneof(fc.constantFrom<Lane>('priority', 'general', 'leisure'), fc.nat(12));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const lanes = new Lanes<{ lane: Lane; at: number }>(20);
        const pushed = { priority: 0, general: 0, leisure: 0 };
        const taken: { lane: Lane; at: number }[] = [];
        for (const next of [...steps, 60]) {
          if (typeof next === 'number') taken.push(...lanes.take(next));
          else if (lanes.push(next, { lane: next, at: pushed[next] })) pushed[next] += 1;
        }
        for (const lane of ['priority', 'general', 'leisure'] as const) {
          const order = taken.filter((job) => job.lane === lane).map((job) => job.at);
          assert.deepEqual(order, [...Array(pushed[lane]).keys()]);
        }
      }),
    );
  });
});
