import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DiscoveryClient } from '#src/discovery-client.js';
import { type HubProcess, startHub } from '../hub-process.js';
import { run, start } from './command-run.js';
import { startScriptedHub } from './scripted-hub.js';

/** An address of examples, so that no test depends on where it runs. */
const OFFER = ['--country', 'se', '--ip', '192.0.2.7', '--memory', '8', '--storage', '40'];

describe('golem-discovery advertise', () => {
  let hub: HubProcess;
  let client: DiscoveryClient;
  let folder: string;
  let there: Readonly<Record<string, string>>;

  before(async () => {
    hub = await startHub();
    client = new DiscoveryClient({ hubs: hub.url });
    folder = await mkdtemp(join(tmpdir(), 'golem-discovery-'));
    there = { GOLEM_DISCOVERY_URL: hub.url, HOME: folder };
  });

  after(async () => {
    await hub.end();
    await rm(folder, { recursive: true });
  });

  it('lists this machine until Ctrl-C, and withdraws it then', async () => {
    const words = ['advertise', ...OFFER, '--label', 'Rack 7', '--usd-per-core', '4'];
    const prices = ['--usd-per-gb-memory', '2', '--usd-per-gb-storage', '0.1'];
    const running = start([...words, ...prices], there);
    await running.printed(/listed at http/);
    const [listed] = await client.find({ verify: true }).toArray();
    assert.equal(listed?.provider_name, 'Rack 7');
    assert.equal(listed.country, 'SE');
    assert.equal(listed.ip_address, '192.0.2.7');
    assert.deepEqual(listed.resources, { cpu: availableParallelism(), memory: 8, storage: 40 });
    assert.deepEqual(listed.pricing, {
      usd_per_core_month: 4,
      usd_per_gb_ram_month: 2,
      usd_per_gb_storage_month: 0.1,
    });
    running.child.kill('SIGINT');
    const { code, out, err } = await running.ended;
    assert.equal(code, 0);
    assert.match(out, /^20\d\d-\S+Z {2}listed at http\S+ until /m);
    assert.match(out, /^20\d\d-\S+Z {2}withdrawn from http/m);
    assert.match(err, /^A key was made for this provider: .*provider\.key$/m);
    assert.match(err, /^provider {2}did:key:z6Mk/m);
    assert.ok(!out.includes('\u001B') && !err.includes('\u001B'), 'no colours, no rewriting');
    assert.equal(await client.find().count(), 0);
  });

  it('lists for one lease with --once, and withdraw takes it back', async () => {
    const once = await run(['advertise', ...OFFER, '--once'], there);
    assert.equal(once.code, 0);
    assert.match(once.out, /^listed at http\S+ until \S+Z\n$/);
    assert.match(
      once.err,
      /^192\.0\.2\.7 is not a public address; --ip names one that everybody reaches\.$/m,
    );
    assert.match(once.err, /^Without all three prices in dollars you come last/m);
    assert.equal(await client.find().count(), 1);
    const withdrawn = await run(['withdraw'], there);
    assert.equal(withdrawn.code, 0);
    assert.match(withdrawn.out, /^withdrawn from http/);
    assert.equal(await client.find().count(), 0);
  });

  it('has nothing to withdraw for a key that was never listed: ends with 1', async () => {
    const key = join(folder, 'new.key');
    await run(['keygen', '--key', key]);
    const { code, err } = await run(['withdraw', '--key', key], there);
    assert.equal(code, 1);
    assert.match(err, /^There was nothing to withdraw\.$/m);
  });

  it('is found by get, in detail and as JSON, and get ends with 1 when it is gone', async () => {
    await run(['advertise', ...OFFER, '--once', '--label', 'Räck'], there);
    const [found] = await client.find().toArray();
    const provider_id = found?.provider_id ?? '';
    const { code, out } = await run(['get', provider_id, '--verify'], there);
    assert.equal(code, 0);
    assert.match(out, /^name {6}Räck$/m);
    assert.match(out, /^country {3}SE Sweden$/m);
    assert.match(out, /^offers {4}\d+ cores?, 8 GB of memory, 40 GB of storage$/m);
    assert.match(out, /^signed {4}✓ <1m ago, checked here$/m);
    const json = await run(['get', provider_id, '--verify', '--json'], there);
    assert.match(json.out, /"proof": \{\n {4}"signature": "t=\d{13},v1=/);
    await run(['withdraw'], there);
    const gone = await run(['get', provider_id], there);
    assert.equal(gone.code, 1);
    assert.match(gone.err, /^ADV_004: no such advertisement is listed$/m);
    const shortened = await run(['get', '0x4a62…c569'], there);
    assert.equal(shortened.code, 2);
    assert.match(shortened.err, /^error: Ids with … are shortened for the eye\./);
    const malformed = await run(['get', '0x12'], there);
    assert.equal(malformed.code, 2);
    assert.match(malformed.err, /^error: "0x12" is not an Ethereum address/);
  });

  it('detects what is free here', async () => {
    const { err } = await run(['advertise', '--country', 'SE', '--once', '--memory', '1'], there);
    assert.match(err, /^offers {4}\d+ cores?, 1 GB of memory, [\d,.]+ [GT]B of storage$/m);
    assert.match(err, /^address {3}[\d.]+|[\da-f:]+$/m);
    await run(['withdraw'], there);
  });

  const wrong: readonly (readonly [words: readonly string[], message: RegExp])[] = [
    [[], /^error: --country is needed: where is this machine\?/],
    [['--country', 'Sweden'], /^error: --country must be an ISO 3166-1 alpha-2 country code/],
    [[...OFFER, '--cpu', 'four'], /^error: --cpu must be an integer from 1 to 1,024/],
    [[...OFFER, '--cpu', '0'], /^error: --cpu must be an integer from 1 to 1,024/],
    [[...OFFER, '--ip', 'rack7.example'], /^error: --ip must be an IPv4 or IPv6 unicast address/],
    [[...OFFER, '--label', '\u202E'], /^error: --label must be 1 to 64 printable characters/],
    [[...OFFER, '--usd-per-core', '-1'], /^error: --usd-per-core must be a number from 0/],
    [[...OFFER, '--storage-in', '/nowhere'], /^error: --storage-in: there is no folder/],
    [[...OFFER, '--memroy', '8'], /^error: unknown option '--memroy'\n\(Did you mean --memory\?\)/],
  ];
  for (const [words, message] of wrong) {
    it(`ends with 2 for "${words.slice(-2).join(' ')}", and says what would be right`, async () => {
      const { code, out, err } = await run(['advertise', ...words], there);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, message);
      assert.match(err, /^Try: golem-discovery advertise --help$/m);
    });
  }

  it('ends with 4 when the hub refuses for good, and says what to look at', async () => {
    const { code, err } = await run(['advertise', ...OFFER, '--network', 'testnet'], there);
    assert.equal(code, 4);
    assert.match(
      err,
      /^error: AUTH_001: this was signed for the network testnet, and the hub is of mainnet/m,
    );
    assert.match(err, /^The network is named with --network or GOLEM_DISCOVERY_NETWORK/m);
  });

  it('waits for a hub that is not there yet, says so, and lists itself when it comes', async () => {
    const later = await startScriptedHub(() => ({ body: [] }));
    await later.close();
    const env = { ...there, GOLEM_DISCOVERY_URL: later.url };
    const running = start(['advertise', ...OFFER], env);
    await running.printed(/can't be reached.*\nStart one with: golem-discovery-server$/m);
    const hubThere = await startHub({ DISCOVERY_PORT: new URL(later.url).port });
    await running.printed(/ {2}listed at http/);
    running.child.kill('SIGTERM');
    assert.equal((await running.ended).code, 0);
    await hubThere.end();
  });

  it('ends with 3 when the hub is gone before it could withdraw', async () => {
    const mortal = await startHub();
    const running = start(['advertise', ...OFFER], { ...there, GOLEM_DISCOVERY_URL: mortal.url });
    await running.printed(/ {2}listed at http/);
    await mortal.end();
    running.child.kill('SIGINT');
    const { code, err } = await running.ended;
    assert.equal(code, 3);
    assert.match(err, /^error: Still listed at http\S+, until the lease ends by itself\.$/m);
  });

  it('ends at once when it is interrupted twice', async () => {
    const mortal = await startHub();
    const running = start(['advertise', ...OFFER], { ...there, GOLEM_DISCOVERY_URL: mortal.url });
    await running.printed(/ {2}listed at http/);
    await mortal.end();
    running.child.kill('SIGINT');
    await running.printed(/can't be reached/);
    running.child.kill('SIGINT');
    assert.equal((await running.ended).code, 130);
  });

  it('with --once ends with 3 when no hub answers', async () => {
    const gone = await startScriptedHub(() => ({ body: [] }));
    await gone.close();
    const { code, err } = await run(['advertise', ...OFFER, '--once', '--hub', gone.url], there);
    assert.equal(code, 3);
    assert.match(err, /^error: UNREACHABLE: /m);
    const withdrawn = await run(['withdraw', '--hub', gone.url], there);
    assert.equal(withdrawn.code, 3);
    assert.equal((withdrawn.out + withdrawn.err).match(/can't be reached/g)?.length, 1);
  });
});
