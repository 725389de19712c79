import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DiscoveryClient } from '#src/discovery-client.js';
import { type HubProcess, startHub } from '../hub-process.js';
import { run, start } from './command-run.js';
import { startScriptedHub } from './scripted-hub.js';

describe('golem-discovery simulate', () => {
  let hub: HubProcess;
  let client: DiscoveryClient;

  before(async () => {
    hub = await startHub();
    client = new DiscoveryClient({ hubs: hub.url });
  });

  after(() => hub.end());

  it('fills a hub with providers whose every word is proven, and leaves it as it was', async () => {
    const running = start(['simulate', '--providers', '30', '--hub', hub.url]);
    await running.printed(/^30 providers at http/m);
    const listed = await client.find({ verify: true }).toArray();
    assert.equal(listed.length, 30);
    assert.ok(new Set(listed.map(({ country }) => country)).size > 3, 'several countries');
    assert.ok(listed.some(({ provider_id }) => provider_id.startsWith('did:')));
    assert.ok(listed.some(({ provider_id }) => provider_id.startsWith('0x')));
    await running.printed(/^(?:changed|left|came) /m);
    running.child.kill('SIGINT');
    const { code, out, err } = await running.ended;
    assert.equal(code, 0);
    assert.equal(out, '');
    assert.match(err, /^All \d+ have withdrawn: the hub is as it was\.$/m);
    assert.ok(!err.includes('\r') && !err.includes('\u001B'), 'no progress bar in a pipe');
    assert.equal(await client.find().count(), 0);
  });

  it('ends by itself after --for seconds', async () => {
    const { code } = await run(['simulate', '--providers', '2', '--for', '1', '--hub', hub.url]);
    assert.equal(code, 0);
    assert.equal(await client.find().count(), 0);
  });

  it('keeps to the pace of a hub that holds it back, and says which setting lifts it', async () => {
    const strict = await startHub({ DISCOVERY_RATE_LIMIT_PER_MINUTE: '10' });
    const running = start(['simulate', '--providers', '40', '--hub', strict.url]);
    await running.printed(/DISCOVERY_RATE_LIMIT_PER_MINUTE=0 golem-discovery-server/);
    assert.match(running.text(), /^Going on in \d+ s, at its pace\./m);
    running.child.kill('SIGINT');
    assert.equal((await running.ended).code, 0);
    await strict.end();
  });

  it('ends with 3 where no hub is, with 4 where it is refused, with 2 for a number that is none', async () => {
    const gone = await startScriptedHub(() => ({ body: [] }));
    await gone.close();
    assert.equal((await run(['simulate', '--hub', gone.url])).code, 3);
    assert.equal((await run(['simulate', '--hub', hub.url, '--network', 'testnet'])).code, 4);
    for (const words of [
      ['--providers', '1001'],
      ['--providers', '0'],
      ['--for', 'ever'],
    ]) {
      const { code, err } = await run(['simulate', ...words]);
      assert.equal(code, 2);
      assert.match(err, /^error: --(?:providers|for) must be a whole number/);
    }
  });

  it('does not fill a hub elsewhere by mistake', async () => {
    const env = { GOLEM_DISCOVERY_URL: 'http://hub.example:7465' };
    const { code, err } = await run(['simulate'], env);
    assert.equal(code, 2);
    assert.match(err, /^error: http:\/\/hub\.example:7465: that is not this machine/);
  });
});
