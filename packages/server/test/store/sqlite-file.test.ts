/** Which files are taken, which are refused, and what is made sure of before anything is promised. */
import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { brokenPromise } from '#src/store/sqlite/database-file.js';
import { openSqliteStore } from '#src/store/sqlite/sqlite-store.js';
import { makeSqlitePlace, clock, type SqlitePlace } from './sqlite-place.js';
import { View } from './view.js';
import { advertising, NOW, provider } from './writes.js';

/** The table as the Python hub makes it. */
const PYTHON_TABLE = `CREATE TABLE advertisements (
  provider_id VARCHAR NOT NULL PRIMARY KEY, ip_address VARCHAR NOT NULL, country VARCHAR NOT NULL,
  resources JSON NOT NULL, created_at DATETIME, updated_at DATETIME)`;

let place: SqlitePlace;
beforeEach(async () => {
  place = await makeSqlitePlace();
});
afterEach(() => place.remove());

function makeDatabase(...statements: string[]): void {
  const db = new Database(place.path);
  for (const statement of statements) db.exec(statement);
  db.close();
}

async function refusal(path = place.path): Promise<string> {
  const opened = await openSqliteStore({ path, listener: new View(), clock, busyTimeoutMs: 0 });
  return opened.ok ? opened.value.close().then(() => 'opened') : opened.problem;
}

describe('a file of the Python hub', () => {
  const insert = `INSERT INTO advertisements VALUES ('provider-1', '10.0.0.1', 'SE', '{}', NULL, NULL)`;

  it('is moved aside whole, under the first name that is free', async () => {
    for (const number of [0, 1]) {
      makeDatabase('PRAGMA journal_mode = WAL', PYTHON_TABLE, insert);
      const view = new View();
      const store = await place.open(view);
      const { notices } = await view.load(store);
      assert.match(
        notices.join(),
        new RegExp(`moved the file of the Python hub to .*\\.${number}`),
      );
      assert.equal(view.listings.size, 0);
      assert.equal((await store.advertise(advertising(provider(1)))).kind, 'listed');
      await store.close();
      const aside = new Database(`${place.path}.${number}`, { readonly: true });
      assert.equal(aside.prepare('SELECT count(*) FROM advertisements').pluck().get(), 1);
      aside.close();
      writeFileSync(place.path, '');
    }
  });

  it('stays where it is while somebody writes to it', async () => {
    makeDatabase(PYTHON_TABLE, insert);
    const python = new Database(place.path);
    python.exec('BEGIN IMMEDIATE');
    assert.match(await refusal(), /in use/);
    python.close();
    assert.equal(existsSync(`${place.path}.0`), false);
  });
});

describe('a file that is not the hub’s', () => {
  it('is refused and left as it is', async () => {
    for (const content of ['provider,ip\n', 'SQLite format 2\0 and more', '\0']) {
      writeFileSync(place.path, content);
      assert.match(await refusal(), /is not a database; the hub won't overwrite it: move it away/);
      assert.equal(readFileSync(place.path, 'latin1'), content);
    }
  });

  it('is refused where it is the database of another program', async () => {
    makeDatabase('CREATE TABLE songs (title TEXT)', 'PRAGMA user_version = 3');
    const before = readFileSync(place.path);
    assert.match(await refusal(), /is the database of another program/);
    assert.deepEqual(readFileSync(place.path), before);
  });

  it('is refused where a newer hub wrote it', async () => {
    const store = await place.open(new View());
    await store.close();
    makeDatabase('PRAGMA user_version = 99');
    assert.match(await refusal(), /newer version of the hub \(schema 99, this one knows \d+\)/);
  });

  it('is refused where it is a folder, or in a folder that does not exist', async () => {
    mkdirSync(place.path);
    assert.match(await refusal(), /is not a file/);
    assert.match(await refusal(join(dirname(place.path), 'none', 'x.db')), /check that its folder/);
  });
});

describe('an empty file', () => {
  it('is taken, and keeps the columns that the table always had', async () => {
    writeFileSync(place.path, '');
    const view = new View();
    const store = await place.open(view);
    await view.load(store);
    await store.advertise(advertising(provider(1)));
    await store.close();
    const db = new Database(place.path, { readonly: true });
    const select = `SELECT provider_id, ip_address, country, resources, created_at, updated_at FROM advertisements`;
    assert.deepEqual(db.prepare(select).get(), {
      provider_id: provider(1),
      ip_address: '203.0.113.10',
      country: 'SE',
      resources: '{"cpu":4,"memory":8,"storage":100}',
      created_at: new Date(NOW).toISOString(),
      updated_at: new Date(NOW).toISOString(),
    });
    db.close();
  });
});

describe('the promise of durability', () => {
  function connect(...pragmas: string[]): Database.Database {
    const db = new Database(place.path);
    for (const pragma of pragmas) db.pragma(pragma);
    db.exec('CREATE TABLE IF NOT EXISTS room (id)');
    return db;
  }

  it('is kept by a connection that syncs each commit and holds the file alone', () => {
    const db = connect('locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL');
    assert.equal(brokenPromise(db), undefined);
    db.close();
  });

  for (const [what, pragmas] of [
    ['synchronous', ['locking_mode = EXCLUSIVE', 'journal_mode = WAL']],
    ['journal_mode', ['locking_mode = EXCLUSIVE', 'synchronous = FULL']],
    ['locking_mode', ['journal_mode = WAL', 'synchronous = FULL']],
  ] as const) {
    it(`is not given where ${what} fell back`, () => {
      const db = connect(...pragmas);
      assert.match(brokenPromise(db) ?? '', new RegExp(`SQLite runs with ${what}=`));
      db.close();
    });
  }
});

describe('a store in memory', () => {
  it('does everything but survive', async () => {
    for (let round = 0; round < 2; round += 1) {
      const view = new View();
      const opened = await openSqliteStore({ path: ':memory:', listener: view, clock });
      assert.ok(opened.ok);
      await view.load(opened.value);
      assert.equal(view.listings.size, 0);
      assert.equal((await opened.value.advertise(advertising(provider(1)))).kind, 'listed');
      assert.equal(await opened.value.heartbeat(NOW), true);
      await opened.value.close();
    }
  });
});
