import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ProviderId, parseProviderId } from 'golem-vm-discovery-protocol';
import { IntegerColumn, UNSET } from '#src/matching/columns/integer-column.js';
import { NumberTable } from '#src/matching/providers/number-table.js';
import { ProviderNumbers } from '#src/matching/providers/provider-numbers.js';
import { ProviderSlots } from '#src/matching/providers/provider-slots.js';
import { Dice, providerOf } from './worlds.js';

/** Ids of every kind and length, many of which begin alike. */
const IDS: readonly ProviderId[] = Array.from({ length: 4_000 }, (_, number) => {
  const label = `${'x'.repeat(number % 120)}${number}`;
  return number % 2 === 0 ? providerOf(number) : idOf(label);
});

function idOf(text: string): ProviderId {
  const parsed = parseProviderId(text);
  assert.ok(parsed.ok);
  return parsed.value.id;
}

test('numbers are what a map of the ids would give, whoever holds and lets go, in any order', () => {
  const dice = new Dice(5);
  const numbers = new ProviderNumbers();
  const held = new Map<ProviderId, { number: number; holds: number }>();
  for (let step = 0; step < 60_000; step += 1) {
    const id = IDS[dice.below(step < 30_000 ? IDS.length : 40)] ?? assert.fail();
    const known = held.get(id);
    assert.equal(numbers.numberOf(id), known?.number);
    if (known === undefined || dice.chance(30)) {
      const number = numbers.hold(id);
      assert.equal(number, known?.number ?? number);
      held.set(id, { number, holds: (known?.holds ?? 0) + 1 });
    } else {
      assert.equal(numbers.providerOf(known.number), id);
      numbers.letGo(known.number);
      if (known.holds === 1) held.delete(id);
      else held.set(id, { ...known, holds: known.holds - 1 });
    }
  }
  assert.equal(new Set([...held.values()].map(({ number }) => number)).size, held.size);
  for (const [id, { number }] of held) {
    assert.equal(numbers.numberOf(id), number);
    for (const [other, { number: rival }] of [...held].slice(0, 20)) {
      const order = Number(id > other) - Number(id < other);
      assert.equal(Math.sign(numbers.compareIds(number, rival)), order);
    }
  }
});

test('a table finds every number though all have the same hash, and forgets those that were removed', () => {
  const hashes = new IntegerColumn();
  const table = new NumberTable(hashes);
  const present = new Set<number>();
  const dice = new Dice(8);
  for (let number = 0; number < 300; number += 1) hashes.set(number, number % 3 === 0 ? 7 : number);
  for (let step = 0; step < 20_000; step += 1) {
    const number = dice.below(300);
    if (present.has(number)) table.remove(number);
    else table.add(number);
    if (!present.delete(number)) present.add(number);
    const other = dice.below(300);
    const found = table.find(hashes.get(other), (candidate) => candidate === other);
    assert.equal(found, present.has(other) ? other : UNSET);
  }
});

test('providers that come and go without end need no more slots than there are at a time', () => {
  const slots = new ProviderSlots(new ProviderNumbers());
  for (let round = 0; round < 10_000; round += 1) {
    const slot = slots.take(providerOf(round));
    assert.equal(slot, 0);
    assert.equal(slots.size, 1);
    slots.release(slot);
  }
  assert.equal(slots.size, 0);
});

test('a provider that moves to another slot keeps it when the old one is released', () => {
  const slots = new ProviderSlots(new ProviderNumbers());
  const old = slots.take(providerOf(1));
  const slot = slots.take(providerOf(1));
  slots.release(old);
  assert.equal(slots.slotOf(providerOf(1)), slot);
  assert.equal(slots.providerIn(slot), providerOf(1));
  assert.throws(() => slots.providerIn(old));
});

test('a provider has one number for all who hold it, until the last lets go', () => {
  const numbers = new ProviderNumbers();
  const number = numbers.hold(providerOf(1));
  assert.equal(numbers.hold(providerOf(1)), number);
  assert.notEqual(numbers.hold(providerOf(2)), number);
  numbers.letGo(number);
  assert.equal(numbers.numberOf(providerOf(1)), number);
  assert.equal(numbers.providerOf(number), providerOf(1));
  numbers.letGo(number);
  assert.equal(numbers.numberOf(providerOf(1)), undefined);
  assert.throws(() => numbers.letGo(number));
  assert.equal(numbers.hold(providerOf(3)), number, 'it is given again');
});

test('an index and somebody else may let go of a provider in either order', () => {
  const numbers = new ProviderNumbers();
  const slots = new ProviderSlots(numbers);
  const number = numbers.hold(providerOf(1));
  const slot = slots.take(providerOf(1));
  numbers.letGo(number);
  assert.equal(slots.providerIn(slot), providerOf(1));
  slots.release(slot);
  assert.equal(numbers.numberOf(providerOf(1)), undefined);
  assert.equal(slots.slotOf(providerOf(1)), undefined);
  numbers.hold(providerOf(2));
  assert.equal(slots.slotOf(providerOf(2)), undefined, 'whoever has the number next has no slot');
});
