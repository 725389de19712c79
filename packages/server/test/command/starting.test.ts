import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import postgres from 'postgres';
import { createTemporaryFolder, startHub } from '../end-to-end/hub-process.js';
import { createEd25519Stranger } from '../end-to-end/strangers.js';
import { advertise, find } from '../end-to-end/wire-client.js';
import { type PostgresServer, startPostgres } from '../store/postgres-server.js';

const BODY = JSON.stringify({
  ip_address: '192.168.1.100',
  country: 'SE',
  resources: { cpu: 7, memory: 8, storage: 9 },
});

describe('starting on a database', () => {
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

  it('begins again where the connection is lost while everything is read', async () => {
    const url = await server.createDatabase();
    const settings = { DISCOVERY_DB_URL: url };
    const first = await startHub(folder.path, settings);
    await advertise(first.url, createEd25519Stranger(), BODY, Date.now());
    await first.end('SIGTERM');

    const operator = postgres(url, { max: 2, onnotice: () => undefined });
    let isCut = false;
    // Whoever reads everything has to wait for this table.
    const locked = operator.begin(async (sql) => {
      await sql`LOCK TABLE golem_discovery.history IN ACCESS EXCLUSIVE MODE`;
      while (!isCut) {
        const cut = await operator`
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'golem-discovery snapshot' AND wait_event_type = 'Lock'`;
        isCut = cut.length > 0;
      }
    });
    const second = await startHub(folder.path, settings);
    try {
      await locked;
      assert.match(second.output(), /could not be read: .*; beginning again/u);
      const { body } = await find(second.url, '');
      assert.ok(Array.isArray(body) && body.length === 1);
    } finally {
      await second.end('SIGTERM');
      await operator.end();
    }
  });
});
