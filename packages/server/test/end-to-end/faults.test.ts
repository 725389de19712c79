import assert from 'node:assert/strict';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createTemporaryFolder, runHub, startHub, type HubProcess } from './hub-process.js';
import { listedIn } from './naive-market.js';
import { createEd25519Stranger, type Stranger } from './strangers.js';
import { advertise, codeOf, find, get, withdraw, type Answer } from './wire-client.js';

/** What one provider has said, and what it was told. */
interface Witness {
  readonly stranger: Stranger;
  /** The number of its newest attempt; attempts count up and say so in `cpu`. */
  attempted: number;
  acknowledged: number;
  acknowledgedT: number;
  withdrawal: 'none' | 'attempted' | 'acknowledged';
}

const WRITERS = 40;

describe('a hub that is killed, stopped and started again', () => {
  let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;
  const hubs: HubProcess[] = [];

  async function start(settings: Readonly<Record<string, string>> = {}): Promise<HubProcess> {
    const hub = await startHub(folder.path, settings);
    hubs.push(hub);
    return hub;
  }

  beforeEach(async () => {
    folder = await createTemporaryFolder();
  });

  afterEach(async () => {
    for (const hub of hubs.splice(0)) await hub.end('SIGKILL');
    await folder.remove();
  });

  it('has every acknowledged word after kill -9 in mid-load, nothing half, nothing resurrected', async () => {
    let hub = await start();
    const witnesses = createWitnesses();
    for (let round = 0; round < 3; round += 1) {
      const load = writeUntilRefused(hub, witnesses);
      await new Promise((resolve) => setTimeout(resolve, 700));
      await hub.end('SIGKILL');
      await load;
      hub = await start();
      await assertKept(hub, witnesses);
    }
  });

  it('makes acknowledged writes durable on SIGTERM under load, and exits 0', async () => {
    const hub = await start();
    const witnesses = createWitnesses();
    const load = writeUntilRefused(hub, witnesses);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await hub.end('SIGTERM'), 0);
    await load;
    await assertKept(await start(), witnesses);
  });

  it('gives every lease a full TTL after a restart, and says that it is warming', async () => {
    const settings = { DISCOVERY_ADVERTISEMENT_TTL_SECONDS: '3' };
    let hub = await start(settings);
    const stranger = createEd25519Stranger();
    assert.equal((await find(hub.url, '')).headers.get('x-discovery-state'), null);
    await advertise(hub.url, stranger, bodyOfVersion(1), Date.now());
    for (let restarts = 0; restarts < 4; restarts += 1) {
      await hub.end('SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      hub = await start(settings);
      const answer = await find(hub.url, '');
      assert.equal(listedIn(answer.body).length, 1, 'an outage must not expire anybody');
      assert.equal(answer.headers.get('x-discovery-state'), 'warming');
    }
  });

  it('does not count the time in which its process was stopped', async () => {
    const hub = await start({ DISCOVERY_ADVERTISEMENT_TTL_SECONDS: '3' });
    const stranger = createEd25519Stranger();
    await advertise(hub.url, stranger, bodyOfVersion(1), Date.now());
    hub.signal('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    hub.signal('SIGCONT');
    assert.equal((await get(hub.url, stranger.canonicalId)).status, 200);
  });

  it('takes over from a hub that is closing, without a word of damage', async () => {
    const first = await start();
    for (let version = 1; version <= 30; version += 1) {
      await advertise(first.url, createEd25519Stranger(), bodyOfVersion(version), Date.now());
    }
    // The second waits for the file while the first lets go of it.
    const second = start();
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(await first.end('SIGTERM'), 0);
    const { url, output } = await second;
    assert.equal(listedIn((await find(url, '')).body).length, 30);
    assert.doesNotMatch(output(), /damaged/u);
  });

  it('refuses to start on a file that another hub has open, and says so', async () => {
    await start();
    const second = await runHub(folder.path);
    assert.notEqual(second.code, 0);
    assert.match(second.output, /another|in use|locked/iu);
    assert.doesNotMatch(second.output, /\n\s+at .*\.js:/u, 'no stack trace');
  });

  it('refuses a file that was cut short, or leaves out what is damaged, and never shows wrong data', async () => {
    const hub = await start();
    const strangers = Array.from({ length: 60 }, createEd25519Stranger);
    for (const stranger of strangers) {
      await advertise(hub.url, stranger, bodyOfVersion(7), Date.now());
    }
    assert.equal(await hub.end('SIGTERM'), 0);
    const path = join(folder.path, 'discovery.db');
    const file = await open(path, 'r+');
    await file.truncate(Math.floor((await stat(path)).size * 0.6));
    await file.close();
    const again = await runOrStart(folder.path);
    if (again.kind === 'refused') {
      assert.match(again.output, /damaged|malformed|corrupt|cut short/iu);
      return;
    }
    hubs.push(again.hub);
    const listed = listedIn((await find(again.hub.url, '')).body);
    assert.ok(listed.every(({ resources }) => resources.cpu === 7));
  });
});

/** Starts a hub that may refuse to. */
async function runOrStart(
  path: string,
): Promise<{ kind: 'refused'; output: string } | { kind: 'started'; hub: HubProcess }> {
  try {
    return { kind: 'started', hub: await startHub(path) };
  } catch (error) {
    return { kind: 'refused', output: String(error) };
  }
}

function createWitnesses(): Witness[] {
  return Array.from({ length: WRITERS }, () => ({
    stranger: createEd25519Stranger(),
    attempted: 0,
    acknowledged: 0,
    acknowledgedT: 0,
    withdrawal: 'none',
  }));
}

/** Each witness writes without pause until the hub no longer answers. */
async function writeUntilRefused(hub: HubProcess, witnesses: Witness[]): Promise<void> {
  await Promise.all(
    witnesses.map(async (witness) => {
      let answered = true;
      while (answered) answered = await writeOnce(hub, witness);
    }),
  );
}

/** One advertisement or, every tenth time, a withdrawal; `false` when the hub is gone or going. */
async function writeOnce(hub: HubProcess, witness: Witness): Promise<boolean> {
  const t = Math.max(Date.now(), witness.acknowledgedT + 1);
  const version = witness.attempted + 1;
  const leaves = version % 10 === 0;
  witness.attempted = version;
  if (leaves) witness.withdrawal = 'attempted';
  const answer = await orNothing(
    leaves
      ? withdraw(hub.url, witness.stranger, t)
      : advertise(hub.url, witness.stranger, bodyOfVersion(version), t),
  );
  // What was on its way when the connection broke is an attempt that nobody acknowledged.
  if (answer === undefined || answer.status === 503) return false;
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  witness.withdrawal = leaves ? 'acknowledged' : 'none';
  witness.acknowledged = version;
  witness.acknowledgedT = t;
  return true;
}

/** The answer, or nothing where the connection broke. */
function orNothing(answer: Promise<Answer>): Promise<Answer | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof TypeError) return undefined;
    throw error;
  });
}

