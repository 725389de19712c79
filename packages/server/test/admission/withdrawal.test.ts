import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import {
  createEd25519Stranger,
  createEthersStranger,
  createViemStranger,
} from '../end-to-end/strangers.js';
import { codeOf, createDesk, listed, NOW_MS } from './desk.js';

const desk = createDesk();
after(() => desk.admission.close());

/** Signed by one provider for the path of another. */
async function deletionOf(
  thief: ReturnType<typeof createEthersStranger>,
  owner: string,
  t = NOW_MS,
) {
  return desk.signedDelete(thief, { path: `/api/v1/advertisements/${owner}`, t });
}

describe('a withdrawal', () => {
  it('by its owner is admitted, however the owner spells its address', async () => {
    const owner = createViemStranger();
    desk.know(owner.canonicalId, listed(NOW_MS - 1));
    for (const idHeader of [owner.id, owner.canonicalId]) {
      const request = await desk.signedDelete(owner, { idHeader });
      const result = await desk.withdraw(request, owner.canonicalId);
      assert.equal(result.ok && result.value.providerId, owner.canonicalId);
    }
  });

  for (const createThief of [createEthersStranger, createEd25519Stranger]) {
    it('of another provider with a valid signature is AUTH_004', async () => {
      const [thief, owner] = [createThief(), createEthersStranger()];
      const request = await deletionOf(thief, owner.canonicalId);
      assert.equal(codeOf(await desk.withdraw(request, owner.canonicalId)), 'AUTH_004');
    });

    it('of another provider with a signature for its own path is AUTH_001', async () => {
      const [thief, owner] = [createThief(), createEthersStranger()];
      const request = await desk.signedDelete(thief);
      assert.equal(codeOf(await desk.withdraw(request, owner.canonicalId)), 'AUTH_001');
    });
  }

  it('of another provider is AUTH_004 whatever the stranger itself said last', async () => {
    const [thief, owner] = [createEthersStranger(), createEthersStranger()];
    desk.know(thief.canonicalId, listed(NOW_MS));
    const request = await deletionOf(thief, owner.canonicalId, NOW_MS - 1);
    assert.equal(codeOf(await desk.withdraw(request, owner.canonicalId)), 'AUTH_004');
  });

  it('of another provider outside the time window is AUTH_002', async () => {
    const [thief, owner] = [createEthersStranger(), createEthersStranger()];
    const request = await deletionOf(thief, owner.canonicalId, NOW_MS - 300_001);
    assert.equal(codeOf(await desk.withdraw(request, owner.canonicalId)), 'AUTH_002');
  });

  it('needs a key where signatures are required', async () => {
    const request = desk.unsigned('provider-1', { body: '' });
    assert.equal(codeOf(await desk.withdraw(request, 'provider-1')), 'AUTH_001');
  });
});
