import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './command-run.js';
import { startScriptedHub } from './scripted-hub.js';

test('when to come back is said once, by the hub or by the command', async (t) => {
  const timestamp = '2026-01-01T00:00:00.000Z';
  for (const message of ['too many reads; try again in 60 s', 'too many reads']) {
    const hub = await startScriptedHub(() => ({
      status: 429,
      headers: { 'Retry-After': '60' },
      body: { code: 'RATE_001', message, timestamp },
    }));
    t.after(() => hub.close());
    const { code, err } = await run(['find', '--hub', hub.url]);
    assert.equal(code, 4);
    assert.equal(err.match(/try again in 60 s/gi)?.length, 1);
  }
});
