/** Leases of 300 seconds as they are in the world, through outages, sleeps and wrong clocks in any order. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Advertiser, type AdvertiserEvent } from '#src/index.js';
import { generateKey } from '#src/keys/index.js';
import { LongWorld, type Network } from './long-world.js';
import { ModelHub } from './model-hub.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const GRACE_MS = 200 * SECOND_MS;
const AWAKE_GRACE_MS = 2 * SECOND_MS;

/** One thing that the world does, and for how long. */
type Blow =
  | { readonly kind: 'calm'; readonly ms: number }
  | { readonly kind: 'network'; readonly network: Network; readonly ms: number }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'clock'; readonly byMs: number }
  | { readonly kind: 'amnesia' }
  | { readonly kind: 'change'; readonly cpu: number };

/** What became of it. */
interface Story {
  readonly missedMs: number;
  readonly accountableMs: number;
  readonly absentMs: number;
  readonly events: readonly AdvertiserEvent[];
}

const signer = generateKey();

async function live(blows: readonly Blow[], random = () => 0.5): Promise<Story> {
  const world = new LongWorld(random);
  const hub = new ModelHub(signer.providerId, () => world.trueMs);
  world.connect(hub);
  const events: AdvertiserEvent[] = [];
  const advertiser = await Advertiser.start({
    hubs: 'http://model',
    // The model does not verify, and a million signatures take their time.
    signer: { providerId: signer.providerId, sign: async () => 'unverified' },
    advertisement: {
      ip_address: '83.233.10.2',
      country: 'SE',
      resources: { cpu: 1, memory: 8, storage: 40 },
    },
    onEvent: (event) => events.push(event),
    surroundings: world.surroundings,
  });
  let cpu = 1;
  let changedMs = world.trueMs;
  let reachableMs = world.trueMs;
  let awakeMs = world.trueMs;
  let lookedMs = world.trueMs;
  const story = { missedMs: 0, accountableMs: 0, absentMs: 0, events };
  const look = (): void => {
    const { trueMs, network } = world;
    const passedMs = trueMs - lookedMs;
    lookedMs = trueMs;
    if (network !== 'whole') reachableMs = trueMs;
    // A change gets as long as anything else to arrive.
    const sinceMs = Math.max(reachableMs, changedMs);
    const current = hub.isListed && hub.body.includes(`"cpu":${cpu},`);
    if (!hub.isListed) story.absentMs += passedMs;
    if (trueMs - sinceMs < GRACE_MS || trueMs - awakeMs < AWAKE_GRACE_MS) return;
    story.accountableMs += passedMs;
    if (!current) story.missedMs += passedMs;
  };
  for (const blow of blows) {
    switch (blow.kind) {
      case 'calm':
        await world.pass(blow.ms, look);
        break;
      case 'network':
        world.network = blow.network;
        await world.pass(blow.ms, look);
        look();
        world.network = 'whole';
        break;
      case 'sleep':
        look();
        world.sleep(blow.ms);
        awakeMs = world.trueMs;
        lookedMs = world.trueMs;
        break;
      case 'clock':
        world.setClock(blow.byMs);
        break;
      case 'amnesia':
        hub.forget();
        reachableMs = world.trueMs;
        break;
      case 'change':
        cpu = blow.cpu;
        changedMs = world.trueMs;
        advertiser.update({ resources: { cpu, memory: 8, storage: 40 } });
        break;
    }
  }
  await world.pass(10 * MINUTE_MS, look);
  await advertiser.close({ withdraw: false });
  return story;
}

describe('with leases of 300 seconds, an advertisement is listed', () => {
  for (const [what, blows] of [
    [
      'through 30 s of dropped packets',
      [{ kind: 'network', network: 'swallowing', ms: 30 * SECOND_MS }],
    ],
    ['through 30 s of lost answers', [{ kind: 'network', network: 'deaf', ms: 30 * SECOND_MS }]],
    ['through a storm of 429', [{ kind: 'network', network: 'storm', ms: 90 * SECOND_MS }]],
    ['when its clock is set back an hour', [{ kind: 'clock', byMs: -HOUR_MS }]],
    ['when its clock is set forward an hour', [{ kind: 'clock', byMs: HOUR_MS }]],
    [
      'when its clock goes to and fro',
      [
        { kind: 'clock', byMs: HOUR_MS },
        { kind: 'calm', ms: 3 * MINUTE_MS },
        { kind: 'clock', byMs: -2 * HOUR_MS },
      ],
    ],
  ] as const satisfies readonly (readonly [string, readonly Blow[]])[]) {
    it(`${what}, without a second missing`, async () => {
      const { absentMs, accountableMs, missedMs } = await live([
        { kind: 'calm', ms: 10 * MINUTE_MS },
        ...blows,
        { kind: 'calm', ms: 10 * MINUTE_MS },
      ]);
      assert.equal(absentMs, 0);
      assert.equal(missedMs, 0);
      assert.ok(accountableMs > 10 * MINUTE_MS);
    });
  }

  it('two seconds after ten minutes of sleep', async () => {
    const { missedMs, absentMs, events } = await live([
      { kind: 'calm', ms: 10 * MINUTE_MS },
      { kind: 'sleep', ms: 10 * MINUTE_MS },
      { kind: 'calm', ms: 10 * MINUTE_MS },
    ]);
    assert.equal(missedMs, 0);
    assert.ok(absentMs <= AWAKE_GRACE_MS, `${absentMs}`);
    assert.equal(events.filter(({ kind }) => kind === 'listed').length, 2);
  });

  it('wherever its hub was reachable for two thirds of a lease, whatever happens', async () => {
    // Without bias to the short: it takes long outages to make long pauses.
    const durationMs = fc.noBias(fc.integer({ min: 1, max: 20 * MINUTE_MS }));
    const blow: fc.Arbitrary<Blow> = fc.oneof(
      durationMs.map((ms): Blow => ({ kind: 'calm', ms })),
      fc
        .record({
          network: fc.constantFrom<Network>('swallowing', 'cut', 'deaf', 'storm', 'broken'),
          ms: durationMs,
        })
        .map((what): Blow => ({ kind: 'network', ...what })),
      durationMs.map((ms): Blow => ({ kind: 'sleep', ms })),
      fc
        .integer({ min: -2 * HOUR_MS, max: 2 * HOUR_MS })
        .map((byMs): Blow => ({ kind: 'clock', byMs })),
      fc.constant<Blow>({ kind: 'amnesia' }),
      fc.integer({ min: 2, max: 1_000 }).map((cpu): Blow => ({ kind: 'change', cpu })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(blow, { minLength: 5, maxLength: 15 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        async (blows, chances) => {
          const { missedMs } = await live(blows, () => Number(chances.next().value));
          assert.equal(missedMs, 0);
        },
      ),
      { numRuns: 40 },
    );
  });
});
