import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SETTING_LIST } from '#src/config/settings.js';
import { faultsOf, read } from './sources.js';

test('without any setting every default of the design is in force', () => {
  const outcome = read({});
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.value.config, {
    host: '0.0.0.0',
    port: 7465,
    debug: false,
    store: { kind: 'sqlite', path: 'discovery.db' },
    rateLimitPerMinute: 100,
    cleanupIntervalMs: 60_000,
    ttlMs: 300_000,
    maxAdvertisements: 1_000_000,
    maxWatches: 10_000,
    maxWatchesPerAddress: 100,
    auth: 'required',
    network: 'mainnet',
    ipPolicy: 'any',
    trustedProxies: [],
    metricsPort: undefined,
  });
});

test('a flag overrides a variable, a variable overrides .env, and .env overrides the default', () => {
  const dotenv =
    'DISCOVERY_PORT=1\nDISCOVERY_NETWORK=from-file\nDISCOVERY_AUTH=optional\nOTHER=x\n';
  const env = { DISCOVERY_PORT: '2', DISCOVERY_NETWORK: 'from-env', PATH: '/bin' };
  const outcome = read({ dotenv, env, flags: new Map([['--port', '3']]) });
  assert.ok(outcome.ok);
  const { port, network, auth, ipPolicy } = outcome.value.config;
  assert.deepEqual(
    { port, network, auth, ipPolicy },
    {
      port: 3,
      network: 'from-env',
      auth: 'optional',
      ipPolicy: 'any',
    },
  );
  assert.deepEqual(
    outcome.value.given.filter(({ origin }) => origin !== 'default').map(({ origin }) => origin),
    ['--port', 'DISCOVERY_AUTH in .env', 'DISCOVERY_NETWORK'],
  );
});

test('every fault is told at once, each with its variable, what was given and what is allowed', () => {
  const faults = faultsOf({
    DISCOVERY_PORT: '65536',
    DISCOVERY_AUTH: 'maybe',
    DISCOVERY_NETWROK: 'testnet',
    DISCOVERY_DEBUG: 'yes',
  });
  assert.deepEqual(faults, [
    'DISCOVERY_NETWROK in the environment is not a setting; did you mean DISCOVERY_NETWORK?',
    'DISCOVERY_PORT is "65536"; allowed: a whole number from 0 to 65535',
    'DISCOVERY_AUTH is "maybe"; allowed: required or optional',
    'DISCOVERY_DEBUG is "yes"; allowed: true or false (or 1 or 0)',
  ]);
});

test('each bound of each number is accepted, and one past it is refused', () => {
  const bounds: Record<string, [number, number]> = {
    DISCOVERY_PORT: [0, 65_535],
    DISCOVERY_RATE_LIMIT_PER_MINUTE: [0, 1_000_000],
    DISCOVERY_CLEANUP_INTERVAL_SECONDS: [1, 3_600],
    DISCOVERY_ADVERTISEMENT_TTL_SECONDS: [1, 86_400],
    DISCOVERY_MAX_ADVERTISEMENTS: [1, 10_000_000],
    DISCOVERY_METRICS_PORT: [0, 65_535],
  };
  for (const [variable, [least, most]] of Object.entries(bounds)) {
    for (const inside of [least, most]) assert.deepEqual(faultsOf({ [variable]: `${inside}` }), []);
    for (const outside of [least - 1, most + 1]) {
      assert.equal(faultsOf({ [variable]: `${outside}` }).length, 1, `${variable}=${outside}`);
    }
  }
});

test('a number is plain decimal digits and nothing else', () => {
  for (const spelling of [
    '',
    ' 1',
    '1 ',
    '+1',
    '-1',
    '01',
    '1.0',
    '1e2',
    '0x10',
    '1_0',
    '١',
    'NaN',
  ]) {
    assert.equal(faultsOf({ DISCOVERY_CLEANUP_INTERVAL_SECONDS: spelling }).length, 1, spelling);
  }
});

test('a boolean is true, false, 1 or 0, in lower case', () => {
  for (const [text, debug] of [
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ] as const) {
    const outcome = read({ env: { DISCOVERY_DEBUG: text } });
    assert.ok(outcome.ok);
    assert.equal(outcome.value.config.debug, debug);
  }
  for (const text of ['', 'TRUE', 'yes', 'on', '2']) {
    assert.equal(faultsOf({ DISCOVERY_DEBUG: text }).length, 1);
  }
});

test('an empty value is a fault, save where empty has a meaning', () => {
  for (const { variable } of SETTING_LIST) {
    const meant = ['DISCOVERY_TRUSTED_PROXIES', 'DISCOVERY_METRICS_PORT'].includes(variable);
    assert.equal(faultsOf({ [variable]: '' }).length, meant ? 0 : 1, variable);
  }
});

