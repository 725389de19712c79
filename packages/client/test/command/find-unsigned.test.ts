import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startHub } from '../hub-process.js';
import { numberedBody } from '../listed-providers.js';
import { run } from './command-run.js';

describe('golem-discovery at a hub that lists who signs nothing', () => {
  it('says with --verify that nobody signed, and what shows them all the same', async () => {
    const hub = await startHub({ DISCOVERY_AUTH: 'optional' });
    try {
      const headers = {
        'Content-Type': 'application/json',
        'X-Provider-ID': 'provider-1',
        'X-Provider-Signature': 'signature',
      };
      const body = JSON.stringify(numberedBody(1));
      const url = `${hub.url}/api/v1/advertisements`;
      assert.equal((await fetch(url, { method: 'POST', headers, body })).status, 200);
      const there = { GOLEM_DISCOVERY_URL: hub.url };
      assert.match((await run(['info'], there)).out, /^listed +1 provider$/m);
      const { code, err } = await run(['find', '--verify'], there);
      assert.equal(code, 1);
      assert.match(err, /^No provider that is listed at \S+ has --verified\.$/m);
      const words = /^Try: golem-discovery (.*)$/m.exec(err)?.[1]?.split(' ') ?? [];
      assert.equal((await run(words, there)).code, 0);
    } finally {
      await hub.end();
    }
  });
});
