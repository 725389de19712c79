import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { LIMITS, type ProviderId, parseProviderId } from 'golem-vm-discovery-protocol';
import { idCode } from '#src/matching/providers/id-code.js';
import { ORDER, type Order, hintOf } from '#src/matching/rows/orders.js';

const HEX = '0123456789abcdef'.split('');
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'.split('');
const LABEL = '0123456789abcdxyzADZ'.split('');

function textOf(characters: readonly string[], minLength: number, maxLength: number) {
  const some = fc.array(fc.constantFrom(...characters), { minLength, maxLength });
  return some.map((picked) => picked.join(''));
}

/** Those of some texts that are provider ids. */
function idsAmong(texts: fc.Arbitrary<string>): fc.Arbitrary<ProviderId> {
  return texts
    .map((text) => parseProviderId(text))
    .filter((parsed) => parsed.ok)
    .map(({ value }) => value.id);
}

const addresses = idsAmong(textOf(HEX, 40, 40).map((digits) => `0x${digits}`));
const keys = idsAmong(textOf(BASE58, 43, 43).map((rest) => `did:key:z6Mkp${rest}`));
const labels = idsAmong(textOf(LABEL, 1, 6));
const ids = fc.oneof(addresses, keys, labels);

test('codes of ids are in the order of the ids', () => {
  fc.assert(
    fc.property(ids, ids, (one, other) => {
      if (one < other) assert.ok(idCode(one) <= idCode(other), `${one} ${other}`);
    }),
    { numRuns: 20_000 },
  );
});

const between = (min: number, max: number) => fc.integer({ min, max });
const sizesUpTo = (max: number) => between(1, max).map((size) => -size);
const keysOf: readonly (readonly [Order, fc.Arbitrary<number>])[] = [
  [ORDER.uptime, fc.maxSafeNat()],
  [ORDER.cpu, sizesUpTo(LIMITS.cpuCoresMax)],
  [ORDER.memory, sizesUpTo(LIMITS.memoryGbMax)],
  [ORDER.storage, sizesUpTo(LIMITS.storageGbMax)],
];

test('hints are 32 bits, in the order of the places that they are hints of', () => {
  for (const [order, keysThere] of keysOf) {
    const places = fc.tuple(
      fc.oneof(
        keysThere,
        keysThere.map((key) => key - (key % 7)),
      ),
      between(0, 2 ** 31 - 1),
    );
    fc.assert(
      fc.property(places, places, ([key, code], [otherKey, otherCode]) => {
        const hint = hintOf(order, key, code);
        const otherHint = hintOf(order, otherKey, otherCode);
        assert.ok(Number.isInteger(hint) && hint >= 0 && hint < 2 ** 32);
        const isBefore = key < otherKey || (key === otherKey && code <= otherCode);
        assert.ok(isBefore ? hint <= otherHint : hint >= otherHint);
      }),
      { numRuns: 2_000 },
    );
  }
});
