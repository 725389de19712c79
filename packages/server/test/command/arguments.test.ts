import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArguments } from '#src/command/arguments.js';
import { flagOf } from '#src/config/setting.js';
import { SETTING_LIST } from '#src/config/settings.js';

const parse = (...words: string[]) => parseArguments(words, '1.2.3');

test('without a command the hub is served, with no flags given', () => {
  assert.deepEqual(parse(), { kind: 'serve', flags: new Map() });
});

test('every setting has a flag, before and after the command', () => {
  for (const flag of SETTING_LIST.map(flagOf)) {
    const flags = new Map([[flag, 'x']]);
    assert.deepEqual(parse(flag, 'x'), { kind: 'serve', flags });
    assert.deepEqual(parse('config', `${flag}=x`), { kind: 'config', flags });
    assert.deepEqual(parse(`${flag}=x`, 'config'), { kind: 'config', flags });
  }
});

test('--debug alone is true', () => {
  assert.deepEqual(parse('--debug'), { kind: 'serve', flags: new Map([['--debug', 'true']]) });
});

test('help and version go to standard output and end well', () => {
  const help = parse('--help');
  assert.ok(help.kind === 'text' && help.exitCode === 0);
  for (const line of help.text.split('\n')) assert.ok(line.length < 80, line);
  assert.deepEqual(parse('--version'), { kind: 'text', text: '1.2.3\n', exitCode: 0 });
});

test('what is not understood ends with code 2, a reason and where to look', () => {
  for (const words of [['serve'], ['--prot', '1'], ['--port'], ['config', 'x'], ['-p', '1']]) {
    const asked = parse(...words);
    assert.ok(asked.kind === 'text' && asked.exitCode === 2, words.join(' '));
    assert.match(asked.text, /^error: .*\n(?:.*\n)*See --help\.\n$/);
  }
  const nearMiss = parse('--prot', '1');
  assert.ok(nearMiss.kind === 'text' && nearMiss.text.includes('--port'));
});
