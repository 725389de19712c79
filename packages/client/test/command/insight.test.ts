import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { textWidth } from '#src/command/rendering/text-width.js';
import { DiscoveryClient } from '#src/index.js';
import { type HubProcess, startHub } from '../hub-process.js';
import { createNumberedSigner, listMany } from '../listed-providers.js';
import { run } from './command-run.js';
import { startScriptedHub } from './scripted-hub.js';

const STRANGER = `0x${'1'.repeat(40)}`;
const RESOURCES = { cpu: 1, memory: 1, storage: 1 };

describe('golem-discovery explain, status and stats', () => {
  let hub: HubProcess;
  let there: Readonly<Record<string, string>>;
  before(async () => {
    hub = await startHub();
    await listMany(hub.url, 24);
    there = { GOLEM_DISCOVERY_URL: hub.url };
  });
  after(() => hub.end());

  it('explains in a table what each requirement rules out, who is near, and what to try', async () => {
    const { code, out, err } = await run(['explain', '--cpu', '500', '--country', 'SE'], there);
    assert.equal(code, 0);
    assert.match(
      out,
      /^None of the 24 that are listed matches\. Ask for \d+ cores instead of 500/m,
    );
    assert.match(out, /^REQUIREMENT +RULES_OUT +ALONE +WITHOUT_IT$/m);
    assert.match(out, /^--cpu 500 +24 +\d+ +\d+$/m);
    assert.match(out, /has \d+ cores?, not 500$/m);
    assert.ok(!/[█\u001B]/u.test(out), 'no bars and no colours in a pipe');
    const words = /^Try: golem-discovery (.*)$/m.exec(err)?.[1]?.split(' ') ?? [];
    assert.equal((await run(words, there)).code, 0);
  });

  it('draws bars where people look', async () => {
    const wide = { ...there, COLUMNS: '100', FORCE_COLOR: '1' };
    const { out } = await run(['explain', '--cpu', '500'], wide);
    assert.match(stripVTControlCharacters(out), /^--cpu 500 +█{16} +24/m);
    const stats = stripVTControlCharacters((await run(['stats'], wide)).out);
    assert.match(stats, /^providers +24, 100% of them verified$/m);
    assert.match(stats, /^SE Sweden +\d+ +█+/m);
    assert.match(stats, /^arrived +█ 24 in this hour$/m);
    for (const line of stats.split('\n')) assert.ok(textWidth(line) <= 100, line);
  });

  it('tells a provider that it is listed, and ends with 0', async () => {
    const { providerId } = createNumberedSigner(2);
    const { code, out } = await run(['status', providerId], there);
    assert.equal(code, 0);
    assert.match(out, /^state +✓ listed$/m);
    assert.match(out, /^listed +for <1m, renewed <1m ago, its lease lasts another \d+ s$/m);
    assert.match(out, /^price +\$\S+ a month for all of it$/m);
    assert.equal(out.match(/number \d+ of \d+ in /g)?.length, 1);
  });

  it('tells a provider that it is not listed and what to do, and ends with 1', async () => {
    const { code, out, err } = await run(['status', STRANGER], there);
    assert.deepEqual([code, err], [1, '']);
    assert.match(out, /^state +✗ unknown$/m);
    assert.match(out, /on the network mainnet and under exactly this id/);
  });

  it('prints what the SDK returns with --json', async () => {
    const client = new DiscoveryClient({ hubs: hub.url });
    const explained = await run(['explain', '--memory', '60000', '--json'], there);
    assert.deepEqual(JSON.parse(explained.out), await client.explain({ memory: 60_000 }));
    const stats = await run(['stats', '--json'], there);
    assert.deepEqual(JSON.parse(stats.out), await client.stats());
    const { provider_id, state } = await client.status(STRANGER);
    const status: unknown = JSON.parse((await run(['status', STRANGER, '--json'], there)).out);
    assert.ok(typeof status === 'object' && status !== null && 'state' in status);
    assert.deepEqual([status.state, provider_id], [state, STRANGER]);
  });

  it('ends with 2 for what can’t be asked', async () => {
    for (const words of [
      ['explain', '--cpu', '0'],
      ['status', '0x1'],
      ['status'],
      ['stats', 'x'],
      // It would mean nothing to them: they neither sign nor check.
      ...['info', 'stats', 'explain', 'status'].map((name) => [name, '--network', 'testnet']),
    ]) {
      assert.equal((await run(words, there)).code, 2, words.join(' '));
    }
  });

  it('shows nothing of a hub that moves the cursor, and believes no other shape', async (t) => {
    const evil = 'a\u001B[2J\nb';
    const lying = await startScriptedHub((_method, { pathname }) => {
      if (pathname.endsWith('/stats')) return { body: { providers: 1 } };
      if (pathname.endsWith('/status')) {
        return { body: { provider_id: evil, state: evil, message: evil } };
      }
      const missing = [{ requirement: evil, shortfall: 1, message: evil }];
      const near = { provider_id: evil, country: evil, resources: RESOURCES, verified: true };
      const effect = { rules_out: 1, rules_out_alone: 1, matching_without: 1 };
      const nearest = [{ ...near, shortfall: 1, missing }];
      const relaxation = { requirement: evil, asked: evil, change: 1, message: evil, query: evil };
      const requirements = [{ ...effect, requirement: evil, asked: evil }];
      return { body: { message: evil, listed: 1, matching: 0, requirements, nearest, relaxation } };
    });
    t.after(() => lying.close());
    const from = ['--hub', lying.url];
    const wide = { COLUMNS: '100' };
    for (const words of [['explain'], ['status', STRANGER]]) {
      const { out, err } = await run([...words, ...from], wide);
      assert.ok(!(out + err).includes('\u001B'), out + err);
    }
    const { code, err } = await run(['stats', ...from]);
    assert.equal(code, 3);
    assert.match(err, /UNREADABLE/);
  });
});
