import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  formatCountdown,
  formatGb,
  formatMoment,
  formatUsd,
  formatUsdHourly,
  formatUsdRound,
  withLocalMoments,
} from '#src/words/formats.js';

describe('an amount is written so that', () => {
  it('none is too long for its column, up to the largest that is on the wire', () => {
    const largest = 1_024 * 1e6 + 65_536 * 1e6 + 10_000_000 * 1e6;
    for (const format of [formatUsd, formatUsdHourly, formatUsdRound]) {
      for (let amount = 1e-9; amount <= largest; amount *= 7) {
        assert.ok(format(amount).length <= 10, format(amount));
      }
    }
    for (let gb = 1; gb <= 10_000_000; gb = gb * 3 + 1) {
      assert.ok(formatGb(gb).length <= 12, formatGb(gb));
    }
  });

  it('nothing that costs something looks as if it cost nothing', () => {
    for (const amount of [1e-9, 0.00001, 0.004, 0.02, 0.5]) {
      assert.doesNotMatch(formatUsd(amount), /^\$0\.0*$/, String(amount));
    }
    assert.equal(formatUsd(0), '$0.00');
    assert.equal(formatUsd(0.72), '$0.72');
    assert.equal(formatUsd(0.032), '$0.032');
  });

  it('a countdown has hours only where there are any', () => {
    assert.equal(formatCountdown(247_000), '4:07');
    assert.equal(formatCountdown(3_600_000), '1:00:00');
    assert.equal(formatCountdown(3_847_000), '1:04:07');
    assert.equal(formatCountdown(-5), '0:00');
  });

  it('moments in what a hub says are in the zone of the viewer', () => {
    const at = '2026-03-01T12:00:00.250Z';
    const told = withLocalMoments(`It is listed, until ${at} at least.`);
    assert.equal(told, `It is listed, until ${formatMoment(Date.parse(at))} at least.`);
    const impossible = '2026-99-01T12:00:00Z';
    assert.equal(withLocalMoments(impossible), impossible);
  });
});
