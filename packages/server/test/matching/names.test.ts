import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Names } from '#src/matching/rows/names.js';

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
