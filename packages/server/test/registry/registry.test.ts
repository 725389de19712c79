import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import type { Result } from 'golem-vm-discovery-protocol';
import { END_COMMIT_MS_MAX } from '#src/registry/live-view.js';
import { createFakeClock } from '../fake-clock.js';
import {
  createProvider,
  openRegistryUnderTest,
  TTL_MS,
  type Choices,
  type RegistryUnderTest,
} from './registry-under-test.js';

const MINUTE_MS = 60_000;

describe('the registry', () => {
  const opened: RegistryUnderTest[] = [];
  const folders: string[] = [];

  async function open(choices?: Choices): Promise<RegistryUnderTest> {
    const hub = await openRegistryUnderTest(choices);
    opened.push(hub);
    return hub;
  }

  async function file(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'golem-discovery-'));
    folders.push(folder);
    return join(folder, 'discovery.db');
  }

  afterEach(async () => {
    for (const hub of opened.splice(0)) await hub.close();
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  it('shows an advertisement as soon as it was acknowledged, and says when to renew', async () => {
    const hub = await open();
    const provider = createProvider();
    const granted = await hub.advertise(provider, 4);
    assert.ok(granted.ok);
    assert.match(granted.value.text, /"refresh_after_seconds":100\}$/u);
    assert.deepEqual(hub.listed('cpu=4&country=se'), [provider.providerId]);
    assert.deepEqual(hub.listed('cpu=5'), []);
  });

  it('keeps a lease to its last millisecond, and shows nothing after it, swept or not', async () => {
    const hub = await open();
    const provider = createProvider();
    await hub.advertise(provider, 4);
    await hub.live(TTL_MS - 1_000);
    hub.clock.pass(999);
    assert.deepEqual(hub.listed(), [provider.providerId]);
    hub.clock.pass(1 + END_COMMIT_MS_MAX);
    assert.deepEqual(hub.listed(), [], 'no timer has rung since');
    assert.equal(hub.registry.standing(provider.providerId), 'remembered');
  });

  it('lets a renewal extend the lease from the moment of the renewal', async () => {
    const hub = await open();
    const provider = createProvider();
    await hub.advertise(provider, 4);
    await hub.live(TTL_MS - 1_000);
    await hub.advertise(provider, 4);
    await hub.live(TTL_MS - 1_000);
    assert.deepEqual(hub.listed(), [provider.providerId]);
  });

  it('answers a retry with what is stored, and does not extend the lease', async () => {
    const hub = await open();
    const provider = createProvider();
    const t = hub.clock.wallMs();
    const first = await hub.advertise(provider, 4, t);
    await hub.live(TTL_MS - 10_000);
    // The same text is inside the time window for as long as the window is as wide as the TTL.
    const again = await hub.advertise(provider, 4, t);
    assert.deepEqual(again, first);
    await hub.live(10_000);
    assert.deepEqual(hub.listed(), []);
  });

  it('refuses what is not newer, and the live advertisement stays', async () => {
    const hub = await open();
    const provider = createProvider();
    const t = hub.clock.wallMs();
    await hub.advertise(provider, 4, t);
    assert.equal(codeOf(await hub.advertise(provider, 8, t - 1)), 'ADV_005');
    assert.equal(codeOf(await hub.advertise(provider, 8, t)), 'ADV_005');
    assert.equal(codeOf(await hub.withdraw(provider, t)), 'ADV_005');
    assert.deepEqual(hub.listed('cpu=4'), [provider.providerId]);
  });

  it('does not let a replayed POST raise a withdrawn or an expired advertisement', async () => {
    const path = await file();
    const hub = await open({ path });
    const [withdrawn, expired] = [createProvider(), createProvider()];
    await hub.advertise(expired, 4);
    await hub.live(TTL_MS - 30_000);
    const t = hub.clock.wallMs();
    await hub.advertise(withdrawn, 4, t);
    assert.ok((await hub.withdraw(withdrawn, t + 1)).ok);
    assert.ok((await hub.withdraw(withdrawn, t + 1)).ok, 'a retry of the same withdrawal');
    await hub.live(30_000);
    assert.equal(codeOf(await hub.advertise(withdrawn, 4, t)), 'ADV_005');
    await hub.close();
    const restarted = await open({ path, clock: hub.clock });
    assert.equal(codeOf(await restarted.advertise(withdrawn, 4, t)), 'ADV_005');
    assert.deepEqual(restarted.listed(), []);
  });

  it('records the t of a withdrawal that ended nothing', async () => {
    const hub = await open();
    const provider = createProvider();
    const t = hub.clock.wallMs();
    assert.equal(codeOf(await hub.withdraw(provider, t)), 'ADV_004');
    assert.equal(codeOf(await hub.advertise(provider, 4, t)), 'ADV_005');
    assert.ok((await hub.advertise(provider, 4, t + 1)).ok);
  });

  it('purges what it remembers after twelve minutes, and still accepts nothing at or below it', async () => {
    const hub = await open();
    const provider = createProvider();
    const t = hub.clock.wallMs();
    await hub.advertise(provider, 4, t);
    await hub.withdraw(provider, t + 1);
    await hub.live(12 * MINUTE_MS - 1_000);
    assert.equal(hub.registry.standing(provider.providerId), 'remembered');
    await hub.live(2_000);
    assert.equal(hub.registry.standing(provider.providerId), 'unknown');
    hub.clock.setWall(t + 2_000);
    assert.equal(
      codeOf(await hub.advertise(provider, 4, t + 1)),
      'ADV_005',
      'a clock that went back',
    );
    assert.ok((await hub.advertise(provider, 4, t + 2)).ok);
  });

  it('counts no time in which its process stood still', async () => {
    const hub = await open();
    const provider = createProvider();
    await hub.advertise(provider, 4);
    hub.clock.pass(20 * MINUTE_MS);
    assert.deepEqual(hub.listed(), [provider.providerId]);
    await hub.live(TTL_MS - 1_000);
    assert.deepEqual(hub.listed(), [provider.providerId]);
    await hub.live(1_000);
    assert.deepEqual(hub.listed(), []);
  });

  it('changes no lifetime when the wall clock is set, by an hour or a year', async () => {
    const hub = await open();
    const provider = createProvider();
    await hub.advertise(provider, 4);
    hub.clock.setWall(hub.clock.wallMs() + 365 * 24 * 60 * MINUTE_MS);
    await hub.live(TTL_MS / 2);
    assert.deepEqual(hub.listed(), [provider.providerId]);
    hub.clock.setWall(hub.clock.wallMs() - 366 * 24 * 60 * MINUTE_MS);
    await hub.live(TTL_MS / 2 - 1_000);
    assert.deepEqual(hub.listed(), [provider.providerId]);
    await hub.live(1_000);
    assert.deepEqual(hub.listed(), []);
  });

  it('locks nobody out for longer than its own clock was wrong', async () => {
    const hub = await open();
    const provider = createProvider();
    const rightMs = hub.clock.wallMs();
    hub.clock.setWall(rightMs + 60 * MINUTE_MS);
    await hub.advertise(provider, 4);
    hub.clock.setWall(rightMs);
    await hub.live(61_000);
    assert.ok((await hub.advertise(provider, 8)).ok);
    assert.deepEqual(hub.listed('cpu=8'), [provider.providerId]);
  });

  it('counts no time in which its store took no writes', async () => {
    // No disk commits so many long bodies within a millisecond.
    const hub = await open({ path: await file(), writeTimeoutMs: 1, padding: 7_000 });
    const [first, ...others] = Array.from({ length: 800 }, createProvider);
    assert.ok(first);
    await hub.advertise(first, 4);
    while (hub.listed().length === 0) await new Promise((resolve) => setImmediate(resolve));
    const answers = await Promise.all(others.map((provider) => hub.advertise(provider, 4)));
    assert.ok(answers.some((answer) => codeOf(answer) === 'ADV_003'));
    assert.equal(hub.registry.writable(), false);
    for (let passed = 0; passed < TTL_MS; passed += 1_000) {
      hub.clock.pass(1_000);
      assert.equal(hub.registry.standing(first.providerId), 'listed');
    }
    while (!hub.registry.writable()) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(hub.registry.listed > 1, 'what was committed late is visible all the same');
  });

  for (const awayMinutes of [4, 6, 14]) {
    it(`expires nobody through ${awayMinutes} minutes of its own absence`, async () => {
      const path = await file();
      const before = await open({ path });
      const provider = createProvider();
      await before.advertise(provider, 4);
      await before.live(TTL_MS - 5_000);
      await before.close();
      const clock = createFakeClock(before.clock.wallMs() + awayMinutes * MINUTE_MS);
      const hub = await open({ path, clock });
      assert.equal(hub.registry.phase(), 'warming');
      await hub.live(TTL_MS - 1_000);
      assert.deepEqual(hub.listed(), [provider.providerId]);
      await hub.live(1_000);
      assert.deepEqual(hub.listed(), []);
      assert.equal(hub.registry.phase(), 'steady');
    });
  }

  it('lets no lease run while it is loading', async () => {
    const path = await file();
    const before = await open({ path });
    const provider = createProvider();
    await before.advertise(provider, 4);
    await before.close();
    const hub = await open({ path, clock: before.clock });
    await hub.live(TTL_MS - 1_000);
    hub.clock.pass(999);
    assert.deepEqual(hub.listed(), [provider.providerId]);
    hub.clock.pass(1);
    await hub.ring();
    assert.deepEqual(hub.listed(), []);
  });

  it('starts empty after an absence of over fifteen minutes, and still raises nothing from the dead', async () => {
    const path = await file();
    const before = await open({ path });
    const provider = createProvider();
    await before.advertise(provider, 4);
    await before.close();
    const clock = createFakeClock(before.clock.wallMs() + 16 * MINUTE_MS);
    const hub = await open({ path, clock });
    assert.deepEqual(hub.listed(), []);
    await hub.ring();
    assert.equal(
      codeOf(await hub.advertise(provider, 4, clock.wallMs() - 20 * MINUTE_MS)),
      'AUTH_002',
    );
    assert.ok((await hub.advertise(provider, 4)).ok);
  });

  it('is steady from its first start on', async () => {
    const hub = await open({ path: await file() });
    assert.equal(hub.registry.phase(), 'steady');
  });

  it('charges no address for unsigned renewals at their pace, not after a standstill nor a restart', async () => {
    const path = await file();
    const hub = await open({ path, auth: 'optional' });
    assert.equal(await hub.advertiseUnsigned('a'), 1, 'a new listing');
    hub.clock.pass(9_999);
    assert.equal(await hub.advertiseUnsigned('a'), 1, 'too soon');
    hub.clock.pass(10_000);
    assert.equal(await hub.advertiseUnsigned('a'), 0, 'on time, though leases stood still');
    await hub.close();
    const restarted = await open({ path, auth: 'optional', clock: hub.clock });
    assert.equal(
      await restarted.advertiseUnsigned('a'),
      0,
      'the hub cannot know how long ago it was',
    );
  });

  it('takes as many providers as it may and not one more, while renewals go on', async () => {
    const hub = await open({ listedMax: 3 });
    const providers = Array.from({ length: 3 }, createProvider);
    for (const provider of providers) assert.ok((await hub.advertise(provider, 4)).ok);
    assert.equal(codeOf(await hub.advertise(createProvider(), 4)), 'SYS_002');
    hub.clock.pass(1);
    for (const provider of providers) assert.ok((await hub.advertise(provider, 8)).ok);
    assert.equal(hub.registry.listed, 3);
  });

  it('leaves no timer behind when it is closed, however often', async () => {
    const hub = await open();
    assert.ok(hub.timersSet() > 0);
    await hub.close();
    await hub.close();
    assert.equal(hub.timersSet(), 0);
  });
});

function codeOf(result: Result<unknown>): string | undefined {
  return result.ok ? undefined : result.problem.code;
}
