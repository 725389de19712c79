import { strict as assert } from 'node:assert';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import postgres from 'postgres';
import { MIGRATIONS } from '#src/store/postgres/migrations.js';
import { type PostgresServer, startPostgres } from './postgres-server.js';
import { type StoreNode, StoreNodes } from './store-nodes.js';
import { advertising, provider, withdrawing } from './writes.js';

const ALICE = provider(1);
const BOB = provider(2);

describe('the stores of several nodes on one database', () => {
  let server: PostgresServer;
  let url: string;
  let nodes: StoreNodes;

  before(async () => {
    server = await startPostgres();
  });

  after(() => server.stop());

  beforeEach(async () => {
    url = await server.createDatabase();
    nodes = new StoreNodes(server, url);
  });

  afterEach(() => nodes.close());

  const start = (): Promise<StoreNode> => nodes.start();
  const ask = (text: string) => nodes.ask(text);
  const agree = (): boolean => nodes.agree();
  const until = (holds: () => boolean | Promise<boolean>): Promise<void> => nodes.until(holds);

  const now = (): number => Date.now();

  it('say at once everywhere what one of them took', async () => {
    const [a, b, c] = [await start(), await start(), await start()];
    await a.store.advertise(advertising(ALICE, { t: now() }));
    await b.store.advertise(advertising(BOB, { t: now() }));
    await until(agree);
    assert.deepEqual([...c.view.listings.keys()].toSorted(), [ALICE, BOB]);
    assert.equal(c.view.position.revision, 2);
  });

  it('have one keeper, and another when it leaves', async () => {
    const [a, b] = [await start(), await start()];
    await a.store.advertise(advertising(ALICE, { t: now() }));
    await until(agree);
    const expiration = [{ providerId: ALICE, grant: 1 }];
    assert.equal(await b.store.expire(expiration, now()), false);
    await a.store.close();
    await until(() => b.store.expire(expiration, now()));
    assert.equal(b.view.listings.size, 0);
  });

  it('hand a lease over with what is left of it, and a full one after all were away', async () => {
    const a = await start();
    await a.store.advertise(advertising(ALICE, { t: now() }));
    await ask('UPDATE golem_discovery.feed SET lease_ms = lease_ms + 200000');
    const b = await start();
    const left = b.view.remaining.get(ALICE) ?? 0;
    assert.ok(left <= 100_000 && left > 90_000, String(left));
    await Promise.all([a.store.close(), b.store.close()]);
    const c = await start();
    assert.ok((c.view.remaining.get(ALICE) ?? 0) > 299_000);
    await c.store.close();
    await ask('UPDATE golem_discovery.feed SET ticked_ms = ticked_ms - 900001');
    const d = await start();
    assert.equal(d.view.remaining.get(ALICE), 0);
  });

  it('do not count the time in which nobody could write', async () => {
    const a = await start();
    await a.store.heartbeat(now());
    const beforeMs = a.store.shared?.leaseMs() ?? 0;
    await ask('UPDATE golem_discovery.feed SET ticked_ms = ticked_ms - 60000');
    await a.store.heartbeat(now());
    await until(() => (a.store.shared?.leaseMs() ?? 0) > beforeMs);
    assert.ok((a.store.shared?.leaseMs() ?? 0) - beforeMs < 10_000);
  });

  it('find what they missed when they were away for longer than batches are kept', async () => {
    const [a, b] = [await start(), await start()];
    await a.store.advertise(advertising(ALICE, { t: now() }));
    await until(agree);
    b.proxy.silence(true);
    await a.store.withdraw(withdrawing(ALICE, { t: now() }));
    await a.store.advertise(advertising(BOB, { t: now() }));
    await ask('DELETE FROM golem_discovery.batches');
    b.proxy.cut();
    b.proxy.silence(false);
    await until(agree);
    assert.deepEqual([...b.view.listings.keys()], [BOB]);
    assert.equal(b.view.replaced.length, 1);
    assert.equal(b.view.replaced[0]?.position.epoch, a.view.position.epoch);
  });

  for (const how of ['emptied and filled again', 'replaced'] as const) {
    it(`begin another epoch on a database that was set back, its tables ${how}`, async () => {
      const [a, b] = [await start(), await start()];
      await a.store.advertise(advertising(ALICE, { t: now() }));
      await a.store.advertise(advertising(BOB, { t: undefined }));
      await until(agree);
      const { epoch } = a.view.position;
      const tables = ['providers', 'feed', 'batches', 'history'];
      for (const each of tables) await ask(`CREATE TABLE ${each} AS TABLE golem_discovery.${each}`);
      await a.store.advertise(advertising(provider(3), { t: now() }));
      await b.store.withdraw(withdrawing(ALICE, { t: now() }));
      await until(agree);
      const empty = how === 'replaced' ? 'TRUNCATE' : 'DELETE FROM';
      await ask(
        `BEGIN; SELECT pg_advisory_xact_lock(7302114907345201); ${tables
          .map(
            (each) =>
              `${empty} golem_discovery.${each}; INSERT INTO golem_discovery.${each} TABLE ${each};`,
          )
          .join(' ')} COMMIT`,
      );
      await until(() => agree() && a.view.position.epoch !== epoch);
      assert.deepEqual([...a.view.listings.keys()].toSorted(), [ALICE, BOB]);
      assert.ok(a.view.replaced.length > 0 && b.view.replaced.length > 0);
      await b.store.advertise(advertising(provider(4), { t: now() }));
      await until(agree);
      assert.equal(a.view.position.revision, 3);
    });
  }

  it('put right what somebody changed by hand, and say so', async () => {
    const [a, b] = [await start(), await start()];
    await a.store.advertise(advertising(ALICE, { t: now() }));
    await a.store.advertise(advertising(BOB, { t: now() }));
    await until(agree);
    await ask(`DELETE FROM golem_discovery.providers WHERE provider_id = '${ALICE}'`);
    await ask(
      `UPDATE golem_discovery.providers SET grants = 7, advertisement = replace(advertisement, '"cpu":4', '"cpu":5')`,
    );
    await until(() => [a, b].every(({ view }) => view.listings.get(BOB)?.grant === 7));
    for (const { view, notices } of [a, b]) {
      assert.deepEqual([...view.listings.keys()], [BOB]);
      assert.equal(view.listings.get(BOB)?.advertisement.resources.cpu, 5);
      assert.match(notices.join(' '), /by hand/u);
    }
  });

  it('refuse writes while the database is away, say for how long, and go on by themselves', async () => {
    const a = await start();
    await server.restart(async () => {
      const outcome = await a.store.advertise(advertising(ALICE, { t: now() }));
      assert.equal(outcome.kind, 'unavailable');
      assert.ok((a.store.shared?.silentMs() ?? 0) > 2_000);
      assert.equal(a.view.health.at(-1)?.kind, 'refusing');
    });
    await until(() => a.store.heartbeat(now()));
    assert.equal(a.view.health.at(-1)?.kind, 'writable');
    assert.equal((await a.store.advertise(advertising(ALICE, { t: now() }))).kind, 'listed');
  });

  /** Lets the database say what a full disk says to whoever needs a new page; a row that is written in place needs none. */
  async function fillDisk(): Promise<void> {
    await ask(`
      CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON golem_discovery.batches EXECUTE FUNCTION full_disk();
      CREATE TRIGGER full_disk BEFORE INSERT ON golem_discovery.room EXECUTE FUNCTION full_disk()`);
  }

  it('let leases stand still while the disk of the database is full, and go on when there is room', async () => {
    const a = await start();
    await a.store.advertise(advertising(ALICE, { t: now() }));
    await fillDisk();
    assert.equal((await a.store.advertise(advertising(BOB, { t: now() }))).kind, 'unavailable');
    const [stood] = await ask('SELECT lease_ms FROM golem_discovery.feed');
    for (let second = 0; second < 3; second += 1) assert.ok(!(await a.store.heartbeat(now())));
    const { health } = a.view;
    assert.deepEqual(
      health.map(({ kind }) => kind),
      ['refusing'],
    );
    assert.match(JSON.stringify(health), /no room is left on the disk of PostgreSQL: free some/u);
    assert.deepEqual((await ask('SELECT lease_ms FROM golem_discovery.feed'))[0], stood);
    await ask(`DROP FUNCTION full_disk CASCADE`);
    await until(() => a.store.heartbeat(now()));
    assert.equal((await a.store.advertise(advertising(BOB, { t: now() }))).kind, 'listed');
  });

  it('let leases stand still where one finds the disk full, and the keeper has nothing to write', async () => {
    const [keeper, other] = [await start(), await start()];
    await other.store.advertise(advertising(ALICE, { t: now() }));
    await fillDisk();
    assert.equal((await other.store.advertise(advertising(BOB, { t: now() }))).kind, 'unavailable');
    await until(() => keeper.view.health.at(-1)?.kind === 'refusing');
    const [stood] = await ask('SELECT lease_ms FROM golem_discovery.feed');
    for (let second = 0; second < 3; second += 1) {
      for (const { store } of [keeper, other]) assert.ok(!(await store.heartbeat(now())));
    }
    assert.deepEqual((await ask('SELECT lease_ms FROM golem_discovery.feed'))[0], stood);
    await ask(`DROP FUNCTION full_disk CASCADE`);
    await until(() => keeper.store.heartbeat(now()));
    await until(() => other.store.heartbeat(now()));
    await until(
      async () => (await ask('SELECT keeper FROM golem_discovery.feed'))[0]?.['keeper'] !== '',
    );
  });

  it('do not wait for room while somebody makes a back-up', async () => {
    const a = await start();
    await ask('ALTER TABLE golem_discovery.batches RENAME TO elsewhere');
    assert.equal((await a.store.advertise(advertising(ALICE, { t: now() }))).kind, 'unavailable');
    await ask('ALTER TABLE golem_discovery.elsewhere RENAME TO batches');
    const backUp = postgres(nodes.url, { max: 1 });
    await backUp.begin(async (sql) => {
      await sql`LOCK TABLE golem_discovery.room IN ACCESS SHARE MODE`;
      await until(() => a.store.heartbeat(now()));
    });
    await backUp.end();
  });

  for (const version of [0, 1]) {
    it(`start together on ${version === 0 ? 'an empty database' : 'one of an earlier version'}`, async () => {
      if (version > 0) {
        await ask(
          `CREATE SCHEMA golem_discovery; CREATE TABLE golem_discovery.migrations (number int PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`,
        );
        await ask(`${MIGRATIONS[0]}; INSERT INTO golem_discovery.migrations VALUES (1);
          INSERT INTO golem_discovery.feed VALUES (1, 'old', '[]', 0, 0, 0, '', '', 0, 0, 0, 0, 0, NULL, '', 0)`);
      }
      const started = await Promise.all([start(), start(), start(), start()]);
      const migrations = await ask('SELECT number FROM golem_discovery.migrations ORDER BY 1');
      assert.deepEqual(
        migrations.map(({ number }) => number),
        MIGRATIONS.map((_, index) => index + 1),
      );
      await started[0]?.store.advertise(advertising(ALICE, { t: now() }));
      await until(agree);
    });
  }
});
