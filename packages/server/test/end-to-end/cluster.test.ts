import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { type PostgresServer, startPostgres } from '../store/postgres-server.js';
import { ClusterModel } from './cluster-model.js';
import { ClusterWatch } from './cluster-watch.js';
import { createTemporaryFolder, type HubProcess, startHub } from './hub-process.js';
import { createDice } from './random-market.js';
import { createEd25519Stranger } from './strangers.js';
import { advertise, codeOf, find, get, request } from './wire-client.js';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.js';

const PROVIDERS = 40;

const BODY = JSON.stringify({
  ip_address: '192.168.1.100',
  country: 'SE',
  resources: { cpu: 7, memory: 8, storage: 9 },
});

describe('several hubs on one database', () => {
  let server: PostgresServer;
  let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;
  let url: string;
  let ttlSeconds = '300';
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
    ttlSeconds = '300';
    url = await server.createDatabase();
  });

  afterEach(async () => {
    for (const hub of hubs.splice(0)) await hub.end('SIGKILL');
    for (const proxy of proxies.splice(0)) await proxy.close();
  });

  /** A hub that reaches the database through a proxy of its own. */
  async function start(): Promise<HubProcess> {
    const proxy = await startTcpProxy(server.port);
    const hub = await startHub(folder.path, {
      DISCOVERY_DB_URL: url.replace(`:${server.port}/`, `:${proxy.port}/`),
      DISCOVERY_ADVERTISEMENT_TTL_SECONDS: ttlSeconds,
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
    const watch = new ClusterWatch(urls, createDice(seed + 1));
    const writing = model.write(urls, () => isOver);
    const watching = watch.use(() => isOver);
    try {
      await pass(300);
      await happening();
      await model.takesAnother();
    } finally {
      // Where it failed too: those who write would go on for ever.
      isOver = true;
    }
    await Promise.all([writing, watching]);
    const tookMs = await model.converge(urls());
    const compared = await watch.end();
    const { acknowledged, refused } = model.usage;
    console.log(
      `${title}: agreed ${tookMs.toFixed(0)} ms after the last answer, ${acknowledged} words taken, ${refused} put off; ${compared} lists as watchers were told over ${watch.connections} connections`,
    );
    assert.ok(compared > 10, `only ${compared} lists could be compared`);
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

  it('read everything anew where one was away for too long, while the others go on', async () => {
    await startAll(2);
    await survive('one away for too long', async () => {
      proxies[0]?.silence(true);
      await pass(1_500);
      await server.query(
        url,
        'DELETE FROM golem_discovery.batches WHERE number < (SELECT batch - 1 FROM golem_discovery.feed)',
      );
      proxies[0]?.silence(false);
      proxies[0]?.cut();
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
      // In the order in which hubs take them: rows, then the feed.
      const held = `BEGIN; SELECT * FROM golem_discovery.providers ORDER BY provider_id FOR UPDATE;
        SELECT pg_advisory_xact_lock(7302114907345201); SELECT pg_sleep(1.5); COMMIT`;
      await server.query(url, held);
    });
  });

  it('end a lease on all of them alike, whatever happens to one', async () => {
    ttlSeconds = '3';
    await startAll(2);
    const stranger = createEd25519Stranger();
    const statusAt = async (hub: HubProcess): Promise<number> =>
      (await get(hub.url, stranger.canonicalId)).status;
    const [first, second] = hubs;
    assert.ok(first && second);
    await advertise(first.url, stranger, BODY, Date.now());
    first.signal('SIGSTOP');
    await pass(1_500);
    assert.equal(await statusAt(second), 200);
    await advertise(second.url, stranger, BODY, Date.now());
    await pass(2_000);
    // By the first hub's reckoning of what it knew it would be over; it was away, and reads what it missed.
    first.signal('SIGCONT');
    await pass(500);
    assert.deepEqual([await statusAt(first), await statusAt(second)], [200, 200]);
    await pass(2_000);
    assert.deepEqual([await statusAt(first), await statusAt(second)], [404, 404]);
  });

  it('give everybody a full lease again when all of them were away', async () => {
    ttlSeconds = '3';
    await startAll(2);
    const stranger = createEd25519Stranger();
    await advertise(hubs[0]?.url ?? '', stranger, BODY, Date.now());
    await Promise.all(hubs.splice(0).map((hub) => hub.end('SIGKILL')));
    await pass(4_000);
    const back = await start();
    await pass(1_500);
    assert.equal((await get(back.url, stranger.canonicalId)).status, 200);
  });

  it('answer without the database, and say since when', async () => {
    await startAll(2);
    const stranger = createEd25519Stranger();
    await advertise(hubs[0]?.url ?? '', stranger, BODY, Date.now());
    await pass(500);
    await server.restart(async () => {
      await pass(2_600);
      for (const { url: hub } of hubs) {
        const answer = await get(hub, stranger.canonicalId);
        assert.equal(answer.status, 200);
        assert.match(answer.headers.get('x-discovery-stale') ?? '', /^[1-9]\d*$/u);
        const refused = await advertise(hub, createEd25519Stranger(), BODY, Date.now());
        assert.equal(codeOf(refused), 'ADV_003');
        assert.notEqual(refused.headers.get('retry-after'), null);
      }
    });
    const model = await survive('after the database was away', () => pass(1_500));
    assert.ok(model.usage.acknowledged > 0);
    const answer = await get(hubs[0]?.url ?? '', stranger.canonicalId);
    assert.equal(answer.headers.get('x-discovery-stale'), null);
  });

  it('take a cursor from each other', async () => {
    await startAll(2);
    const [first, second] = hubs;
    assert.ok(first && second);
    const begun = (await find(first.url, '')).headers.get('x-discovery-cursor') ?? '';
    await advertise(second.url, createEd25519Stranger(), BODY, Date.now());
    await pass(500);
    const ends = await Promise.all(
      [first, second].map(async ({ url: hub }) => {
        const answer = await request(`${hub}/api/v1/advertisements/watch?since=${begun}`, {
          headers: { Accept: 'application/json' },
        });
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        return JSON.stringify(answer.body);
      }),
    );
    assert.equal(ends[0], ends[1]);
    assert.match(ends[0] ?? '', /advertised/u);
  });

  it('wait for what they have not read yet, and never call a cursor of another one wrong', async () => {
    await startAll(2);
    const [first, second] = hubs;
    assert.ok(first && second);
    const poll = (cursor: string) =>
      request(`${first.url}/api/v1/advertisements/watch?wait=0&since=${cursor}`, {
        headers: { Accept: 'application/json' },
      });
    proxies[0]?.delay(200);
    await advertise(second.url, createEd25519Stranger(), BODY, Date.now());
    const cursor = (await find(second.url, '')).headers.get('x-discovery-cursor') ?? '';
    assert.equal((await poll(cursor)).status, 200);
    proxies[0]?.silence(true);
    await advertise(second.url, createEd25519Stranger(), BODY, Date.now());
    const later = (await find(second.url, '')).headers.get('x-discovery-cursor') ?? '';
    const refused = await poll(later);
    assert.equal(codeOf(refused), 'SYS_002', JSON.stringify(refused.body));
    assert.notEqual(refused.headers.get('retry-after'), null);
    proxies[0]?.delay(0);
    proxies[0]?.silence(false);
    proxies[0]?.cut();
    assert.equal((await poll(later)).status, 200);
    const [epoch = '', revision = ''] = later.split('-');
    assert.equal(codeOf(await poll(`${epoch}-${Number(revision) + 1}`)), 'ADV_006');
  });
});
