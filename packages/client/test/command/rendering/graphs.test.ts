import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barText, sparkText } from '#src/command/rendering/graphs.js';

void test('a bar is as long as its share, and never empty for what is not nothing', () => {
  const bars = [0, 0.001, 0.5, 0.53, 1, 7].map((share) => barText(share, 8));
  assert.deepEqual(bars, ['', '▏', '████', '████▎', '████████', '████████']);
});

void test('a sparkline is as high as its amounts, with the greatest as high as can be', () => {
  assert.equal(sparkText([0, 1, 4, 8]), ' ▁▄█');
  assert.equal(sparkText([0, 0]), '  ');
  assert.equal(sparkText([]), '');
});
