import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accept, parseFindQuery, type ProviderId, type Signer } from 'golem-vm-discovery-protocol';
import { prove } from '#src/registry/proving.js';
import {
  createProvider,
  openRegistryUnderTest,
  type RegistryUnderTest,
} from './registry-under-test.js';

const PROVIDERS = 20;
const ROUNDS = 30;

interface Proven {
  readonly provider_id: ProviderId;
  readonly resources: { readonly cpu: number };
  readonly proof?: { readonly body: string; readonly signature: string };
}

describe('an answer with proofs', () => {
  const providers = Array.from({ length: PROVIDERS }, createProvider);
  let hub: RegistryUnderTest;

  before(async () => {
    hub = await openRegistryUnderTest();
    await advertiseAll(1);
  });
  after(() => hub.close());

  function advertiseAll(cpu: number): Promise<unknown> {
    return Promise.all(providers.map((provider) => hub.advertise(provider, cpu)));
  }

  async function findProven(): Promise<Proven[]> {
    const query = parseFindQuery('proof=true');
    assert.ok(query.ok);
    const found = await hub.registry.findProven(query.value);
    assert.ok(found.ok);
    const list: unknown = JSON.parse(found.value.list.bytes.toString('latin1'));
    assert.ok(isProven(list));
    return list;
  }

  function isProven(list: unknown): list is Proven[] {
    return Array.isArray(list) && list.length === PROVIDERS;
  }

  it('shows with each advertisement what was signed for it, also while all of them change', async () => {
    for (let cpu = 2; cpu < ROUNDS; cpu += 1) {
      hub.clock.pass(1_000);
      const changing = advertiseAll(cpu);
      const answers = await Promise.all([findProven(), findProven(), findProven()]);
      await changing;
      for (const { proof, resources, provider_id } of answers.flat()) {
        assert.ok(proof, `${provider_id} changed faster than its proof was read`);
        const signed: unknown = JSON.parse(proof.body);
        assert.ok(typeof signed === 'object' && signed !== null && 'resources' in signed);
        assert.deepEqual(signed.resources, resources);
      }
    }
  });

  it('is whole in a market where one of ten renews while its page is read', async () => {
    const ids = Array.from({ length: 100 }, () => createProvider().providerId);
    const grants = new Map(ids.map((id) => [id, 1]));
    const reads: number[] = [];
    const store = {
      async proofs(wanted: readonly ProviderId[]) {
        reads.push(wanted.length);
        for (const id of wanted.slice(0, wanted.length / 10)) grants.set(id, grantOf(id) + 1);
        return new Map(wanted.map((id) => [id, { grant: grantOf(id), body: '', signature: '' }]));
      },
    };
    const grantOf = (id: ProviderId): number => grants.get(id) ?? 0;
    const find = (id: ProviderId) => ({ t: 1, grant: grantOf(id) });
    const records = ids.map((providerId) => ({ providerId, text: '{"a":1}' }));
    const proven = await prove({ store, find }, () => accept({ records }));
    assert.ok(proven.ok && proven.value.texts.every((text) => text.includes('"proof":')));
    assert.deepEqual(reads, [100, 0]);
  });

  it('is given for one provider, and is ADV_004 for nobody', async () => {
    const [known] = providers;
    assert.ok(known);
    const text = await hub.registry.getProven(known.providerId);
    assert.ok(text.ok && /"proof":\{"signature":"t=/.test(text.value));
    const stranger: Signer = createProvider();
    const nobody = await hub.registry.getProven(stranger.providerId);
    assert.equal(nobody.ok ? undefined : nobody.problem.code, 'ADV_004');
  });
});
