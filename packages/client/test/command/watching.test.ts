import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type HubProcess, startHub } from '../hub-process.js';
import { listMany } from '../listed-providers.js';
import { run, start } from './command-run.js';

describe('golem-discovery wait-for and find --watch', () => {
  let hub: HubProcess;
  let there: Readonly<Record<string, string>>;
  before(async () => {
    hub = await startHub();
    there = { GOLEM_DISCOVERY_URL: hub.url };
  });
  after(() => hub.end());

  it('wait for the first match, and print what comes, until they are stopped', async () => {
    const waiting = start(['wait-for', '--cpu', '1', '--json'], there);
    const watching = start(['find', '--watch'], there);
    const timedOut = await run(['wait-for', '--cpu', '1024', '--timeout', '1'], there);
    assert.equal(timedOut.code, 1);
    assert.match(timedOut.err, /Nothing matched within 1 s\. Why not: golem-discovery explain/);
    await listMany(hub.url, 3);
    const found = await waiting.ended;
    assert.equal(found.code, 0);
    assert.match(found.out, /^\{\n {2}"provider_id": "/);
    await watching.printed(/^advertised (?:\S+ ){11}/mu);
    watching.child.kill('SIGINT');
    assert.equal((await watching.ended).code, 0);
  });

  it('show at once what is listed already', async () => {
    const { code, out } = await run(['wait-for'], there);
    assert.equal(code, 0);
    assert.match(out, /^PROVIDER /);
  });

  it('say what is wrong with how they were called', async () => {
    const odd = await run(['wait-for', '--timeout', 'soon'], there);
    assert.deepEqual([odd.code, odd.out], [2, '']);
    assert.equal((await run(['find', '--watch', '--sort', 'price'], there)).code, 2);
  });
});