test('the metrics page is off by default, and cannot have the port of the hub', () => {
  const outcome = read({ env: { DISCOVERY_METRICS_PORT: 'off' } });
  assert.ok(outcome.ok);
  assert.equal(outcome.value.config.metricsPort, undefined);
  assert.deepEqual(faultsOf({ DISCOVERY_METRICS_PORT: '7465' }), [
    'DISCOVERY_METRICS_PORT is the port of DISCOVERY_PORT: give it another',
  ]);
  assert.deepEqual(faultsOf({ DISCOVERY_METRICS_PORT: '0', DISCOVERY_PORT: '0' }), []);
});

test('trusted proxies are addresses and CIDRs, of either family, and at most 64', () => {
  const outcome = read({
    env: { DISCOVERY_TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::/32,127.0.0.1' },
  });
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.value.config.trustedProxies, [
    '10.0.0.0/8',
    '2001:db8::/32',
    '127.0.0.1',
  ]);
  const most = Array.from({ length: 64 }, () => '10.0.0.1').join(',');
  assert.deepEqual(faultsOf({ DISCOVERY_TRUSTED_PROXIES: most }), []);
  for (const wrong of [
    '*',
    'proxy',
    '10.1',
    '10.0.0.1,',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    'fe80::1%eth0',
    '::/129',
    `${most},10.0.0.1`,
  ]) {
    assert.equal(faultsOf({ DISCOVERY_TRUSTED_PROXIES: wrong }).length, 1, wrong);
  }
});

test('a host is an address or a name', () => {
  for (const host of ['::', '127.0.0.1', 'localhost', 'hub-1.example']) {
    assert.deepEqual(faultsOf({ DISCOVERY_HOST: host }), []);
  }
  for (const host of ['a b', 'http://x', '127.0.0.1:80', '[::1]', 'a'.repeat(254)]) {
    assert.equal(faultsOf({ DISCOVERY_HOST: host }).length, 1, host);
  }
});

test('a variable that does not exist is a fault, also in .env, and its value is not shown', () => {
  const outcome = read({ dotenv: 'DISCOVERY_DATABASE_PASSWORD=hunter2\n' });
  assert.ok(!outcome.ok);
  assert.deepEqual(outcome.problem, [
    'DISCOVERY_DATABASE_PASSWORD in .env is not a setting; see --help for those there are',
  ]);
});

test('a near miss is named', () => {
  const near = {
    DISCOVERY_PROT: 'DISCOVERY_PORT',
    DISCOVERY_TTL_SECONDS: 'DISCOVERY_ADVERTISEMENT_TTL_SECONDS',
    DISCOVERY_CLEANUP_INTERVAL: 'DISCOVERY_CLEANUP_INTERVAL_SECONDS',
    DISCOVERY_RATE_LIMIT: 'DISCOVERY_RATE_LIMIT_PER_MINUTE',
    DISCOVERY_DATABASE_URL: 'DISCOVERY_DB_URL',
    discovery_port: 'DISCOVERY_PORT',
  };
  for (const [given, meant] of Object.entries(near)) {
    assert.deepEqual(faultsOf({ [given]: '1' }), [
      `${given} in the environment is not a setting; did you mean ${meant}?`,
    ]);
  }
});

test('what all names begin with is no likeness', () => {
  assert.deepEqual(faultsOf({ DISCOVERY_TLL: '1' }), [
    'DISCOVERY_TLL in the environment is not a setting; see --help for those there are',
  ]);
});

test('a setting of the Python hub is named with its successor, unless that is given too', () => {
  const env = { GOLEM_DISCOVERY_PORT: '9001', GOLEM_DISCOVERY_URL: 'http://127.0.0.1:7465' };
  const outcome = read({ env, dotenv: 'GOLEM_DISCOVERY_DATABASE_NAME=old.db\n' });
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.value.notices, [
    'GOLEM_DISCOVERY_PORT is a setting of the Python hub and has no effect here: DISCOVERY_PORT is what it is called now',
    'GOLEM_DISCOVERY_DATABASE_NAME is a setting of the Python hub and has no effect here: DISCOVERY_DB_URL is what it is called now',
  ]);
  const both = read({ env: { ...env, DISCOVERY_PORT: '9001' } });
  assert.deepEqual(both.ok && both.value.notices, []);
});

test('a name or a value that tries to break the line is shown escaped', () => {
  const [unknown] = faultsOf({ 'DISCOVERY_\n\u001b[2J\u009b': 'x' });
  const [malformed] = faultsOf({ DISCOVERY_NETWORK: 'a\r\n\u001b[31mok\u2028' });
  for (const line of [unknown, malformed]) assert.match(line ?? '', /^[\u0020-\u007e]+$/);
});

test('a value of more than 500 characters is counted, not shown', () => {
  assert.match(faultsOf({ DISCOVERY_NETWORK: 'x'.repeat(500) }).join(), /x{500}/);
  assert.match(faultsOf({ DISCOVERY_NETWORK: 'x'.repeat(501) }).join(), /is 501 characters; /);
});
