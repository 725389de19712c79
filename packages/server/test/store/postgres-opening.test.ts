import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { EventEmitter, once } from 'node:events';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Result } from 'golem-vm-discovery-protocol';
import { explainFailure } from '#src/store/postgres/failures.js';
import type { Store } from '#src/store/contract.js';
import type { Agreement } from '#src/store/postgres/agreement.js';
import { UnreadableStore } from '#src/store/unreadable-store.js';
import { openPostgresStore } from '#src/store/postgres/postgres-store.js';
import { systemClock } from '#src/telemetry/clock.js';
import { type PostgresServer, startPostgres } from './postgres-server.js';
import { View } from './view.js';
import { advertising, provider } from './writes.js';

const AGREEMENT = {
  DISCOVERY_NETWORK: 'mainnet',
  DISCOVERY_ADVERTISEMENT_TTL_SECONDS: '300',
};

describe('opening a database', () => {
  let server: PostgresServer;
  let sockets: string;
  let url: string;

  before(async () => {
    sockets = await mkdtemp('/tmp/pg-sockets-');
    await chmod(sockets, 0o777);
    server = await startPostgres({ unix_socket_directories: sockets });
  });

  after(async () => {
    await server.stop();
    await rm(sockets, { recursive: true });
  });

  beforeEach(async () => {
    url = await server.createDatabase();
  });

  function open(
    text: string,
    agreement: Agreement = {},
    listener = new View(),
  ): Promise<Result<Store, string>> {
    return openPostgresStore({ url: text, listener, clock: systemClock, agreement });
  }

  async function opens(text: string, agreement?: Agreement): Promise<void> {
    const opened = await open(text, agreement);
    assert.ok(opened.ok, opened.ok ? '' : opened.problem);
    await opened.value.close();
  }

  async function isRefused(text: string, why: RegExp, agreement?: Agreement): Promise<void> {
    const opened = await open(text, agreement);
    if (opened.ok) await opened.value.close();
    assert.ok(!opened.ok, 'it was opened');
    assert.match(opened.problem, why);
    assert.doesNotMatch(opened.problem, /PaSs|secret/u);
  }

  const ask = (text: string) => server.query(url, text);

  it('works through a socket in the file system, and with a password of any characters', async () => {
    const name = url.split('/').at(-1);
    const folder = encodeURIComponent(sockets);
    await opens(`postgresql://postgres:secret@${folder}:${server.port}/${name}`);
    await ask(`CREATE ROLE "we:ird@r" SUPERUSER LOGIN PASSWORD 'p@ss/w:o#r?d %25 é'`);
    const [user, password] = ['we:ird@r', 'p@ss/w:o#r?d %25 é'].map(encodeURIComponent);
    await opens(`postgresql://${user}:${password}@127.0.0.1:${server.port}/${name}`);
  });

  it('finds the one of several hosts that answers', async () => {
    const here = `127.0.0.1:${server.port}`;
    await opens(url.replace(here, `127.0.0.1:1,${here}`));
    await opens(url.replace(here, `${here},127.0.0.1:1`));
    await isRefused(url.replace(here, '127.0.0.1:1,127.0.0.1:2'), /does not answer/u);
  });

  it('is refused with a sentence that says what to do, and without the password', async () => {
    await isRefused(url.replace('secret', 'PaSs'), /check user and password/u);
    await isRefused(url.replace(/hub\d+$/u, 'nowhere'), /does not exist: create it/u);
    await isRefused('postgresql://hub:PaSs@127.0.0.1:1/hub', /does not answer: check/u);
    await isRefused('postgresql://hub:PaSs@%2Ftmp%2Fnowhere/hub', /the host is its folder/u);
    await isRefused(`${url}?sslmode=require`, /check that it speaks TLS/u);
    await ask(`CREATE ROLE weak LOGIN PASSWORD 'PaSs'`);
    await isRefused(url.replace('postgres:secret', 'weak:PaSs'), /make it the owner/u);
  });

  it('is waited for where it is not there yet, and once it is said why', async () => {
    const notices = new EventEmitter();
    let told: readonly unknown[] = [];
    let opening: Promise<Result<Store, string>> | undefined;
    await server.restart(async () => {
      opening = openPostgresStore({
        url,
        listener: new View(),
        clock: systemClock,
        patienceMs: 30_000,
        notice: (message) => void notices.emit('notice', message),
      });
      told = await once(notices, 'notice');
    });
    const opened = await opening;
    assert.ok(opened?.ok);
    await opened.value.close();
    assert.match(String(told[0]), /does not answer: check .*trying again, for 30 s in all$/u);
  });

  it('is waited for no longer when the process is asked to stop', async () => {
    const stop = new AbortController();
    const opened = await openPostgresStore({
      url: 'postgresql://hub:PaSs@127.0.0.1:1/hub',
      listener: new View(),
      clock: systemClock,
      patienceMs: 3_600_000,
      stopping: stop.signal,
      notice: () => stop.abort(),
    });
    assert.match(opened.ok ? '' : opened.problem, /does not answer/u);
  });

  it('is not waited for where waiting does not help', async () => {
    const opened = await openPostgresStore({
      url: url.replace('secret', 'PaSs'),
      listener: new View(),
      clock: systemClock,
      patienceMs: 3_600_000,
      notice: assert.fail,
    });
    assert.match(opened.ok ? '' : opened.problem, /check user and password/u);
  });

  it('says in a sentence that it was lost while everything was read', async () => {
    const opened = await open(url);
    assert.ok(opened.ok);
    await ask('ALTER TABLE golem_discovery.history RENAME TO elsewhere');
    const unreadable = (error: unknown): boolean =>
      error instanceof UnreadableStore &&
      !error.isPassing &&
      /^what is stored could not be read: the tables .* are gone.* \(42P01\)$/u.test(error.message);
    await assert.rejects(new View().load(opened.value), unreadable);
    await opened.value.close();
  });

  it('names the row that somebody broke by hand', async () => {
    const view = new View();
    const [first, second] = [await open(url, {}, view), await open(url)];
    assert.ok(first.ok && second.ok);
    await view.load(first.value);
    await first.value.advertise(advertising(provider(1), { t: Date.now() }));
    await first.value.close();
    await ask(`UPDATE golem_discovery.providers SET advertisement = 'x'`);
    const broken = new RegExp(`the row of ${provider(1)} .* holds no advertisement: delete`, 'u');
    await assert.rejects(new View().load(second.value), broken);
    await second.value.close();
  });

  it('works for who owns the database and may do nothing else', async () => {
    const name = url.split('/').at(-1);
    await ask(`CREATE ROLE owner LOGIN PASSWORD 'PaSs'; ALTER DATABASE ${name} OWNER TO owner`);
    await opens(url.replace('postgres:secret', 'owner:PaSs'));
  });

  it('is refused where it can not hold every text', async () => {
    await ask(`CREATE DATABASE narrow ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    await isRefused(url.replace(/hub\d+$/u, 'narrow'), /keeps text as LATIN1.* ENCODING 'UTF8'/u);
  });

  it('does not feel what a role or the database was told for its sessions', async () => {
    const name = url.split('/').at(-1);
    await ask(`
      CREATE SCHEMA odd;
      CREATE FUNCTION odd.to_regclass(text) RETURNS regclass LANGUAGE sql AS 'SELECT NULL::regclass';
      CREATE FUNCTION odd.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT ''1999-01-01''::timestamptz';
      ALTER DATABASE ${name} SET search_path = odd, pg_catalog;
      ALTER DATABASE ${name} SET statement_timeout = 1;
      ALTER DATABASE ${name} SET transaction_timeout = 1;
      ALTER DATABASE ${name} SET idle_in_transaction_session_timeout = 1;
      ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable';
      ALTER DATABASE ${name} SET client_encoding = 'LATIN1';`);
    await opens(url);
    const view = new View();
    const opened = await open(url, {}, view);
    assert.ok(opened.ok);
    await view.load(opened.value);
    const outcome = await opened.value.advertise(advertising(provider(1), { t: Date.now() }));
    assert.ok(outcome.kind === 'listed' && outcome.listing.createdAtMs > Date.now() - 60_000);
    await opened.value.close();
  });

  it('is refused where what answers is too old, or something in between', () => {
    const error = (code: string) => Object.assign(new Error('said so'), { code });
    assert.match(explainFailure(error('42704')), /14 is the oldest/u);
    assert.match(explainFailure(error('XX000')), /^PostgreSQL failed: said so \(XX000\)$/u);
    assert.match(explainFailure(error('08P01')), /not through a pooler/u);
    assert.match(explainFailure(error('SELF_SIGNED_CERT_IN_CHAIN')), /NODE_EXTRA_CA_CERTS/u);
  });

  it('is refused where it holds what a newer version wrote', async () => {
    await opens(url);
    await ask('INSERT INTO golem_discovery.migrations VALUES (99)');
    await isRefused(url, /newer version/u);
  });

  it('is refused where it takes no writes', async () => {
    await opens(url);
    await ask(`ALTER DATABASE ${url.split('/').at(-1)} SET default_transaction_read_only = on`);
    await isRefused(url, /takes no writes: name the primary/u);
    await server.standBy(() => isRefused(url, /takes no writes: name the primary/u));
  });

  it('is refused to who was told otherwise than those who are there', async () => {
    const first = await open(url, AGREEMENT);
    assert.ok(first.ok);
    await opens(url, AGREEMENT);
    const ttl = { ...AGREEMENT, DISCOVERY_ADVERTISEMENT_TTL_SECONDS: '60' };
    await isRefused(url, /TTL_SECONDS is 60 here, and 300 at the hubs/u, ttl);
    const network = { ...AGREEMENT, DISCOVERY_NETWORK: 'testnet' };
    await isRefused(url, /NETWORK is testnet here, and this database is for mainnet/u, network);
    await first.value.close();
    await opens(url, ttl);
  });

  it('changes the network only of a database in which nobody is', async () => {
    await opens(url, AGREEMENT);
    const testnet = { ...AGREEMENT, DISCOVERY_NETWORK: 'testnet' };
    const view = new View();
    const opened = await open(url, testnet, view);
    assert.ok(opened.ok);
    await view.load(opened.value);
    await opened.value.advertise(advertising(provider(1), { t: Date.now() }));
    await opened.value.close();
    await isRefused(url, /for testnet/u, AGREEMENT);
    await opens(url, testnet);
  });
});
