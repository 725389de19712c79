import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { neutralJson, neutralLines, neutralText } from '#src/command/rendering/neutral-text.js';

const HOSTILE: readonly (readonly [what: string, text: string, shown: string])[] = [
  ['a colour', '\u001B[31mred', '�[31mred'],
  ['an escape of one character', '\u009B2Jgone', '�2Jgone'],
  ['a forged line', 'a\r\nb', 'a��b'],
  ['a line separator', 'a\u2028b', 'a�b'],
  ['a right-to-left override', 'a\u202Eb', 'a�b'],
  ['an isolate', '\u2066a\u2069', '�a�'],
  ['a zero-width joiner', 'a\u200Db', 'a�b'],
  ['a backspace', 'ab\b', 'ab�'],
  ['half a character', 'a\uD800', 'a�'],
  ['an invisible letter', '\u3164', '�'],
  ['a private use character', '\uE0B0', '�'],
  ['spaces of every width', 'a\u2003b\u00A0c', 'a b c'],
  ['a choice of emoji or text', '☁\uFE0F', '☁'],
];

describe('text from elsewhere', () => {
  for (const [what, text, shown] of HOSTILE) {
    it(`cannot do harm by ${what}`, () => assert.equal(neutralText(text), shown));
  }

  it('is left alone where there is nothing to fear', () => {
    const harmless = 'Zürich & 日本 🚀 "½" <b> \\ e\u0301';
    assert.equal(neutralText(harmless), harmless);
  });

  it('keeps its lines where lines are wanted', () => {
    assert.equal(neutralLines('one\n\u001Btwo'), 'one\n�two');
  });

  it('is printable JSON of the same meaning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = neutralJson({ text });
        assert.deepEqual(JSON.parse(json), { text });
        assert.match(json.replaceAll('\n', ''), /^[^\p{C}\p{Zl}\p{Zp}]*$/u);
      }),
    );
  });

  it('has nothing left that moves a cursor, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.match(neutralText(text), /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u);
      }),
    );
  });
});
