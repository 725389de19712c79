/** The command as a process of its own, as far as it goes without a hub. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../../bin/golem-discovery-server.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'golem-discovery-'));
after(() => rmSync(folder, { recursive: true }));

function run(words: readonly string[], env: Record<string, string> = {}, cwd = folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...words], {
    cwd,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('settings that are not accepted end with code 2 and one plain line each, without a stack', () => {
  const { status, stdout, stderr } = run([], { DISCOVERY_PORT: 'x', DISCOVERY_AUHT: 'optional' });
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.equal(
    stderr,
    'DISCOVERY_AUHT in the environment is not a setting; did you mean DISCOVERY_AUTH?\n' +
      'DISCOVERY_PORT is "x"; allowed: a whole number from 0 to 65535\n',
  );
});

test('config prints what is in force and where it came from, .env included', () => {
  const cwd = mkdtempSync(join(folder, 'with-env-'));
  writeFileSync(join(cwd, '.env'), 'DISCOVERY_NETWORK=testnet\nDISCOVERY_PORT=1\n');
  const { status, stdout, stderr } = run(['config'], { DISCOVERY_PORT: '2' }, cwd);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  assert.match(stdout, /^DISCOVERY_NETWORK=testnet {2}# DISCOVERY_NETWORK in \.env$/m);
  assert.match(stdout, /^DISCOVERY_PORT=2 {2}# DISCOVERY_PORT$/m);
  assert.match(stdout, /^DISCOVERY_AUTH=required {2}# default$/m);
});

test('a .env that cannot be read refuses the start', () => {
  const cwd = mkdtempSync(join(folder, 'unreadable-'));
  mkdirSync(join(cwd, '.env'));
  const { status, stderr } = run(['config'], {}, cwd);
  assert.equal(status, 2);
  assert.match(stderr, /^\.env in the working directory cannot be read \(EISDIR\)\n$/);
});

test('faults of the command line, the environment and .env are told all at once', () => {
  const cwd = mkdtempSync(join(folder, 'faulty-'));
  writeFileSync(join(cwd, '.env'), 'DISCOVERY_AUTH optional\n');
  const words = ['--port', 'abc', '--prot', '1'];
  const { status, stderr } = run(words, { DISCOVERY_RATELIMIT: '5' }, cwd);
  assert.equal(status, 2);
  assert.deepEqual(stderr.trimEnd().split('\n'), [
    '--prot is not a flag; did you mean --port?',
    'DISCOVERY_RATELIMIT in the environment is not a setting; did you mean DISCOVERY_RATE_LIMIT_PER_MINUTE?',
    'line 1 of .env is not NAME=VALUE: DISCOVERY_AUTH needs a = and nothing else before its value',
    '--port is "abc"; allowed: a whole number from 0 to 65535',
  ]);
});

test('the version is that of the package', () => {
  assert.match(run(['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
});
