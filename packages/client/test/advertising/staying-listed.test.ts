/** An advertiser and a real hub, with a lease of three seconds, and everything that comes between them. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Advertiser, type AdvertiserEvent, type Surroundings } from '#src/index.js';
import { generateKey } from '#src/keys/index.js';
import { SYSTEM } from '#src/transport/surroundings.js';
import { AbsenceCount, type Absence } from './absence-count.js';
import { Cable, type CableState } from './cable.js';
import { startProvider } from './provider-process.js';
import { RestartingHub } from './restarting-hub.js';
import { createSleepingMachine } from './sleeping-machine.js';

/** Its third is rounded down to a second, which leaves a slow machine some room. */
const LEASE_SECONDS = 5;
const GRACE_MS = (LEASE_SECONDS * 1_000 * 2) / 3;
/** After a sleep there is less time. */
const AWAKE_GRACE_MS = 2_000;

/** Long enough to lose the lease. */
const OUTAGE_MS = 1_600 * LEASE_SECONDS;

const SETTINGS = { DISCOVERY_ADVERTISEMENT_TTL_SECONDS: String(LEASE_SECONDS) };
const HOUR_MS = 3_600_000;

/** What a scenario is played with. */
interface Stage {
  readonly hub: RestartingHub;
  readonly cable: Cable;
  readonly count: AbsenceCount;
}

/** Plays a scenario and counts. The hub is real, on the far side of a cable. */
async function play(
  scenario: (stage: Stage) => Promise<void>,
  {
    surroundings = SYSTEM,
    graceMs = GRACE_MS,
  }: { surroundings?: Surroundings; graceMs?: number } = {},
): Promise<{ absence: Absence; events: readonly AdvertiserEvent[] }> {
  const hub = await RestartingHub.start(SETTINGS);
  const cable = await Cable.lay(hub.port);
  const events: AdvertiserEvent[] = [];
  const listed = new EventEmitter();
  const advertiser = await Advertiser.start({
    hubs: cable.url,
    signer: generateKey(),
    advertisement: {
      ip_address: '83.233.10.2',
      country: 'SE',
      resources: { cpu: 4, memory: 8, storage: 40 },
    },
    onEvent: (event) => {
      events.push({ ...event, message: `${Math.round(performance.now())} ${event.message}` });
      if (event.kind === 'listed') listed.emit('once');
    },
    surroundings,
  });
  await once(listed, 'once');
  const count = new AbsenceCount(hub.url, advertiser.providerId, graceMs);
  try {
    await scenario({ hub, cable, count });
    return { absence: await count.stop(), events: [...events] };
  } finally {
    await count.stop();
    await advertiser.close();
    await cable.close();
    await hub.kill();
  }
}

function assertNeverMissing(
  { inexcusableMs, accountableMs }: Absence,
  atLeastMs: number,
  events: readonly AdvertiserEvent[] = [],
): void {
  const story = events.map(({ message }) => message).join('\n');
  assert.equal(inexcusableMs, 0, `not listed for ${Math.round(inexcusableMs)} ms:\n${story}`);
  assert.ok(accountableMs > atLeastMs, `only ${Math.round(accountableMs)} ms were looked at`);
}

function kindsOf(events: readonly AdvertiserEvent[]): ReadonlySet<string> {
  return new Set(events.map(({ kind }) => kind));
}

describe('an advertisement stays listed', { concurrency: true }, () => {
  it('while its hub is killed and started again ten times, each time without a memory', async () => {
    const { absence, events } = await play(async ({ hub, count }) => {
      await pause(2_300);
      for (let restarts = 0; restarts < 10; restarts += 1) {
        count.unreachable();
        await hub.kill();
        await pause(100 * restarts);
        await hub.restart();
        count.reachable();
        // Some live too short to be listed at, perhaps; the others long enough to judge.
        await pause(restarts % 3 === 0 ? GRACE_MS + 1_000 : 200 * restarts);
      }
    });
    assertNeverMissing(absence, 3_000, events);
    assert.ok(absence.excusedMs > 0, 'the hub never forgot it, and nothing was tried');
    assert.ok(kindsOf(events).has('unreachable'));
    assert.ok(events.filter(({ kind }) => kind === 'listed').length >= 5);
  });

  for (const [what, state, expected] of [
    ['packets are dropped for longer than a lease', 'swallowing', 'unreachable'],
    ['the cable is cut for longer than a lease', 'cut', 'unreachable'],
    ['a portal answers for longer than a lease', 'portal', 'unreachable'],
    ['everything is answered with 429 and Retry-After for longer than a lease', 'storm', 'refused'],
  ] as const satisfies readonly (readonly [string, CableState, string])[]) {
    it(`again when ${what}, in time`, async () => {
      const { absence, events } = await play(async ({ cable, count }) => {
        await pause(1_000);
        // Two lengths, so that no pause and no time-out ends with both by luck.
        for (const outageMs of [OUTAGE_MS, 0.8 * OUTAGE_MS]) {
          count.unreachable();
          cable.state = state;
          await pause(outageMs);
          cable.state = 'whole';
          count.reachable();
          await pause(GRACE_MS + 1_500);
        }
      });
      assertNeverMissing(absence, 2_000, events);
      assert.ok(absence.excusedMs > 1_000, 'it was never missing, and nothing was tried');
      assert.ok(kindsOf(events).has(expected));
    });
  }

  it('when the wall clock is set back an hour, forward two, and begins an hour wrong', async () => {
    let wrongMs = -HOUR_MS;
    const surroundings: Surroundings = { ...SYSTEM, wallMs: () => Date.now() + wrongMs };
    const { absence, events } = await play(
      async () => {
        await pause(3_000);
        wrongMs -= HOUR_MS;
        await pause(5_000);
        wrongMs += 2 * HOUR_MS;
        await pause(5_000);
      },
      { surroundings },
    );
    assertNeverMissing(absence, 9_000, events);
    assert.ok(kindsOf(events).has('clock_corrected'));
    assert.ok(!kindsOf(events).has('refused'));
  });

  it('two seconds after its machine wakes from a sleep of more than a lease', async () => {
    const machine = createSleepingMachine();
    const { absence } = await play(
      async ({ count }) => {
        for (const awakeMs of [1_000, AWAKE_GRACE_MS + 1_500]) {
          await pause(awakeMs);
          count.unreachable();
          await machine.sleep(OUTAGE_MS);
          count.reachable();
        }
        await pause(AWAKE_GRACE_MS + 1_500);
      },
      { surroundings: machine.surroundings, graceMs: AWAKE_GRACE_MS },
    );
    assertNeverMissing(absence, 2_000);
    assert.ok(absence.excusedMs > 1_000, 'it was never missing, and nothing was tried');
  });

  it('two seconds after its process is continued that was stopped for longer than a lease', async () => {
    const hub = await RestartingHub.start(SETTINGS);
    const provider = await startProvider(hub.url);
    const count = new AbsenceCount(hub.url, provider.providerId, AWAKE_GRACE_MS);
    try {
      for (const runningMs of [1_000, AWAKE_GRACE_MS + 1_500]) {
        await pause(runningMs);
        count.unreachable();
        provider.signal('SIGSTOP');
        await pause(OUTAGE_MS);
        provider.signal('SIGCONT');
        count.reachable();
      }
      await pause(AWAKE_GRACE_MS + 1_500);
      const absence = await count.stop();
      assertNeverMissing(absence, 2_000);
      assert.ok(absence.excusedMs > 1_000, 'it was never missing, and nothing was tried');
    } finally {
      await count.stop();
      await provider.end();
      await hub.kill();
    }
  });
});
