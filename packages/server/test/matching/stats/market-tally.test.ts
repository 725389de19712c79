import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createIndex } from '#src/matching/advertisement-index.js';
import type { Offer } from '#src/matching/contract.js';
import { PLATFORMS_MAX, PLATFORMS_TOLD_MAX } from '#src/matching/stats/market-tally.js';
import { Dice, WORLDS, providerOf, randomOffer } from '../worlds.js';
import { naiveStats } from './naive-stats.js';

for (const [name, world] of Object.entries(WORLDS)) {
  if (world.platforms.length > PLATFORMS_TOLD_MAX) continue;
  void test(`in ${name} the numbers are what adding everything up gives, whatever came and went`, () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 60 }), (seed, loaded) => {
        const dice = new Dice(seed);
        const index = createIndex();
        const offers = new Map<string, Offer>();
        const loading = index.startLoading();
        for (let number = 0; number < loaded; number += 1) {
          const offer = randomOffer(dice, world, providerOf(number));
          loading.put(offer);
          offers.set(offer.providerId, offer);
        }
        Array.from(loading.finish());
        for (let change = 0; change < 150; change += 1) {
          const providerId = providerOf(dice.below(80));
          const offer = offers.get(providerId);
          if (offer !== undefined && dice.chance(30)) {
            index.remove(providerId);
            offers.delete(providerId);
          } else if (offer !== undefined && dice.chance(20)) {
            index.renew(providerId, offer.updatedAtMs + 1, offer.expiresAtMs + 1);
          } else {
            const next = randomOffer(dice, world, providerId);
            index.put(next);
            offers.set(providerId, next);
          }
        }
        assert.deepEqual(index.stats(), naiveStats([...offers.values()]));
      }),
      { numRuns: 30 },
    );
  });
}

void test('as many platforms are told as may be, the rest together, and all leave nothing behind', () => {
  const index = createIndex();
  const dice = new Dice(5);
  const world = WORLDS['a market where all are equal'];
  assert.ok(world);
  const count = PLATFORMS_MAX + 200;
  for (let number = 0; number < count; number += 1) {
    const platforms = [`p${number}`];
    index.put(randomOffer(dice, { ...world, platforms }, providerOf(number)));
  }
  const { platforms, otherPlatforms, providers } = index.stats();
  assert.equal(providers, count);
  assert.equal(platforms.length, PLATFORMS_TOLD_MAX);
  assert.equal(otherPlatforms?.providers, count - PLATFORMS_TOLD_MAX);
  for (let number = 0; number < count; number += 1) index.remove(providerOf(number));
  assert.deepEqual(index.stats(), naiveStats([]));
});
