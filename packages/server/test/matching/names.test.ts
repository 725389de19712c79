import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Names } from '#src/matching/names.js';
import { ProviderNumbers } from '#src/matching/provider-numbers.js';
import { ProviderSlots } from '#src/matching/provider-slots.js';
import { providerOf } from './worlds.js';

test('a name keeps its number for as long as something bears it, then the number is free', () => {
  const names = new Names();
  const arm = names.take('arm64');
  assert.equal(names.take('arm64'), arm);
  names.release(arm);
  assert.equal(names.numberOf('arm64'), arm);
  assert.equal(names.nameOf(arm), 'arm64');
  names.release(arm);
  assert.equal(names.numberOf('arm64'), undefined);
  assert.equal(names.take('riscv64'), arm);
});

test('names that come and go without end need no more numbers than are borne at a time', () => {
  const names = new Names();
  for (let round = 0; round < 10_000; round += 1) {
    const number = names.take(`platform_${round}`);
    assert.ok(number < 1);
    names.release(number);
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
