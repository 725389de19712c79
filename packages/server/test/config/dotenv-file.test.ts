import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDotenvFile } from '#src/config/dotenv-file.js';

test('assignments, comments, blank lines and values of several lines are read', () => {
  const text = [
    '# a comment',
    '',
    '  export DISCOVERY_PORT = 1 # why',
    'DISCOVERY_AUTH="optional" # so',
    "OTHER='one",
    'A=1',
    "two'\r",
    'DISCOVERY_NETWORK=',
  ].join('\n');
  assert.deepEqual(readDotenvFile(text), {
    faults: [],
    variables: {
      DISCOVERY_PORT: '1',
      DISCOVERY_AUTH: 'optional',
      OTHER: 'one\nA=1\ntwo',
      DISCOVERY_NETWORK: '',
    },
  });
  assert.deepEqual(readDotenvFile(undefined), { faults: [], variables: {} });
});

test('every line that is no assignment is a fault with its number, and its value is not shown', () => {
  const text =
    'DISCOVERY_AUTH optional\nA=1\nDISCOVERY_AUTH: optional\nbroken line\n=x\nDISCOVERY AUTH=s3cret\nB=1\rC=2\n\ufeffD=1';
  const advice = ': DISCOVERY_AUTH needs a = and nothing else before its value';
  assert.deepEqual(readDotenvFile(text).faults, [
    `line 1 of .env is not NAME=VALUE${advice}`,
    `line 3 of .env is not NAME=VALUE${advice}`,
    ...[4, 5, 6, 7, 8].map((line) => `line ${line} of .env is not NAME=VALUE`),
  ]);
});

test('a name that is given twice and quotes that do not fit are faults', () => {
  assert.deepEqual(readDotenvFile('A=1\nB=2\nA=1').faults, [
    'A is given twice in .env, in lines 1 and 3',
  ]);
  for (const text of ['A="x', 'A="x" y', 'A="x\nB="y"']) {
    assert.match(
      readDotenvFile(text).faults.join(),
      /^line 1 of \.env gives A a value whose quotes/,
    );
  }
});
