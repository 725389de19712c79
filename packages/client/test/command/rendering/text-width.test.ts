import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { padText, shortenText, textWidth } from '#src/command/rendering/text-width.js';

const WIDTHS: readonly (readonly [string, number])[] = [
  ['', 0],
  ['plain text', 10],
  ['Zürich', 6],
  ['Zu\u0308rich', 6],
  ['日本', 4],
  ['한국 서울', 9],
  ['ｆｕｌｌ', 8],
  ['ﾊﾝｶｸ', 4],
  ['🚀', 2],
  ['👍🏽', 2],
  ['🇸🇪', 2],
  ['Ελλάδα', 6],
  ['नमस्ते', 3],
  ['e\u0301\u0302\u0303', 1],
  ['é日🚀', 5],
];

describe('the width of a text', () => {
  for (const [text, width] of WIDTHS) {
    it(`is ${width} for ${JSON.stringify(text)}`, () => assert.equal(textWidth(text), width));
  }

  it('is kept by shortening, which never cuts through a character', () => {
    assert.equal(shortenText('Zu\u0308rich', 4), 'Zu\u0308r…');
    assert.equal(shortenText('日本国', 6), '日本国');
    assert.equal(shortenText('日本国', 5), '日本…');
    assert.equal(shortenText('日本国', 4), '日…');
    assert.equal(shortenText('two words', 5), 'two…');
    assert.equal(shortenText('anything', 1), '…');
    assert.equal(shortenText('anything', 0), '');
  });

  it('is what padding fills up to', () => {
    assert.equal(padText('日本', 6), '日本  ');
    assert.equal(padText('8', 3, 'right'), '  8');
    assert.equal(padText('longer', 3), 'longer');
  });

  it('never exceeds what a text was shortened to', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 0, max: 20 }),
        (text, width) => {
          assert.ok(textWidth(shortenText(text, width)) <= width);
        },
      ),
    );
  });
});
