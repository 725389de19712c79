import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { type FindQuery, type ProviderId, estimatePrice } from 'golem-vm-discovery-protocol';
import { createIndex } from '#src/matching/advertisement-index.js';
import type { AdvertisementIndex, Offer, Page } from '#src/matching/contract.js';
import { NaiveIndex } from './naive-index.js';
import { Dice, WORLDS, type World, providerOf, randomOffer, randomQuestion } from './worlds.js';

/** The index and the reference, living through the same history. */
class Twins {
  readonly index: AdvertisementIndex = createIndex();
  readonly naive = new NaiveIndex();

  put(offer: Offer): void {
    this.index.put(offer);
    this.naive.put(offer);
  }

  /** A start with what an earlier run left: everything at once. */
  load(dice: Dice, world: World, providers: number): void {
    const loading = this.index.startLoading();
    for (let number = 0; number < providers; number += 1) {
      const offer = randomOffer(dice, world, providerOf(number));
      loading.put(offer);
      this.naive.put(offer);
    }
    Array.from(loading.finish());
  }

  live(dice: Dice, world: World, providers: number): void {
    const providerId = providerOf(dice.below(providers));
    const listed = this.naive.get(providerId);
    const fate = dice.below(10);
    if (listed === undefined || fate < 4) return this.put(randomOffer(dice, world, providerId));
    if (fate < 7) return this.renew(listed);
    this.remove(providerId);
  }

  remove(providerId: ProviderId): void {
    assert.equal(this.index.remove(providerId), this.naive.remove(providerId));
  }

  renew({ providerId, updatedAtMs, expiresAtMs }: Offer): void {
    this.index.renew(providerId, updatedAtMs + 100_000, expiresAtMs + 100_000);
    this.naive.renew(providerId, updatedAtMs + 100_000, expiresAtMs + 100_000);
  }
}

function pageOf(index: AdvertisementIndex, query: FindQuery): Page {
  const found = index.find({ ...query, proof: true });
  assert.ok(found.ok);
  return found.value;
}

function expectedRecord(offer: Offer, query: FindQuery): Record<string, unknown> {
  const { cpu, memory, storage } = query.requirements;
  const whole = cpu !== undefined && memory !== undefined && storage !== undefined;
  const estimate = whole
    ? estimatePrice({ cpu, memory, storage }, offer.advertisement.pricing)
    : undefined;
  return {
    provider_id: offer.providerId,
    ...offer.advertisement,
    verified: offer.verified,
    created_at: new Date(offer.createdAtMs).toISOString(),
    updated_at: new Date(offer.updatedAtMs).toISOString(),
    expires_at: new Date(offer.expiresAtMs).toISOString(),
    ...(estimate && { estimate }),
  };
}

function listOf({ list }: Page): readonly unknown[] {
  const parsed: unknown = JSON.parse(list.bytes.toString('latin1'));
  assert.ok(Array.isArray(parsed));
  return parsed;
}

function idsOf(page: Page): ProviderId[] {
  return (page.records ?? []).map(({ providerId }) => providerId);
}

/** Walks all pages; each must be what the reference has at that place, to the letter. */
function checkAnswer({ index, naive }: Twins, query: FindQuery): void {
  const all = naive.findAll(query);
  let after: string | undefined;
  let seen = 0;
  do {
    const page = pageOf(index, { ...query, after });
    const expected = all.slice(seen, seen + query.limit);
    const list = listOf(page);
    assert.deepEqual(
      list,
      expected.map((offer) => expectedRecord(offer, query)),
    );
    const records = page.records ?? [];
    assert.deepEqual(
      idsOf(page),
      expected.map(({ providerId }) => providerId),
    );
    assert.deepEqual(
      records.map(({ text }) => JSON.parse(text) as unknown),
      list,
    );
    assert.equal(page.total, query.count ? all.length : undefined);
    seen += list.length;
    after = page.next;
    assert.equal(after === undefined, seen === all.length, 'a token exactly where more follow');
  } while (after !== undefined);
}

for (const [name, world] of Object.entries(WORLDS)) {
  test(`every answer is that of the naive filter and sort: ${name}`, () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 600 }), (seed, providers) => {
        const dice = new Dice(seed);
        const twins = new Twins();
        if (dice.below(2) === 0) twins.load(dice, world, dice.below(providers));
        for (let round = 0; round < 5; round += 1) {
          for (let step = 0; step < providers; step += 1) twins.live(dice, world, providers);
          for (let asked = 0; asked < 6; asked += 1) {
            checkAnswer(twins, randomQuestion(dice, world));
          }
        }
      }),
      { numRuns: 12 },
    );
  });
}

const LARGE = [
  'a mixed market with many ties',
  'a market of fine steps',
  'a market where all are equal',
  'a market where the larger are cheaper',
  'a market of prices that are nearly the same',
];

