import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Requirements } from 'golem-vm-discovery-protocol';
import { createIndex } from '#src/matching/advertisement-index.js';
import type { AdvertisementIndex, Findings, Offer } from '#src/matching/contract.js';
import { relaxedBy } from '#src/matching/explain/relaxed.js';
import { Dice, WORLDS, type World, providerOf, randomOffer, randomQuestion } from '../worlds.js';
import {
  missedBy,
  naiveChange,
  naiveEffects,
  naiveNearest,
  shortfallOf,
} from './naive-explanation.js';

const mixed = worldOf('a mixed market with many ties');

function worldOf(name: string): World {
  const world = WORLDS[name];
  assert.ok(world, name);
  return world;
}

/** Small enough that every amount can be tried one by one. */
const small = (world: World): World => ({
  ...world,
  cpu: [1, 2, 4, 8, 16],
  memory: [1, 2, 3, 8, 33],
  storage: [1, 10, 40, 41, 200],
  unitPrices: world.unitPrices.map((usd) => (usd === 1_000_000 ? 9 : usd)),
});

/** Markets in which few or none match, so that there is something to explain. */
function randomRequirements(dice: Dice, world: World): Requirements {
  const { requirements } = randomQuestion(dice, world);
  const { cpu, memory, storage } = requirements;
  const isWhole = cpu !== undefined && memory !== undefined && storage !== undefined;
  return {
    ...requirements,
    ...(cpu !== undefined && { cpu: Math.min(cpu + dice.pick([0, 0, dice.below(30)]), 64) }),
    ...(memory !== undefined && { memory: Math.min(memory + dice.pick([0, dice.below(60)]), 99) }),
    ...(storage !== undefined && { storage: Math.min(storage, 300) }),
    ...(isWhole && dice.chance(60) && { max_usd_per_month: dice.pick([0, 0.25, 1, 7, 12.345678]) }),
  };
}

function explain(index: AdvertisementIndex, requirements: Requirements): Findings {
  const survey = index.explain(requirements);
  while (survey.advance());
  survey.close();
  return survey.findings;
}

function check(findings: Findings, offers: readonly Offer[], asked: Requirements): void {
  const matching = offers.filter((offer) => missedBy(offer, asked).length === 0);
  assert.equal(findings.listed, offers.length);
  assert.equal(findings.matching, matching.length);
  assert.deepEqual(findings.effects, naiveEffects(offers, asked));
  const ids = findings.nearest.map(({ providerId }) => providerId);
  assert.deepEqual(ids, naiveNearest(offers, asked));
  for (const neighbour of findings.nearest) {
    const offer = offers.find(({ providerId }) => providerId === neighbour.providerId);
    assert.ok(offer);
    const missing = missedBy(offer, asked).map((requirement) => {
      return { requirement, shortfall: shortfallOf(offer, asked, requirement) };
    });
    const { resources, country, platform } = offer.advertisement;
    const { missing: told, ...rest } = neighbour;
    assert.deepEqual(told, missing);
    assert.deepEqual(
      [rest.resources, rest.country, rest.platform, rest.verified],
      [resources, country, platform, offer.verified],
    );
  }
  if (matching.length > 0) return assert.equal(findings.relief, undefined);
  assert.equal(findings.relief?.change, naiveChange(offers, asked));
  if (findings.relief === undefined) return;
  const relaxed = relaxedBy(asked, findings.relief);
  assert.ok(offers.some((offer) => missedBy(offer, relaxed).length === 0));
}

for (const [name, world] of Object.entries(WORLDS)) {
  void test(`in ${name} an explanation is what counting by hand gives`, () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 120 }), (seed, providers) => {
        const dice = new Dice(seed);
        const index = createIndex();
        const offers = Array.from({ length: providers }, (_, number) =>
          randomOffer(dice, small(world), providerOf(number)),
        );
        for (const offer of offers) index.put(offer);
        for (let asked = 0; asked < 6; asked += 1) {
          const requirements = randomRequirements(dice, small(world));
          check(explain(index, requirements), offers, requirements);
        }
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
}

void test('an explanation is of the moment at which it began, whatever changes meanwhile', () => {
  const dice = new Dice(11);
  const providers = 20_000;
  const world = small(mixed);
  const index = createIndex();
  const offers = new Map<string, Offer>();
  const put = (offer: Offer) => {
    offers.set(offer.providerId, offer);
    index.put(offer);
  };
  for (let number = 0; number < providers; number += 1) {
    put(randomOffer(dice, world, providerOf(number)));
  }
  for (let round = 0; round < 8; round += 1) {
    const before = [...offers.values()];
    const requirements = randomRequirements(dice, world);
    const survey = index.explain(requirements);
    for (let more = true; more;) {
      for (let change = 0; change < 400; change += 1) {
        const providerId = providerOf(dice.below(providers));
        if (dice.chance(30)) {
          index.remove(providerId);
          offers.delete(providerId);
        } else put(randomOffer(dice, world, providerId));
      }
      more = survey.advance();
    }
    survey.close();
    check(survey.findings, before, requirements);
  }
});

void test('a survey that was closed is told nothing more, and closing it twice does no harm', () => {
  const index = createIndex();
  const dice = new Dice(3);
  index.put(randomOffer(dice, mixed, providerOf(1)));
  const survey = index.explain({});
  survey.close();
  survey.close();
  index.remove(providerOf(1));
  assert.equal(survey.findings.listed, 0);
});

void test('what nobody bears rules everybody out, and the rest still counts', () => {
  const index = createIndex();
  const dice = new Dice(3);
  for (let number = 0; number < 10; number += 1) {
    index.put(randomOffer(dice, { ...mixed, countries: ['SE'] }, providerOf(number)));
  }
  const { effects } = explain(index, { country: ['SE'], platform: 'mips' });
  assert.deepEqual(
    effects.map(({ requirement, rulesOut }) => [requirement, rulesOut]),
    [
      ['country', 0],
      ['platform', 10],
    ],
  );
});
