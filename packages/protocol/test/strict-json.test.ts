import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { LIMITS, parseStrictJson } from 'golem-vm-discovery-protocol';
import { accepted, refused, utf8 } from './expecting.js';

/** Keys that are few, so that they meet, and that look like structure. */
const keys = fc.constantFrom('a', 'b', '', '1', '"', '\\', '\\"', ':', '{"a":1,"a":2}', '[', 'é');
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    keys,
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** Writes every object with one more member, which repeats the key of an earlier one. */
function writeDoubled(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeDoubled).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${writeDoubled(member)}`,
  );
  return `{${[...members, ...members.slice(0, 1)].join()}}`;
}

function nested(depth: number): Uint8Array {
  return utf8('[{"a":'.repeat(depth / 2) + '1' + '}]'.repeat(depth / 2));
}

describe('parseStrictJson', () => {
  it('reads what JSON.stringify writes, with or without spaces', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0, 2), (value, spaces) => {
        const text = JSON.stringify(value, null, spaces);
        assert.deepEqual(accepted(parseStrictJson(utf8(text))), {
          value: JSON.parse(text) as unknown,
          text,
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses exactly the texts that double a key, at any depth', () => {
    fc.assert(
      fc.property(values, (value) => {
        const doubled = writeDoubled(value);
        assert.equal(parseStrictJson(utf8(doubled)).ok, doubled === JSON.stringify(value));
      }),
      { numRuns: 1_000 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const result = parseStrictJson(bytes);
        if (!result.ok) assert.equal(result.problem.code, 'REQ_001');
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps every byte in its text', () => {
    const bytes = utf8('{"name":"räksmörgås 🦐\u2028","n":1.0}');
    assert.deepEqual(utf8(accepted(parseStrictJson(bytes)).text), bytes);
  });

  it('nests as deep as the limit, and not one deeper', () => {
    accepted(parseStrictJson(nested(LIMITS.bodyDepthMax)));
    assert.match(
      refused(parseStrictJson(nested(LIMITS.bodyDepthMax + 2))).message,
      /nested deeper than 32/,
    );
  });

  it('says what is wrong and what to do', () => {
    const messages = {
      '': /is empty: send the advertisement as a JSON object/,
      '{"a":1,': /not valid JSON: send one JSON object/,
      '\uFEFF{}': /byte order mark: send UTF-8 without one/,
      '{"a":1,"a":1}': /names a key twice: name each key once/,
      '{"__proto__":1}': /key __proto__: leave it out/,
      '"\\u0000"': /NUL character: leave it out/,
      '"\\udc00"': /half of a surrogate pair: send whole characters/,
    };
    for (const [text, message] of Object.entries(messages)) {
      assert.match(refused(parseStrictJson(utf8(text))).message, message);
    }
  });

  it('reads hundreds of keys, and thousands of backslashes before quotes', () => {
    const manyKeys = `{${Array.from({ length: 900 }, (_, at) => `"${at}":1`).join()}}`;
    const backslashes = JSON.stringify({ a: '\\'.repeat(2_000), b: '\\"'.repeat(1_000) });
    for (const text of [manyKeys, backslashes]) accepted(parseStrictJson(utf8(text)));
  });
});
