import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { monthlyUsd, parseAdvertisementBody, parseIpAddress } from 'golem-vm-discovery-protocol';
import { changedOffer, type Random, randomOffer } from '#src/command/simulation/market.js';

/** Numbers from 0 up to 1, the same for the same seed (a linear congruence). */
function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

function offers(count: number, seed = 1) {
  const random = seeded(seed);
  return Array.from({ length: count }, () => randomOffer(random));
}

describe('the simulated market', () => {
  it('has only advertisements that a hub takes, however often they change', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 30 }), (seed, changes) => {
        const random = seeded(seed);
        let offer = randomOffer(random);
        for (let change = 0; change < changes; change += 1) offer = changedOffer(offer, random);
        const parsed = parseAdvertisementBody(new TextEncoder().encode(JSON.stringify(offer)));
        assert.ok(parsed.ok, JSON.stringify(offer));
      }),
    );
  });

  it('is the same for the same chance', () => {
    assert.deepEqual(offers(20, 7), offers(20, 7));
  });

  it('has many providers in a few countries, and a few in many', () => {
    const count = new Map<string, number>();
    for (const { country } of offers(2_000)) count.set(country, (count.get(country) ?? 0) + 1);
    assert.ok(count.size > 25);
    const most = [...count.values()].toSorted((a, b) => b - a);
    assert.ok((most[0] ?? 0) > 5 * (most[10] ?? 0));
  });

  it('has prices that people would believe, and some providers that name none', () => {
    const shape = { cpu: 2, memory: 4, storage: 40 };
    const prices = offers(1_000).map(({ pricing }) => monthlyUsd(shape, pricing));
    const named = prices.filter((price) => price !== undefined).toSorted((a, b) => a - b);
    assert.ok(named.length > 850 && named.length < 980);
    const median = named[Math.floor(named.length / 2)] ?? 0;
    assert.ok(median > 5 && median < 20, String(median));
  });

  it('names nobody real: every address is one of documentation', () => {
    for (const { ip_address } of offers(200)) {
      assert.match(ip_address, /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/);
      assert.equal(parseIpAddress(ip_address)?.reach, 'local');
    }
  });
});
