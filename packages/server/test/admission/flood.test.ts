import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { after, describe, it } from 'node:test';
import { createEd25519Stranger, createEthersStranger } from '../end-to-end/strangers.js';
import { codeOf, createDesk, ELSEWHERE, listed, NOW_MS } from './desk.js';

/** Ten times what may wait. */
const QUEUE_MAX = 200;
const FLOOD = 10 * QUEUE_MAX;

describe('a flood of garbage that claims listed ids', () => {
  const desk = createDesk({ queueMax: QUEUE_MAX });
  after(() => desk.admission.close());
  const providers = [createEthersStranger(), createEd25519Stranger()];
  for (const { canonicalId } of providers) desk.know(canonicalId, listed(NOW_MS - 1));

  it('is refused, and renewals from where they last came from pass it', async () => {
    const forged = await Promise.all(
      providers.map((provider) =>
        desk.signedPost(provider, { network: 'testnet', source: ELSEWHERE }),
      ),
    );
    const renewals = await Promise.all(providers.map((provider) => desk.signedPost(provider)));
    let refused = 0;
    const flood = Array.from({ length: FLOOD / 2 }, () => forged)
      .flat()
      .map(async (request) => {
        const code = codeOf(await desk.post(request));
        refused += 1;
        return code;
      });
    await nextTurn();
    const before = refused;
    const answers = await Promise.all(renewals.map((request) => desk.post(request)));
    assert.deepEqual(answers.map(codeOf), ['admitted', 'admitted']);
    assert.ok(refused - before <= 32 + 16, `${refused - before} garbage went before them`);
    const codes = await Promise.all(flood);
    assert.deepEqual(new Set(codes), new Set(['AUTH_001', 'SYS_002']));
    const verified = codes.filter((code) => code === 'AUTH_001').length;
    assert.ok(verified <= QUEUE_MAX + 32, `${verified} of ${FLOOD} cost a verification`);
  });

  it('is not helped by the lane: garbage from home fills that one alone', async () => {
    const [provider] = providers;
    assert.ok(provider);
    const forged = await desk.signedPost(provider, { network: 'testnet' });
    const flood = Array.from({ length: FLOOD }, () => desk.post(forged));
    const newcomer = await desk.post(
      await desk.signedPost(createEthersStranger(), { source: ELSEWHERE }),
    );
    assert.equal(codeOf(newcomer), 'admitted');
    await Promise.all(flood);
  });
});

describe('an admission that was closed', () => {
  it('refuses with SYS_002, and closes twice without harm', async () => {
    const desk = createDesk();
    const waiting = desk.post(await desk.signedPost(createEthersStranger()));
    await Promise.all([desk.admission.close(), desk.admission.close()]);
    assert.equal(codeOf(await waiting), 'SYS_002');
    const late = await desk.post(await desk.signedPost(createEthersStranger()));
    assert.equal(codeOf(late), 'SYS_002');
  });
});
