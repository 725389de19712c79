import { strict as assert } from 'node:assert';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Store } from '#src/store/contract.js';
import { openPostgresStore } from '#src/store/postgres/postgres-store.js';
import { systemClock } from '#src/telemetry/clock.js';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.js';
import { type PostgresServer, startPostgres } from './postgres-server.js';
import { View } from './view.js';
import { advertising, offer, provider, withdrawing } from './writes.js';

/** Rounds of the race; `RACE_ROUNDS=10000` races for longer. */
const ROUNDS = Number(process.env['RACE_ROUNDS'] ?? 200);

const ALICE = provider(1);
const BOB = provider(2);

/** What has no value is left out on its way to another node. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** One node: a store, and somebody who listens to it. */
interface Node {
  readonly store: Store;
  readonly view: View;
  readonly proxy: TcpProxy;
  readonly notices: string[];
}

describe('the stores of several nodes on one database', () => {
  let server: PostgresServer;
  let url: string;
  const nodes: Node[] = [];

  before(async () => {
    server = await startPostgres();
  });

  after(() => server.stop());

  beforeEach(async () => {
    url = await server.createDatabase();
  });

  afterEach(async () => {
    for (const node of nodes.splice(0)) {
      await node.store.close();
      await node.proxy.close();
    }
  });

  async function start(): Promise<Node> {
    const proxy = await startTcpProxy(server.port);
    const view = new View();
    const notices: string[] = [];
    const opened = await openPostgresStore({
      url: url.replace(`:${server.port}/`, `:${proxy.port}/`),
      listener: view,
      clock: systemClock,
      notice: (message) => notices.push(message),
    });
    assert.ok(opened.ok, opened.ok ? '' : opened.problem);
    const node = { store: opened.value, view, proxy, notices };
    nodes.push(node);
    await view.load(node.store);
    node.store.shared?.follow();
    return node;
  }

  const ask = (text: string): Promise<readonly Record<string, unknown>[]> =>
    server.query(url, text);

  /** Waits for what must come true. */
  async function until(holds: () => boolean | Promise<boolean>, msMax = 10_000): Promise<void> {
    const startMs = performance.now();
    while (!(await holds())) {
      if (performance.now() - startMs > msMax) {
        throw new Error(JSON.stringify(nodes.map(({ view }) => view.known())).slice(0, 2_000));
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const agree = (): boolean => {
    const known = nodes.map(({ view }) => JSON.stringify([view.known(), view.position]));
    return new Set(known).size === 1;
  };

  const now = (): number => Date.now();

  it('take a race of words of one provider at two of them in one order, the same on both', async () => {
    const [a, b] = [await start(), await start()];
    let t = now() - 100_000;
    for (let round = 0; round < ROUNDS; round += 1) {
      const [first, second] = [(t += 1), (t += 1)];
      const [word, last] = round % 2 === 0 ? [first, second] : [second, first];
      const [said, withdrawn] = await Promise.all([
        a.store.advertise(advertising(ALICE, { t: word, advertisement: offer(1 + (round % 9)) })),
        b.store.withdraw(withdrawing(ALICE, { t: last })),
      ]);
      const isListed = said.kind === 'listed' || said.kind === 'renewed';
      // The later word is always taken; the earlier one only where it came first.
      if (word > last) assert.ok(isListed, said.kind);
      else assert.ok(withdrawn.kind === 'withdrawn' || withdrawn.kind === 'not_listed');
      if (withdrawn.kind === 'stale') assert.equal(withdrawn.lastT, word);
      if (said.kind === 'stale') assert.equal(said.lastT, last);
    }
    await until(agree);
    assert.deepEqual(plain(a.view.past), plain(b.view.past));
    assert.equal(a.view.timeOf(ALICE), t);
  });

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

  it('start together on an empty database', async () => {
    await Promise.all([start(), start(), start()]);
    assert.equal((await ask('SELECT * FROM golem_discovery.migrations')).length, 1);
  });

  it('refuse a database of a newer version, and one that they may not use, without its password', async () => {
    const a = await start();
    await ask('INSERT INTO golem_discovery.migrations VALUES (99)');
    const open = (text: string) =>
      openPostgresStore({ url: text, listener: a.view, clock: systemClock });
    const newer = await open(url);
    assert.match(newer.ok ? '' : newer.problem, /newer version/u);
    const wrong = await open(url.replace('secret', 'PaSs'));
    assert.match(wrong.ok ? '' : wrong.problem, /user and password/u);
    const missing = await open(url.replace(/hub\d+$/u, 'nowhere'));
    assert.match(missing.ok ? '' : missing.problem, /does not exist/u);
    const nobody = await open('postgresql://hub:PaSs@127.0.0.1:1/hub');
    assert.match(nobody.ok ? '' : nobody.problem, /does not answer/u);
    for (const refused of [wrong, missing, nobody]) {
      assert.doesNotMatch(refused.ok ? '' : refused.problem, /PaSs|secret/u);
    }
  });
});
