import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createTemporaryFolder, runHub, startHub } from '../end-to-end/hub-process.js';
import { createEd25519Stranger } from '../end-to-end/strangers.js';
import { advertise, codeOf, find, get, withdraw } from '../end-to-end/wire-client.js';
import { type PostgresServer, startPostgres } from '../store/postgres-server.js';

const BODY = JSON.stringify({
  ip_address: '192.168.1.100',
  country: 'SE',
  resources: { cpu: 7, memory: 8, storage: 9 },
  pricing: { usd_per_core_month: 1.5 },
});

describe('moving a file into a database', () => {
  let server: PostgresServer;
  let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;

  before(async () => {
    server = await startPostgres();
    folder = await createTemporaryFolder();
  });

  after(async () => {
    await server.stop();
    await folder.remove();
  });

  it('loses no advertisement, no proof and no time, and refuses what is held or not empty', async () => {
    const file = `sqlite:///${join(folder.path, 'discovery.db')}`;
    const url = await server.createDatabase();
    const migrate = () => runHub(folder.path, {}, ['migrate', '--from', file, '--to', url]);
    const old = await startHub(folder.path, { DISCOVERY_DB_URL: file });
    const strangers = Array.from({ length: 120 }, createEd25519Stranger);
    for (const stranger of strangers) await advertise(old.url, stranger, BODY, Date.now());
    const [gone] = strangers;
    assert.ok(gone);
    const t = Date.now();
    await withdraw(old.url, gone, t);
    const { body } = await find(old.url, 'limit=100&proof=true');
    const held = await migrate();
    assert.equal(held.code, 1);
    assert.match(held.output, /in use by another process/u);
    await old.end('SIGTERM');

    const moved = await migrate();
    assert.equal(moved.code, 0, moved.output);
    assert.match(moved.output, /moving 119 advertisements and 1 memories/u);
    const hub = await startHub(folder.path, { DISCOVERY_DB_URL: url });
    try {
      assert.deepEqual((await find(hub.url, 'limit=100&proof=true')).body, body);
      const replay = await advertise(hub.url, gone, BODY, t - 1);
      assert.equal(codeOf(replay), 'ADV_005');
      assert.equal((await get(hub.url, gone.canonicalId)).status, 404);
    } finally {
      await hub.end('SIGTERM');
    }
    const again = await migrate();
    assert.equal(again.code, 1);
    assert.match(again.output, /not empty \(120 providers\)/u);
    assert.doesNotMatch(again.output, /secret/u);
  });

  it('says what it needs', async () => {
    for (const words of [
      ['migrate'],
      ['migrate', '--from', 'sqlite:///a.db'],
      ['migrate', '--form=x'],
    ]) {
      const { code, output } = await runHub(folder.path, {}, words);
      assert.equal(code, 2);
      assert.match(output, /--from <url> and --to <url>/u);
    }
    const words = ['migrate', '--from', 'postgresql://hub:secret@db/x', '--to', 'sqlite:///a.db'];
    const { code, output } = await runHub(folder.path, {}, words);
    assert.equal(code, 1);
    assert.match(output, /--from must be a file: there is no way .* starts empty/u);
    assert.doesNotMatch(output, /secret/u);
  });

  it('makes no file of a name that was mistyped, and names the flag that is wrong', async () => {
    const to = 'postgresql://hub:secret@127.0.0.1:1/x';
    const migrate = (from: string) =>
      runHub(folder.path, {}, ['migrate', '--from', `sqlite:///${from}`, '--to', to]);
    const mistyped = await migrate('dicsovery.db');
    assert.deepEqual(mistyped, {
      code: 1,
      output: 'there is no file dicsovery.db: give another --from',
    });
    assert.ok(!existsSync(join(folder.path, 'dicsovery.db')));
    await writeFile(join(folder.path, 'notes.txt'), 'not a database');
    const python = new Database(join(folder.path, 'python.db'));
    python.exec('CREATE TABLE advertisements (provider_id VARCHAR NOT NULL PRIMARY KEY)');
    python.close();
    assert.match((await migrate('python.db')).output, /is the file of the Python hub/u);
    assert.ok(existsSync(join(folder.path, 'python.db')));
    await writeFile(join(folder.path, 'empty.db'), '');
    assert.match((await migrate('empty.db')).output, /is empty: give another --from/u);
    assert.match((await migrate('notes.txt')).output, /give another --from/u);
    const hub = await startHub(folder.path, { DISCOVERY_DB_URL: 'sqlite:///small.db' });
    await hub.end('SIGTERM');
    assert.match((await migrate('small.db')).output, /host and port in --to /u);
  });
});
