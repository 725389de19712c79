import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDatabaseUrl } from '#src/config/database-address.js';

const PLAIN = {
  hosts: [{ host: 'db', port: 5_432 }],
  database: 'discovery',
  user: '',
  password: '',
  sslMode: 'disable',
};

test('the URL of a database says where it is, who asks, and how', () => {
  const addresses = {
    'postgresql://db/discovery': PLAIN,
    'postgres://hub:p%40ss%25@db/discovery': { ...PLAIN, user: 'hub', password: 'p@ss%' },
    'postgresql://hub:@db:6000/discovery': {
      ...PLAIN,
      user: 'hub',
      hosts: [{ host: 'db', port: 6_000 }],
    },
    'postgresql://[2001:db8::1]:6000,[::1],db/discovery?sslmode=verify-full': {
      ...PLAIN,
      hosts: [
        { host: '2001:db8::1', port: 6_000 },
        { host: '::1', port: 5_432 },
        { host: 'db', port: 5_432 },
      ],
      sslMode: 'verify-full',
    },
    'postgresql://hub@%2Fvar%2Frun%2Fpostgresql/discovery': {
      ...PLAIN,
      user: 'hub',
      hosts: [{ host: '/var/run/postgresql', port: 5_432 }],
    },
  };
  for (const [url, value] of Object.entries(addresses)) {
    assert.deepEqual(parseDatabaseUrl(url), { ok: true, value }, url);
  }
});

test('what would be taken for something else is refused, and not quoted', () => {
  const refused = {
    'postgresql://hub:PaSs@2001:db8::1/x': /IPv6 in brackets/u,
    'postgresql://hub:PaSs@[2001:db8::zz]/x': /IPv6 in brackets/u,
    'postgresql://hub:PaSs@db:0/x': /host/u,
    'postgresql://hub:PaSs@db:65536/x': /host/u,
    'postgresql://hub:PaSs@db,/x': /host/u,
    'postgresql://hub:PaSs%zz@db/x': /%25/u,
    'postgresql://hub:PaSs@db/x?sslmode=maybe': /sslmode/u,
    'postgresql://hub:PaSs@db/x?sslmode=require&sslmode=disable': /sslmode/u,
    'postgresql://hub:PaSs@db/x?host=/tmp': /sslmode/u,
  };
  for (const [url, why] of Object.entries(refused)) {
    const read = parseDatabaseUrl(url);
    assert.ok(!read.ok, url);
    assert.match(read.problem, why, url);
    assert.doesNotMatch(read.problem, /PaSs/u);
  }
});
