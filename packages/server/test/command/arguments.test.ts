import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArguments } from '#src/command/arguments.js';
import { flagOf } from '#src/config/setting.js';
import { SETTING_LIST } from '#src/config/settings.js';

const parse = (...words: string[]) => parseArguments(words, '1.2.3');

test('without a command the hub is served, with no flags given', () => {
  assert.deepEqual(parse(), { kind: 'serve', flags: new Map(), faults: [] });
});

test('every setting has a flag, before and after the command', () => {
  for (const flag of SETTING_LIST.map(flagOf)) {
    const flags = new Map([[flag, 'x']]);
    assert.deepEqual(parse(flag, 'x'), { kind: 'serve', flags, faults: [] });
    assert.deepEqual(parse('config', `${flag}=x`), { kind: 'config', flags, faults: [] });
    assert.deepEqual(parse(`${flag}=x`, 'config'), { kind: 'config', flags, faults: [] });
  }
});

test('--debug alone is true, in front of a flag or a command too', () => {
  const flags = new Map([['--debug', 'true']]);
  assert.deepEqual(parse('--debug'), { kind: 'serve', flags, faults: [] });
  assert.deepEqual(parse('--debug', 'config'), { kind: 'config', flags, faults: [] });
  assert.deepEqual(parse('--debug', '0'), {
    kind: 'serve',
    flags: new Map([['--debug', '0']]),
    faults: [],
  });
});

test('help and version are text, whatever else is said', () => {
  const help = parse('--prot', '--help');
  assert.ok(help.kind === 'text');
  for (const line of help.text.split('\n')) assert.ok(line.length < 80, line);
  assert.deepEqual(parse('--version'), { kind: 'text', text: '1.2.3\n' });
});

test('everything that is not understood is a fault, each with where to look', () => {
  const asked = parse(
    'serve',
    '--prot',
    '1',
    '--ratelimit=5',
    '--database-url=x',
    '--x',
    '--auth',
    '--port',
    '7',
  );
  assert.deepEqual(asked, {
    kind: 'serve',
    flags: new Map([['--port', '7']]),
    faults: [
      '"serve" is not a command; see --help',
      '--prot is not a flag; did you mean --port?',
      '--ratelimit is not a flag; did you mean --rate-limit-per-minute?',
      '--database-url is not a flag; did you mean --db-url?',
      '--x is not a flag; see --help',
      '--auth needs a value',
    ],
  });
  for (const words of [['-p', '1'], ['--port'], ['config', 'x'], ['config', 'config'], ['']]) {
    const { faults } = { faults: [], ...parse(...words) };
    assert.equal(faults.length, 1, words.join(' '));
  }
});

test('a flag without a value does not take the next flag for one', () => {
  const asked = parse('--auth', '--port', '7');
  assert.ok('flags' in asked);
  assert.deepEqual(
    [asked.flags, asked.faults],
    [new Map([['--port', '7']]), ['--auth needs a value']],
  );
});
