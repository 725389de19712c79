import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { type PostgresServer, startPostgres } from '../store/postgres-server.js';
import { ClusterModel } from './cluster-model.js';
import { createTemporaryFolder, type HubProcess, startHub } from './hub-process.js';
import { createDice } from './random-market.js';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.js';

const PROVIDERS = 40;

describe('several hubs on one database', () => {
  let server: PostgresServer;
  let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;
  let url: string;
  const hubs: HubProcess[] = [];
  const proxies: TcpProxy[] = [];

  before(async () => {
    server = await startPostgres();
    folder = await createTemporaryFolder();
  });

  after(async () => {
    await server.stop();
    await folder.remove();
  });

  beforeEach(async () => {
    url = await server.createDatabase();
  });

  afterEach(async () => {
    for (const hub of hubs) console.log(hub.output().slice(-3000));
    for (const hub of hubs.splice(0)) await hub.end('SIGKILL');
    for (const proxy of proxies.splice(0)) await proxy.close();
  });

  /** A hub that reaches the database through a proxy of its own. */
  async function start(): Promise<HubProcess> {
    const proxy = await startTcpProxy(server.port);
    const hub = await startHub(folder.path, {
      DISCOVERY_DB_URL: url.replace(`:${server.port}/`, `:${proxy.port}/`),
    });
    proxies.push(proxy);
    hubs.push(hub);
    return hub;
  }

  async function startAll(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, start));
  }

  const urls = (): string[] => hubs.map((hub) => hub.url);
  const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  /** Everybody writes while something happens; then all hubs must agree, and lose nobody. */
  async function survive(
    title: string,
    happening: () => Promise<void>,
    seed = 1,
  ): Promise<ClusterModel> {
    const model = new ClusterModel(PROVIDERS, createDice(seed));
    let isOver = false;
    const writing = model.write(urls, () => isOver);
    await pass(300);
    await happening();
    await pass(300);
    isOver = true;
    await writing;
    const tookMs = await model.converge(urls());
    const { acknowledged, refused } = model.usage;
    console.log(
      `${title}: agreed ${tookMs.toFixed(0)} ms after the last answer, ${acknowledged} words taken, ${refused} put off`,
    );
    assert.ok(acknowledged > 0);
    return model;
  }

  it('say the same when providers write at any of four', async () => {
    await startAll(4);
    const model = await survive('four hubs', () => pass(1_500));
    assert.equal(model.usage.refused, 0);
  });

  it('lose nobody when one of them is killed and comes back', async () => {
    await startAll(2);
    await survive('a hub killed', async () => {
      await hubs[0]?.end('SIGKILL');
      hubs.splice(0, 1);
      await pass(300);
      await start();
    });
  });

  it('go on when the database restarts, and when it crashes', async () => {
    await startAll(2);
    await survive('the database restarted and crashed', async () => {
      await server.restart();
      await pass(500);
      await server.crash();
    });
  });

  it('go on when their sessions are ended, again and again', async () => {
    await startAll(2);
    await survive('sessions ended', async () => {
      for (let round = 0; round < 8; round += 1) {
        await server.query(
          url,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'golem-discovery%'`,
        );
        await pass(150);
      }
    });
  });

  it('go on when the network cuts, delays, and goes silent', async () => {
    await startAll(2);
    await survive('a bad network', async () => {
      for (const proxy of proxies) proxy.cut();
      await pass(200);
      for (const proxy of proxies) proxy.delay(60);
      await pass(800);
      for (const proxy of proxies) proxy.delay(0);
      proxies[0]?.silence(true);
      await pass(4_000);
      proxies[0]?.silence(false);
      await pass(2_000);
    });
  });

  it('need no hints, and take no harm from too many', async () => {
    await startAll(2);
    await survive('no hints', async () => {
      for (const proxy of proxies) proxy.deafen('golem-discovery listen');
      await pass(1_000);
    });
    for (const proxy of proxies) proxy.deafen(undefined);
    await survive('too many hints', async () => {
      for (let round = 0; round < 30; round += 1) {
        await server.query(url, `NOTIFY golem_discovery, 'somebody'`);
      }
    });
  });

  it('wait for a session that holds the lock, and go on after it', async () => {
    await startAll(2);
    await survive('a lock held', async () => {
      const held = `BEGIN; SELECT pg_advisory_xact_lock(7302114907345201);
        SELECT * FROM golem_discovery.providers FOR UPDATE; SELECT pg_sleep(1.5); COMMIT`;
      await server.query(url, held);
    });
  });
});
