import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Implementation } from '#src/admission/verification.js';
import {
  createEd25519Stranger,
  createEthersStranger,
  createViemStranger,
} from '../end-to-end/strangers.js';
import { BODY, codeOf, createDesk, listed, NOW_MS } from './desk.js';

const STRANGERS = {
  'a wallet of viem': createViemStranger,
  'a wallet of ethers': createEthersStranger,
  'a key of Node': createEd25519Stranger,
};
const RESERIALISED = JSON.stringify(JSON.parse(BODY), undefined, 1);

for (const implementation of ['native', 'portable'] satisfies Implementation[]) {
  const desk = createDesk({ implementation });
  after(() => desk.admission.close());

  describe(`the identity as an Ed25519 key, verified by ${implementation} code`, () => {
    it('is refused, though one signature of it fits every message', async () => {
      const id = 'did:key:z6MkeXATEjyXENzBXBxgC5EHk2JE5aqd7qMGGtDpLUH1e2Sj';
      const signature = `t=${NOW_MS},v1=AQ${'A'.repeat(84)}`;
      assert.equal(codeOf(await desk.post(desk.unsigned(id, { signature }))), 'AUTH_001');
    });
  });

  for (const [name, createStranger] of Object.entries(STRANGERS)) {
    describe(`${name}, verified by ${implementation} code`, () => {
      const stranger = createStranger();

      it('is admitted with what it said', async () => {
        const request = await desk.signedPost(stranger);
        const result = await desk.post(request);
        assert.ok(result.ok);
        assert.equal(result.value.providerId, stranger.canonicalId);
        assert.equal(result.value.advertisement.country, 'SE');
        assert.equal(result.value.body, BODY);
        assert.deepEqual(result.value.signed, { t: NOW_MS, signature: request.signatureHeader });
      });

      it('may withdraw what is its own', async () => {
        const result = await desk.withdraw(await desk.signedDelete(stranger), stranger.id);
        assert.ok(result.ok);
        assert.deepEqual(result.value, { providerId: stranger.canonicalId, t: NOW_MS });
      });

      const forgeries = {
        'another body': { sentBody: BODY.replace('"SE"', '"DE"') },
        'a body that was re-serialised on the way': { sentBody: RESERIALISED },
        'another network': { network: 'testnet' },
        'another method': { method: 'DELETE' },
        'another path': { path: '/api/v1/advertisements/' },
        'another provider': { idHeader: createStranger().id },
      } as const;
      for (const [what, choices] of Object.entries(forgeries)) {
        it(`is refused where it signed for ${what}`, async () => {
          const result = await desk.post(await desk.signedPost(stranger, choices));
          assert.equal(codeOf(result), 'AUTH_001');
        });
      }

      it('is refused where its POST is used for a DELETE', async () => {
        const request = { ...(await desk.signedPost(stranger)), body: new Uint8Array() };
        assert.equal(codeOf(await desk.withdraw(request, stranger.id)), 'AUTH_001');
      });

      it('is refused in the same way where its key was accepted before', async () => {
        desk.know(stranger.canonicalId, listed(NOW_MS - 1));
        const forged = await desk.signedPost(stranger, { sentBody: RESERIALISED });
        assert.equal(codeOf(await desk.post(forged)), 'AUTH_001');
        assert.equal(codeOf(await desk.post(await desk.signedPost(stranger))), 'admitted');
      });
    });
  }
}

describe('a signature that does not verify', () => {
  const desk = createDesk({ implementation: 'auto' });
  after(() => desk.admission.close());

  it('is found out by native code, which fits the machines that this test runs on', () => {
    assert.equal(desk.admission.implementation, 'native');
  });

  it('gets a message that names every cause: the key, the bytes, the request, the network', async () => {
    const forged = await desk.signedPost(createViemStranger(), { sentBody: RESERIALISED });
    const result = await desk.post(forged);
    assert.ok(!result.ok);
    assert.match(result.problem.message, /another key/);
    assert.match(result.problem.message, /other bytes.*re-serialised/);
    assert.match(result.problem.message, /POST \/api\/v1\/advertisements .*network mainnet/);
  });

  it('costs nobody anything here: the edge charges refusals', async () => {
    await desk.post(await desk.signedPost(createEthersStranger(), { network: 'testnet' }));
    assert.equal(desk.charged(), 0);
  });

  it('is found out only after the body was read, which is cheaper', async () => {
    const forged = await desk.signedPost(createEthersStranger(), { sentBody: '{"cpu":' });
    assert.equal(codeOf(await desk.post(forged)), 'REQ_001');
    const incomplete = await desk.signedPost(createEthersStranger(), { sentBody: '{}' });
    assert.equal(codeOf(await desk.post(incomplete)), 'ADV_001');
  });
});