for (const name of LARGE) {
  test(`a large market grows, churns and empties without one wrong answer: ${name}`, () => {
    const world = WORLDS[name];
    assert.ok(world);
    const dice = new Dice(20_260_101);
    const twins = new Twins();
    const ask = () => {
      for (let asked = 0; asked < 15; asked += 1) {
        checkAnswer(twins, { ...randomQuestion(dice, world), limit: 1_000 });
      }
    };
    for (let number = 0; number < 12_000; number += 1) {
      twins.put(randomOffer(dice, world, providerOf(number)));
    }
    ask();
    for (let step = 0; step < 12_000; step += 1) twins.live(dice, world, 12_000);
    ask();
    for (let number = 0; number < 12_000; number += 1) {
      if (number % 40 !== 0) {
        twins.remove(providerOf(number));
      }
    }
    ask();
    for (let number = 0; number < 12_000; number += 1) {
      twins.remove(providerOf(number));
    }
    assert.equal(twins.index.size, 0);
    ask();
  });
}

test('a walk over pages under change neither repeats nor skips what stays with the same key', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const dice = new Dice(seed);
      const world = WORLDS['a mixed market with many ties'];
      assert.ok(world);
      const twins = new Twins();
      for (let step = 0; step < 400; step += 1) twins.live(dice, world, 300);
      const query = { ...randomQuestion(dice, world), limit: 7 };
      const stays = twins.naive.findAll(query).filter((_, place) => place % 2 === 0);
      const fixed = new Set<string>(stays.map(({ providerId }) => providerId));
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = pageOf(twins.index, { ...query, after });
        seen.push(...idsOf(page));
        after = page.next;
        for (let step = 0; step < 30; step += 1) {
          const providerId = providerOf(dice.below(300));
          const fixedOffer = fixed.has(providerId) ? twins.naive.get(providerId) : undefined;
          if (fixedOffer) twins.renew(fixedOffer);
          else if (dice.chance(50)) twins.put(randomOffer(dice, world, providerId));
          else twins.remove(providerId);
        }
      } while (after !== undefined);
      assert.deepEqual(
        seen.filter((providerId) => fixed.has(providerId)),
        stays.map(({ providerId }) => providerId),
      );
    }),
    { numRuns: 40 },
  );
});

test('get gives the record without an estimate, and nothing for a stranger', () => {
  const index = createIndex();
  const world = WORLDS['a mixed market with many ties'];
  assert.ok(world);
  const offer = randomOffer(new Dice(1), world, providerOf(1));
  index.put(offer);
  const record: unknown = JSON.parse(index.get(offer.providerId) ?? '');
  assert.deepEqual(record, expectedRecord(offer, { ...anything, requirements: {} }));
  assert.equal(index.get(providerOf(2)), undefined);
});

const anything: FindQuery = {
  requirements: {},
  sort: 'uptime',
  limit: 20,
  after: undefined,
  count: false,
  proof: false,
};

test('a renewal of a provider that is not present is a bug, and is thrown', () => {
  assert.throws(() => createIndex().renew(providerOf(1), 1, 2));
});

test('a page token of another question is refused, and one whose provider has left goes on', () => {
  const dice = new Dice(5);
  const world = WORLDS['a market of fine steps'];
  assert.ok(world);
  const twins = new Twins();
  for (let number = 0; number < 50; number += 1) {
    twins.put(randomOffer(dice, world, providerOf(number)));
  }
  const first = pageOf(twins.index, anything);
  const { next } = first;
  const shown = idsOf(first);
  assert.ok(next !== undefined);
  const refused = twins.index.find({ ...anything, sort: 'cpu', after: next });
  assert.equal(refused.ok ? undefined : refused.problem.code, 'ADV_002');
  const before = listOf(pageOf(twins.index, { ...anything, after: next }));
  for (const providerId of shown) twins.index.remove(providerId);
  assert.deepEqual(listOf(pageOf(twins.index, { ...anything, limit: 20, after: next })), before);
});

test('what is lent is written over by the next question, unless it is kept', () => {
  const dice = new Dice(6);
  const world = WORLDS['a market of fine steps'];
  assert.ok(world);
  const twins = new Twins();
  for (let number = 0; number < 50; number += 1) {
    twins.put(randomOffer(dice, world, providerOf(number)));
  }
  const all = pageOf(twins.index, { ...anything, limit: 50 });
  const expected = listOf(all);
  all.list.keep();
  const lent = pageOf(twins.index, { ...anything, limit: 7 });
  const before = Buffer.from(lent.list.bytes);
  pageOf(twins.index, { ...anything, limit: 9, sort: 'cpu' });
  assert.deepEqual(listOf(all), expected);
  assert.notDeepEqual(Buffer.from(lent.list.bytes), before);
});
