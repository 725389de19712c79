import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { textWidth } from '#src/command/rendering/text-width.js';
import { COMMANDS } from '#src/command/commands.js';
import { EXIT_CODES } from '#src/command/exit-codes.js';
import { run } from './command-run.js';

const NAMES = [
  'find',
  'wait-for',
  'explain',
  'get',
  'status',
  'stats',
  'info',
  'keygen',
  'advertise',
  'withdraw',
  'simulate',
  'completion',
];

describe('golem-discovery', () => {
  it('shows what can be done when it is told nothing, with every exit code', async () => {
    const { code, out, err } = await run([]);
    assert.equal(code, 0);
    assert.equal(err, '');
    for (const { code: exit, meaning } of Object.values(EXIT_CODES)) {
      assert.match(out.replaceAll(/\s+/g, ' '), new RegExp(`${exit} ${meaning}`));
    }
    for (const name of NAMES) assert.match(out, new RegExp(`^  ${name}`, 'm'));
    assert.equal(NAMES.length, COMMANDS.length);
  });

  for (const name of NAMES) {
    it(`explains ${name}, with examples, in 80 columns`, async () => {
      const { code, out } = await run([name, '--help']);
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^Usage: golem-discovery ${name}`));
      assert.match(out, /^Examples:\n  # .*\n  (source <\()?golem-discovery /m);
      for (const line of out.split('\n')) {
        if (!line.startsWith('  golem-discovery')) assert.ok(textWidth(line) <= 80, line);
      }
      assert.equal((await run(['help', name])).out, out);
    });
  }

  it('says of --hub what the command does with several', async () => {
    for (const name of ['advertise', 'withdraw', 'simulate']) {
      const { out } = await run([name, '--help']);
      assert.match(out.replaceAll(/\s+/g, ' '), /--hub <url> the hub, or several.*each is told/);
    }
    const { out } = await run(['find', '--help']);
    assert.match(out.replaceAll(/\s+/g, ' '), /--hub <url> the hub; of several.*the next is asked/);
  });

  it('says which version it is', async () => {
    const manifest = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
    const { out } = await run(['--version']);
    assert.ok(manifest.includes(`"version": "${out.trim()}"`));
  });

  it('ends with 2 for a command that does not exist, and says which was meant', async () => {
    for (const words of [['fnd'], ['help', 'fnd']]) {
      const { code, out, err } = await run(words);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.equal(
        err,
        "error: unknown command 'fnd'\n(Did you mean find?)\nTry: golem-discovery --help\n",
      );
    }
  });

  it('says of a variable that was mistyped that nobody reads it, and nothing of others', async () => {
    const mistyped = {
      GOLEM_DISCOVERY_NETWROK: 'testnet',
      GOLEM_DISCOVERY_HUB: 'http://192.0.2.1:7465',
      GOLEM_DISCOVERY_PORT: '9001',
      GOLEM_DISCOVERY_KEY: 'a.key',
      GOLEM_DISCOVERY_URLS: '',
    };
    const { code, err } = await run(['--version'], mistyped);
    assert.equal(code, 0);
    assert.deepEqual(err.trimEnd().split('\n'), [
      'GOLEM_DISCOVERY_NETWROK is read by nobody; did you mean GOLEM_DISCOVERY_NETWORK?',
      'GOLEM_DISCOVERY_HUB is read by nobody; did you mean GOLEM_DISCOVERY_URL?',
    ]);
  });

  it('ends quietly when nobody reads any more', async () => {
    const { execFile } = await import('node:child_process');
    const command = new URL('../../../bin/golem-discovery.js', import.meta.url).pathname;
    const script = `"${process.execPath}" "${command}" completion zsh | true`;
    const err = await new Promise<string>((resolve) => {
      execFile('sh', ['-c', script], (_error, _out, text) => resolve(text));
    });
    assert.equal(err, '');
  });
});
