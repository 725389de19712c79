import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { textWidth } from '#src/command/rendering/text-width.js';
import { type HubProcess, startHub } from '../hub-process.js';
import { createNumberedSigner, list, listMany, numberedBody } from '../listed-providers.js';
import { run } from './command-run.js';
import { startScriptedHub } from './scripted-hub.js';

const SHAPE = ['--cpu', '1', '--memory', '2', '--storage', '20'];

describe('golem-discovery find', () => {
  let hub: HubProcess;
  let there: Readonly<Record<string, string>>;

  before(async () => {
    hub = await startHub();
    await listMany(hub.url, 24);
    await list(hub.url, createNumberedSigner(99), {
      ...numberedBody(99),
      country: 'GB',
      provider_name: '日本クラウド e\u0301🚀',
    });
    there = { GOLEM_DISCOVERY_URL: hub.url };
  });

  after(() => hub.end());

  it('shows twenty providers, says how many there are, and ends with 0', async () => {
    const { code, out, err } = await run(['find'], there);
    assert.equal(code, 0);
    assert.equal(out.trimEnd().split('\n').length, 21);
    assert.match(
      err,
      /^20 of 25 providers, longest listed first\. ✓ signed by its provider, says the hub\.$/m,
    );
    assert.match(err, /^--all shows the rest\.$/m);
    assert.match(err, /^Prices are for all that is offered; for a shape give --cpu/m);
  });

  it('has the same columns in every pipe, whole values in them, and the provider first', async () => {
    const { out } = await run(['find', ...SHAPE, '--sort', 'price', '--limit', '3'], there);
    const [header = '', ...rows] = out.trimEnd().split('\n');
    assert.deepEqual(header.split(/ +/), [
      'PROVIDER',
      'ADDRESS',
      'COUNTRY',
      'CPU',
      'MEMORY_GB',
      'STORAGE_GB',
      'PLATFORM',
      'USD_PER_MONTH',
      'USD_PER_HOUR',
      'VERIFIED',
      'AGE_SECONDS',
      'NAME',
    ]);
    const prices = rows.map((row) => Number(row.split(/ +/)[7]));
    assert.deepEqual(
      prices,
      prices.toSorted((a, b) => a - b),
    );
    assert.match(out, new RegExp(`^${createNumberedSigner(2).providerId} `, 'm'));
    assert.ok(!out.includes('\u001B'), 'no colours');
  });

  for (const columns of [80, 140]) {
    it(`fits ${columns} columns, wide characters measured`, async () => {
      const args = ['find', ...SHAPE, '--all'];
      const { out } = await run(args, { ...there, COLUMNS: String(columns), FORCE_COLOR: '1' });
      const lines = stripVTControlCharacters(out).trimEnd().split('\n');
      assert.equal(lines.length, 26);
      for (const line of lines) assert.ok(textWidth(line) <= columns, line);
      assert.match(lines[0] ?? '', /COUNTRY +CPU +MEMORY +STORAGE +\$\/MONTH +\$\/HOUR +AGE/);
      const briton = lines.find((line) => line.includes('GB United K'));
      assert.match(
        briton ?? '',
        columns === 140 ? /日本クラウド e\u0301🚀$/u : /^✓ {2}GB United King/u,
      );
      assert.match(out, /\u001B\[32m✓/u);
    });
  }

  it('keeps the columns of a name aligned, whatever it is written in', async () => {
    const { out } = await run(['find', '--all'], { ...there, COLUMNS: '140' });
    const [header = '', ...rows] = out.trimEnd().split('\n');
    const at = header.indexOf('NAME');
    for (const row of rows.filter((line) => / Rack | 日/u.test(line))) {
      assert.equal(textWidth(row.slice(0, row.search(/Rack|日/u))), at);
    }
  });

  it('wants no colours where NO_COLOR is set', async () => {
    const { out } = await run(['find'], { ...there, NO_COLOR: '1', FORCE_COLOR: '1' });
    assert.ok(!out.includes('\u001B'));
  });

  it('prints a JSON array with --json, and nothing else', async () => {
    const { code, out, err } = await run(['find', '--json', '--country', 'se', ...SHAPE], there);
    assert.equal(code, 0);
    assert.equal(err, '');
    const answer: unknown = JSON.parse(out);
    assert.ok(Array.isArray(answer));
    assert.equal(answer.length, 8);
    assert.match(out, /"usd_per_month"/);
  });

  it('shows all with --all, over all pages', async () => {
    const { out } = await run(['find', '--all', '--json'], there);
    const answer: unknown = JSON.parse(out);
    assert.ok(Array.isArray(answer));
    assert.equal(answer.length, 25);
  });

  it('checks every answer with --verify, and says so', async () => {
    const { code, out, err } = await run(['find', '--verify', '--country', 'SE'], there);
    assert.equal(code, 0);
    assert.equal(out.trimEnd().split('\n').length, 9);
    assert.match(err, /✓ checked here against what its provider signed/);
  });

  it('ends with 5 when what the hub says does not hold, and shows none of it', async () => {
    const { code, out, err } = await run(['find', '--verify', '--network', 'testnet'], there);
    assert.equal(code, 5);
    assert.equal(out, '');
    assert.match(err, /^left out 0x[0-9a-f]{40}: /m);
    assert.equal(err.match(/^left out /gm)?.length, 5);
    assert.match(err, /^error: 25 advertisements do not hold, .*\nIs --network the network/m);
  });

  it('ends with 1 when nothing matches, and says what to ask for instead', async () => {
    const { code, out, err } = await run(['find', '--cpu', '500', '--country', 'DE'], there);
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(err, /^No provider that is listed at http:\S+ has --cpu 500 --country DE\.$/m);
    assert.match(err, /^Why: golem-discovery explain --cpu 500 --country DE$/m);
  });

  it('suggests a question that has an answer', async () => {
    const { err } = await run(['find', ...SHAPE, '--max-price', '0.5'], there);
    assert.match(err, /^Pay up to \$\S+ a month instead of \$0\.5, and something matches\.$/m);
    const words = /^Try: golem-discovery (find .*)$/m.exec(err)?.[1]?.split(' ') ?? [];
    const { code } = await run(words, there);
    assert.equal(code, 0, words.join(' '));
  });

  it('says that several must be relaxed where one is not enough', async () => {
    const { code, out, err } = await run(
      ['find', '--cpu', '500', '--platform', 'z80', '--json'],
      there,
    );
    assert.equal(code, 1);
    assert.equal(out, '[]\n');
    assert.match(err, /^25 listed, but no change of one requirement is enough: .* misses 2\.$/m);
  });

  const wrong: readonly (readonly [words: readonly string[], message: RegExp])[] = [
    [['--cpu', '0'], /^error: --cpu must be an integer from 1 to 1,024/m],
    [['--sort', 'price'], /^error: --sort price needs cpu, memory and storage/m],
    [['--sort', 'prize'], /^error: option '--sort <order>' argument 'prize' is invalid\. Allowed/m],
    [['--country', 'ZZ'], /^error: --country must be one or several ISO 3166-1/m],
    [['--max-price', '10'], /^error: --max-price needs cpu, memory and storage/m],
    [['--limit', '0'], /^error: --limit must be a whole number from 1 to 999,999/m],
    [['--limit', '5', '--all'], /^error: option '--all' cannot be used with option '--limit/m],
    [['--cpus', '4'], /^error: unknown option '--cpus'\n\(Did you mean --cpu\?\)/m],
    [['--hub', 'localhost'], /^error: --hub: "localhost" is not the URL of a hub/m],
    [['--network', 'Main Net'], /^error: --network must be 1 to 32 of a-z, 0-9 and -/m],
    [['four'], /^error: too many arguments for 'find'/m],
  ];
  for (const [words, message] of wrong) {
    it(`ends with 2 for ${words.join(' ')}, and says what would be right`, async () => {
      const { code, out, err } = await run(['find', ...words], there);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, message);
      assert.match(err, /^Try: golem-discovery find --help$/m);
    });
  }

  it('names the variable where that is what was wrong', async () => {
    const hubs = { GOLEM_DISCOVERY_URL: 'localhost' };
    assert.match(
      (await run(['find'], hubs)).err,
      /^error: GOLEM_DISCOVERY_URL: "localhost" is not/m,
    );
    const network = { ...there, GOLEM_DISCOVERY_NETWORK: 'Main Net' };
    assert.match((await run(['find'], network)).err, /^error: GOLEM_DISCOVERY_NETWORK must be 1/m);
  });

  it('says that a hub does not speak https, and offers no second one', async () => {
    const { code, err } = await run(['find', '--hub', hub.url.replace('http:', 'https:')]);
    assert.equal(code, 3);
    assert.match(err, /it does not speak https; is its URL one with http\?/);
    assert.doesNotMatch(err, /golem-discovery-server/);
  });

  it('goes on with the next hub when the first is away', async () => {
    const gone = await startScriptedHub(() => ({ body: [] }));
    await gone.close();
    const { code } = await run(['find', '--hub', `${gone.url},${hub.url}`]);
    assert.equal(code, 0);
  });
});

describe('golem-discovery find, with a hub that is not one', () => {
  it('ends with 3 when nothing answers, and says where it looked and how to start a hub', async () => {
    const gone = await startScriptedHub(() => ({ body: [] }));
    await gone.close();
    const { code, out, err } = await run(['find', '--hub', gone.url]);
    assert.equal(code, 3);
    assert.equal(out, '');
    assert.match(err, new RegExp(`^error: UNREACHABLE: ${gone.url} can't be reached`, 'm'));
    assert.match(err, /^Start one with: golem-discovery-server$/m);
  });

  it('advises nobody to start a hub that is elsewhere, or whose proxy answers', async (t) => {
    const proxy = await startScriptedHub(() => ({ status: 503, body: 'busy' }));
    t.after(() => proxy.close());
    for (const url of [proxy.url, 'http://hub.invalid:7465']) {
      const { code, err } = await run(['stats', '--hub', url]);
      assert.equal(code, 3);
      assert.match(
        err,
        /^error: UNREACHABLE: .*\nName another with --hub or GOLEM_DISCOVERY_URL\.$/m,
      );
      assert.ok(!err.includes('Start one'), err);
    }
  });

  it('ends with 3 when something else answers', async () => {
    const other = await startScriptedHub(() => ({ body: { welcome: 'to nginx' } }));
    const { code, err } = await run(['find', '--hub', other.url]);
    await other.close();
    assert.equal(code, 3);
    assert.match(err, /^error: UNREADABLE: .*is this the URL of a hub/m);
  });

  it('ends with 4 when the hub refuses, and says when to come back', async () => {
    const refusing = await startScriptedHub(() => ({
      status: 400,
      body: {
        code: 'ADV_002',
        message: 'not \u001B[31macceptable',
        timestamp: '2026-01-01T00:00:00Z',
      },
    }));
    const { code, err } = await run(['find', '--hub', refusing.url]);
    await refusing.close();
    assert.equal(code, 4);
    assert.match(err, /^error: ADV_002: not �\[31macceptable$/mu);
  });

  it('shows nothing that a terminal would obey, whatever the hub says', async () => {
    const evil = '\u001B]0;owned\u0007\u009B2J\r\nroot\u202E\u0000';
    const hostile = await startScriptedHub(() => ({
      headers: { 'X-Total-Count': '1' },
      body: [
        {
          provider_id: evil,
          ip_address: evil,
          country: evil,
          platform: evil,
          provider_name: evil.repeat(1_000),
          resources: { cpu: 1e300, memory: -1, storage: 0.5 },
          pricing: {},
          created_at: '2026-01-01T00:00:00Z',
          updated_at: '2026-01-01T00:00:00Z',
          expires_at: '2026-01-01T00:00:00Z',
          verified: true,
        },
      ],
    }));
    for (const words of [
      ['find'],
      ['find', '--json'],
      ['get', '0x4a62316623ad457f02cdc5d997ded67a383ec569'],
    ]) {
      for (const env of [{}, { COLUMNS: '80' }]) {
        const { out, err } = await run([...words, '--hub', hostile.url], env);
        assert.doesNotMatch((out + err).replaceAll('\n', ''), /[\p{C}\p{Zl}\p{Zp}]/u, words[0]);
        assert.doesNotMatch(out, /^root/m);
        assert.ok(out.length < 60_000, 'no value fills the screen');
        if (env.COLUMNS !== undefined && words.length === 1) {
          for (const line of out.split('\n')) assert.ok(textWidth(line) <= 80, line);
        }
      }
    }
    await hostile.close();
  });
});
