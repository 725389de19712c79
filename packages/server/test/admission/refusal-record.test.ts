import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Refusal } from '#src/admission/contract.js';
import { REFUSAL_MS_MAX, SUSPECTS_MAX } from '#src/admission/refusal-record.js';
import { createEd25519Stranger, createEthersStranger } from '../end-to-end/strangers.js';
import {
  codeOf,
  createDesk,
  type Desk,
  ELSEWHERE,
  listed,
  NOW_MS,
  providerIdOf,
  remembered,
} from './desk.js';

const TOO_OLD = NOW_MS - 400_000;
const TOO_NEW = NOW_MS + 100_000;

void describe('the last refusal', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = createDesk();
  });
  afterEach(() => desk.admission.close());
  const ann = createEthersStranger();
  const bob = createEd25519Stranger();

  const last = (): Refusal | undefined => desk.admission.lastRefusal(providerIdOf(ann.canonicalId));

  /** Verdicts come from another thread. */
  async function comesToBe(code: string): Promise<Refusal> {
    for (;;) {
      const refusal = last();
      if (refusal?.code === code) return refusal;
      await pause(1);
    }
  }
  /** Whatever was looked into before is done when this is known. */
  async function neverCame(): Promise<void> {
    desk.know(bob.canonicalId, listed(NOW_MS - 5));
    await desk.post(await desk.signedPost(bob, { t: TOO_NEW }));
    while (desk.admission.lastRefusal(providerIdOf(bob.canonicalId)) === undefined) await pause(1);
    assert.equal(last(), undefined);
  }

  const TOLD = [
    ['a clock that is ahead', 'AUTH_002', { t: TOO_NEW }],
    ['a clock that is behind', 'AUTH_002', { t: TOO_OLD }],
    ['a t that is not newer', 'ADV_005', { t: NOW_MS - 60_000 }],
    ['a body that is no JSON', 'REQ_001', { body: '{' }],
    ['an advertisement that is not acceptable', 'ADV_001', { body: '{"country":"SE"}' }],
  ] as const;
  for (const [what, code, choices] of TOLD) {
    void it(`of ${what} is told, once its signature was found valid`, async () => {
      desk.know(ann.canonicalId, listed(NOW_MS - 5));
      const answer = await desk.post(await desk.signedPost(ann, choices));
      assert.equal(codeOf(answer), code);
      const { message, atMs } = await comesToBe(code);
      assert.equal(message, answer.ok ? '' : answer.problem.message);
      assert.equal(atMs, NOW_MS);
    });
  }

  void it('of somebody else’s advertisement is told of whoever signed', async () => {
    desk.know(ann.canonicalId, remembered(NOW_MS - 5));
    const path = `/api/v1/advertisements/${bob.canonicalId}`;
    const answer = await desk.withdraw(await desk.signedDelete(ann, { path }), bob.canonicalId);
    assert.equal(codeOf(answer), 'AUTH_004');
    await comesToBe('AUTH_004');
  });

  void it('is not put in place by whoever only claims to be the provider', async () => {
    desk.know(ann.canonicalId, listed(NOW_MS - 5));
    const forged = await desk.signedPost(bob, { t: TOO_NEW, idHeader: ann.id });
    await desk.post({ ...forged, signatureHeader: `t=${TOO_NEW},v1=0x${'1'.repeat(128)}1b` });
    await desk.post(await desk.signedPost(ann, { t: TOO_NEW, network: 'testnet' }));
    await desk.post(await desk.signedPost(ann, { body: '{', sentBody: '[' }));
    await neverCame();
  });

  void it('is not put in place by repeating what the provider once signed, but from where it last renewed', async () => {
    desk.know(ann.canonicalId, listed(NOW_MS - 5));
    const old = { t: TOO_OLD };
    await desk.post(await desk.signedPost(ann, { ...old, source: ELSEWHERE }));
    await neverCame();
    await desk.post(await desk.signedPost(ann, old));
    await comesToBe('AUTH_002');
  });

  void it('of somebody who is not known is nobody’s', async () => {
    await desk.post(await desk.signedPost(ann, { t: TOO_NEW }));
    await neverCame();
  });

  void it('goes unnoticed where too many are being looked into, but those from home have room of their own', async () => {
    desk.know(ann.canonicalId, listed(NOW_MS - 5));
    desk.know(bob.canonicalId, listed(NOW_MS - 5));
    const garbage = await desk.signedPost(bob, {
      t: TOO_NEW,
      network: 'testnet',
      source: ELSEWHERE,
    });
    const real = await desk.signedPost(ann, { t: TOO_NEW, source: ELSEWHERE });
    const flood = Array.from({ length: SUSPECTS_MAX }, () => desk.post(garbage));
    await Promise.all([...flood, desk.post(real)]);
    await neverCame();
    const busy = Array.from({ length: SUSPECTS_MAX }, () => desk.post(garbage));
    await Promise.all([...busy, desk.post(await desk.signedPost(ann, { body: '{' }))]);
    await comesToBe('REQ_001');
  });

  void it('is forgotten after a day', async () => {
    desk.know(ann.canonicalId, listed(NOW_MS - 5));
    await desk.post(await desk.signedPost(ann, { t: TOO_NEW }));
    await comesToBe('AUTH_002');
    desk.clock.pass(REFUSAL_MS_MAX);
    assert.ok(last());
    desk.clock.pass(1);
    assert.equal(last(), undefined);
  });
});
