import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStoreLocation } from '#src/config/store-location.js';
import { faultsOf } from './sources.js';

test('three slashes are a relative path, four an absolute one, and :memory: is no file', () => {
  const locations = {
    'sqlite:///discovery.db': { kind: 'sqlite', path: 'discovery.db' },
    'sqlite:///data/hub 1.db': { kind: 'sqlite', path: 'data/hub 1.db' },
    'sqlite:////var/lib/discovery.db': { kind: 'sqlite', path: '/var/lib/discovery.db' },
    'sqlite:///:memory:': { kind: 'sqlite_memory' },
  };
  for (const [url, value] of Object.entries(locations)) {
    assert.deepEqual(parseStoreLocation(url), { ok: true, value });
  }
});

test('what would be understood in part is refused', () => {
  const urls = ['', 'discovery.db', 'sqlite:', 'sqlite://', 'sqlite:///', 'sqlite://discovery.db'];
  urls.push('sqlite:////data/', 'sqlite:///a.db?mode=ro', 'sqlite:///a.db#x', 'sqlite:///a\nb');
  urls.push(
    'sqlite:///:memory:?cache=shared',
    'sqlite:///file:a.db',
    'SQLITE:///a.db',
    'mysql://x/y',
  );
  for (const url of urls) assert.equal(parseStoreLocation(url).ok, false, url);
});

test('a database is named by a URL, with several hosts for fail-over', () => {
  const urls = [
    'postgresql://hub:secret@db:5432/discovery',
    'postgres://hub@db/discovery',
    'postgresql://hub:p%40ss@db1:5432,db2:5433/discovery?sslmode=verify-full',
  ];
  for (const url of urls) {
    assert.deepEqual(parseStoreLocation(url), { ok: true, value: { kind: 'postgres', url } });
  }
});

test('a URL of a database that would be understood in part is refused', () => {
  const urls = ['postgresql://hub@db', 'postgresql://hub@db/', 'postgresql+asyncpg://hub@db/x'];
  urls.push('postgresql://hub:a/b@db/x', 'postgresql://hub:a#b@db/x', 'postgresql://db/x y');
  urls.push('postgresql://db/x?sslmode=yes', 'postgresql://db/x?statement_timeout=0');
  for (const url of urls) assert.equal(parseStoreLocation(url).ok, false, url);
});

test('a password in a URL is in no message, however the URL is malformed and wherever it was put', () => {
  const urls = [
    'postgresql://hub:Pa@Ss@PaSs@db/x',
    'postgresql://hub:PaSs',
    'postgres:/hub:a@PaSs@db',
  ];
  urls.push(
    'postgresql://hub:with space"PaSs@db',
    'hub:PaSs@db',
    'mysql://h:PaSs@d',
    'host=db password=PaSs',
  );
  urls.push(
    `postgresql://hub:PaSs${'x'.repeat(500)}@db`,
    'sqlite:///a.db?password=PaSs',
    'sqlite://u:PaSs@h/a.db',
  );
  for (const url of urls) {
    for (const variable of [
      'DISCOVERY_DB_URL',
      'DISCOVERY_NETWORK',
      'DISCOVERY_PORT',
      'DISCOVERY_DB',
    ]) {
      const faults = faultsOf({ [variable]: url }).join('\n');
      assert.notEqual(faults, '');
      assert.doesNotMatch(faults, /PaSs/, url);
    }
  }
});