/** The version is told apart by its storage, which has room for any number of them. */
function bodyOfVersion(version: number): string {
  return JSON.stringify({
    ip_address: '192.168.1.100',
    country: 'SE',
    resources: { cpu: 7, memory: 8, storage: version },
  });
}

async function assertKept(hub: HubProcess, witnesses: Witness[]): Promise<void> {
  for (const witness of witnesses) {
    const answer = await get(hub.url, witness.stranger.canonicalId);
    if (answer.status === 404) {
      const neverListed = witness.acknowledged === 0;
      assert.ok(witness.withdrawal !== 'none' || neverListed, 'an acknowledged listing is lost');
    } else {
      const version = listedIn([answer.body])[0]?.resources.storage ?? 0;
      assert.ok(version >= witness.acknowledged, `${version} is older than what was acknowledged`);
      assert.ok(version <= witness.attempted, 'nobody said that');
      // After a withdrawal, only a later word that was on its way may have listed it again.
      const risen = witness.withdrawal === 'acknowledged' && version === witness.acknowledged;
      assert.ok(!risen && version % 10 !== 0, 'a withdrawn listing has risen');
    }
    await assertOldWordsRefused(hub, witness);
  }
}

/** Whatever was said before what was acknowledged last can't come back. */
async function assertOldWordsRefused(hub: HubProcess, witness: Witness): Promise<void> {
  if (witness.acknowledgedT === 0) return;
  const t = witness.acknowledgedT - 1;
  const answer = await advertise(hub.url, witness.stranger, bodyOfVersion(1), t);
  assert.equal(codeOf(answer), 'ADV_005');
}
