import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { DiscoveryClient, DiscoveryError, type Rejection } from '#src/index.js';
import { isAdvertisementList } from '#src/answers/advertisement.js';
import { SYSTEM } from '#src/transport/surroundings.js';
import { startHub, type HubProcess } from '../hub-process.js';
import { createNumberedSigner, list, listMany, numberedBody } from '../listed-providers.js';
import { createTamperingHub, type Tampering, type TamperingHub } from '../tampering-hub.js';
import { LIES, type Lie } from './tamperings.js';

const PROVIDERS = 8;
const WANTED = { cpu: 1, memory: 1, storage: 1, sort: 'price', verify: true } as const;

describe('a client that verifies', () => {
  let hub: HubProcess;
  let liar: TamperingHub;
  let client: DiscoveryClient;
  let earlier: Map<string, Advertisement>;

  before(async () => {
    hub = await startHub();
    liar = await createTamperingHub(hub.url);
    client = new DiscoveryClient({ hubs: liar.url });
    const signers = Array.from({ length: PROVIDERS }, (_, number) => createNumberedSigner(number));
    const past = Date.now() - 1_000;
    await Promise.all(signers.map((signer) => list(hub.url, signer, numberedBody(99), past)));
    earlier = new Map((await recordsWithProof()).map((record) => [record.provider_id, record]));
    await listMany(hub.url, PROVIDERS);
  });

  after(async () => {
    await liar.close();
    await hub.end();
  });

  async function recordsWithProof(): Promise<Advertisement[]> {
    const response = await fetch(`${hub.url}/api/v1/advertisements?proof=true`);
    const records: unknown = await response.json();
    assert.ok(isAdvertisementList(records));
    return [...records];
  }

  /** Those that hold, and those that don't, when the hub answers so. */
  async function findThrough(tamper: Tampering) {
    liar.tamper = tamper;
    const rejections: Rejection[] = [];
    const onRejected = (rejection: Rejection) => void rejections.push(rejection);
    const held = await client.find({ ...WANTED, onRejected }).toArray();
    return { held, rejections };
  }

  function telling(lie: Lie, at: number): Tampering {
    return (records) => {
      const record = records[at];
      const other = records[(at + 1) % records.length];
      const old = earlier.get(record?.provider_id ?? '');
      assert.ok(record && other && old);
      return records.with(at, lie(record, { other, earlier: old }));
    };
  }

  it('takes what is true, from the signed body alone', async () => {
    const { held, rejections } = await findThrough((records) => records);
    assert.deepEqual(rejections, []);
    assert.equal(held.length, PROVIDERS);
    for (const { provider_id, signed_at, verified, estimate, proof, unproven, ...body } of held) {
      assert.deepEqual(body, JSON.parse(proof.body));
      assert.ok(verified && provider_id && estimate && Date.parse(signed_at) <= Date.now());
      assert.deepEqual(Object.keys(unproven), ['created_at', 'updated_at', 'expires_at']);
    }
  });

  for (const [name, lie] of Object.entries(LIES)) {
    it(`sees through a lie: ${name}`, async () => {
      for (const at of [0, 1]) {
        const { held, rejections } = await findThrough(telling(lie, at));
        assert.equal(rejections.length, 1);
        assert.equal(held.length, PROVIDERS - 1);
        assert.equal(rejections[0]?.hub, liar.url);
      }
    });
  }

  it('sees through any lies, wherever they are, and loses nobody who is told of truly', async () => {
    const lies = fc.uniqueArray(
      fc.tuple(fc.nat(PROVIDERS - 1), fc.constantFrom(...Object.values(LIES))),
      {
        selector: ([at]) => at,
        minLength: 1,
        maxLength: 3,
      },
    );
    const truth = new Map(
      (await findThrough((records) => records)).held.map((each) => [each.provider_id, each]),
    );
    await fc.assert(
      fc.asyncProperty(lies, async (told) => {
        const { held, rejections } = await findThrough((records) => {
          const answered: unknown[] = [...records];
          for (const [at, lie] of told) answered[at] = telling(lie, at)(records)[at];
          return answered;
        });
        assert.equal(held.length + rejections.length, PROVIDERS);
        assert.equal(rejections.length, told.length);
        for (const each of held) assert.deepEqual(each, truth.get(each.provider_id));
      }),
      { numRuns: 60 },
    );
  });

  it('sees two proofs that were swapped, in both', async () => {
    const { rejections } = await findThrough((records) => {
      const [a, b, ...rest] = records;
      assert.ok(a?.proof && b?.proof);
      return [{ ...a, proof: b.proof }, { ...b, proof: a.proof }, ...rest];
    });
    assert.equal(rejections.length, 2);
  });

  it('sees the same provider twice on a page', async () => {
    const { rejections } = await findThrough((records) => [...records, ...records.slice(0, 1)]);
    assert.match(rejections[0]?.reason ?? '', /twice/u);
  });

  for (const sort of ['price', 'cpu', 'memory', 'storage'] as const) {
    it(`sees who was put before a better one, where sort=${sort} was asked for`, async () => {
      liar.tamper = (records) => records.toReversed();
      await assert.rejects(client.find({ ...WANTED, sort }).toArray(), {
        code: 'UNVERIFIABLE',
        message: new RegExp(`stands before one that sort=${sort} puts first`, 'u'),
      });
      liar.tamper = (records) => records;
      const truth = await client.find({ ...WANTED, sort }).toArray();
      liar.tamper = (records) => [...records.slice(-1), ...records.slice(0, -1)];
      const rejections: Rejection[] = [];
      const onRejected = (rejection: Rejection) => void rejections.push(rejection);
      const held = await client.find({ ...WANTED, sort, onRejected }).toArray();
      assert.deepEqual(held, truth.slice(0, -1));
      assert.deepEqual(
        rejections.map(({ providerId }) => providerId),
        truth.slice(-1).map(({ provider_id }) => provider_id),
      );
    });
  }

  it('takes any order of listings, which no key has signed', async () => {
    liar.tamper = (records) => records.toReversed();
    const held = await client.find({ verify: true }).toArray();
    assert.equal(held.length, PROVIDERS);
  });

  it('sees an advertisement that is true and no answer', async () => {
    liar.tamper = () => [...earlier.values()].slice(0, 1);
    const questions = [
      { cpu: 9 },
      { memory: 5_000 },
      { storage: 5_000 },
      { country: ['DE', 'FR'] },
      { platform: 'arm64' },
      { cpu: 1, memory: 1, storage: 1, max_usd_per_month: 0.5 },
    ];
    for (const question of questions) {
      const search = client.find({ ...question, verify: true }).toArray();
      await assert.rejects(search, { code: 'UNVERIFIABLE', message: /does not satisfy/u });
    }
  });

  it('ends at the first that does not hold, unless it is told what to do instead', async () => {
    liar.tamper = (records) => records.map((record) => ({ ...record, ip_address: '198.51.100.7' }));
    await assert.rejects(client.find(WANTED).toArray(), (error) => {
      assert.ok(error instanceof DiscoveryError && error.code === 'UNVERIFIABLE');
      assert.match(
        error.message,
        /advertisement of (?:0x|did:).* ip_address is "198\.51\.100\.7"/u,
      );
      assert.deepEqual(
        error.details.map(({ field }) => field),
        ['ip_address'],
      );
      return true;
    });
  });

  it('takes no proof that is too old, or from the future', async () => {
    liar.tamper = (records) => records;
    const cases = [
      [661_000, /signed 6\d\d s ago, and may be 660 s old/u],
      [-100_000, /signed \d\d s ahead of the clock of this machine/u],
    ] as const;
    for (const [shiftMs, message] of cases) {
      const surroundings = { ...SYSTEM, wallMs: () => Date.now() + shiftMs };
      const shifted = new DiscoveryClient({ hubs: liar.url, surroundings });
      await assert.rejects(shifted.find(WANTED).toArray(), { code: 'UNVERIFIABLE', message });
    }
    const strict = client.find({ ...WANTED, maxProofAgeMs: 0 }).toArray();
    await assert.rejects(strict, { code: 'UNVERIFIABLE' });
  });

  it('takes no proof that was made for another network', async () => {
    const elsewhere = new DiscoveryClient({ hubs: hub.url, network: 'testnet' });
    await assert.rejects(elsewhere.find(WANTED).toArray(), {
      code: 'UNVERIFIABLE',
      message: /made for another network/u,
    });
  });

  it('gets one provider as surely as it finds many', async () => {
    const { providerId } = createNumberedSigner(4);
    liar.tamper = (records) => records;
    const got = await client.get(providerId, { verify: true });
    assert.deepEqual([got.provider_id, got.provider_name], [providerId, 'Rack 4']);
    for (const lie of Object.values(LIES)) {
      liar.tamper = ([record]) => {
        const [other, old] = [
          earlier.get(createNumberedSigner(2).providerId),
          earlier.get(providerId),
        ];
        assert.ok(record && other && old);
        return [lie(record, { other, earlier: old })];
      };
      await assert.rejects(client.get(providerId, { verify: true }), { code: 'UNVERIFIABLE' });
    }
    liar.tamper = () => [earlier.get(createNumberedSigner(2).providerId)];
    await assert.rejects(
      client.get(providerId, { verify: true }),
      /another provider was asked for/u,
    );
  });
});
