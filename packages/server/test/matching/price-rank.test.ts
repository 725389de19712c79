import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { monthlyUsd } from 'golem-vm-discovery-protocol';
import { createIndex } from '#src/matching/advertisement-index.js';
import type { Offer, PriceRank } from '#src/matching/contract.js';
import { Dice, WORLDS, providerOf, randomOffer } from './worlds.js';

function naiveRank(offers: readonly Offer[], { advertisement }: Offer): PriceRank | undefined {
  const { country, resources, pricing } = advertisement;
  const usdPerMonth = monthlyUsd(resources, pricing);
  if (usdPerMonth === undefined) return undefined;
  const prices = offers
    .filter((other) => other.advertisement.country === country)
    .filter(({ advertisement: { resources: offered } }) => {
      const isWide = offered.cpu >= resources.cpu && offered.memory >= resources.memory;
      return isWide && offered.storage >= resources.storage;
    })
    .flatMap((other) => monthlyUsd(resources, other.advertisement.pricing) ?? []);
  const cheaper = prices.filter((usd) => usd < usdPerMonth).length;
  return { country, resources, usdPerMonth, rank: cheaper + 1, of: prices.length };
}

for (const [name, world] of Object.entries(WORLDS)) {
  void test(`in ${name} a price stands where sorting by hand puts it`, () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const dice = new Dice(seed);
        const index = createIndex();
        const offers = Array.from({ length: 150 }, (_, number) =>
          randomOffer(dice, world, providerOf(number)),
        );
        for (const offer of offers) index.put(offer);
        for (const offer of offers.slice(0, 40)) {
          assert.deepEqual(index.priceRank(offer.providerId), naiveRank(offers, offer));
        }
        assert.equal(index.priceRank(providerOf(150)), undefined);
      }),
      { numRuns: 15 },
    );
  });
}
