import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { checkOrder } from '#src/admission/order.js';
import { asWallMs } from '#src/telemetry/clock.js';
import { createEthersStranger } from '../end-to-end/strangers.js';
import { codeOf, createDesk, listed, NOW_MS, remembered } from './desk.js';

const T = NOW_MS - 10_000;
/** The first instant at which a remembered time cannot be believed. */
const INCREDIBLE = NOW_MS + 60_001;

describe('the early look at the order of t', () => {
  const cases = [
    { of: 'a first POST', method: 'POST', t: T, known: undefined },
    { of: 'a newer POST', method: 'POST', t: T + 1, known: listed(T) },
    { of: 'a POST over an unsigned one', method: 'POST', t: T, known: listed(undefined) },
    { of: 'a POST that may be a retry', method: 'POST', t: T, known: listed(T) },
    { of: 'an older POST', method: 'POST', t: T - 1, known: listed(T), lastT: T },
    { of: 'a POST after its end', method: 'POST', t: T, known: remembered(T), lastT: T },
    { of: 'a newer POST after an end', method: 'POST', t: T + 1, known: remembered(T) },
    { of: 'a DELETE that may be a retry', method: 'DELETE', t: T, known: remembered(T) },
    { of: 'a DELETE with the t of the POST', method: 'DELETE', t: T, known: listed(T), lastT: T },
    { of: 'an older DELETE', method: 'DELETE', t: T - 1, known: remembered(T), lastT: T },
    { of: 'a newer DELETE', method: 'DELETE', t: T + 1, known: listed(T) },
    { of: 'one at the mark', method: 'POST', t: T, known: undefined, mark: T, lastT: T },
    { of: 'one past the mark', method: 'POST', t: T + 1, known: undefined, mark: T },
    { of: 'a retry at the mark', method: 'POST', t: T, known: listed(T), mark: T },
    { of: 'one under both', method: 'POST', t: T, known: listed(T + 2), mark: T + 1, lastT: T + 2 },
    { of: 'one under a t from the future', method: 'POST', t: T, known: listed(INCREDIBLE) },
    { of: 'one under a mark from the future', method: 'POST', t: T, mark: INCREDIBLE },
    {
      of: 'one under a t as far ahead as can be',
      method: 'POST',
      t: T,
      known: remembered(INCREDIBLE - 1),
      lastT: INCREDIBLE - 1,
    },
  ] as const;
  for (const { of, method, t, ...facts } of cases) {
    const lastT = 'lastT' in facts ? facts.lastT : undefined;
    it(`${lastT === undefined ? 'lets through' : 'refuses'} ${of}`, () => {
      const result = checkOrder(method, t, {
        known: 'known' in facts ? facts.known : undefined,
        highWaterMark: 'mark' in facts ? facts.mark : 0,
        nowMs: asWallMs(NOW_MS),
      });
      assert.equal(codeOf(result), lastT === undefined ? 'admitted' : 'ADV_005');
      if (result.ok) return;
      assert.deepEqual(result.problem.details, [{ field: 't', message: String(lastT) }]);
    });
  }
});

describe('a write whose t is not greater', () => {
  const desk = createDesk();
  after(() => desk.admission.close());
  const provider = createEthersStranger();

  it('is refused before its body is read and its signature verified', async () => {
    desk.know(provider.canonicalId, listed(T));
    const request = await desk.signedPost(provider, { t: T - 1, sentBody: 'not even JSON' });
    assert.equal(codeOf(await desk.post(request)), 'ADV_005');
    const deletion = await desk.signedDelete(provider, { t: T });
    assert.equal(codeOf(await desk.withdraw(deletion, provider.id)), 'ADV_005');
  });

  it('is refused where it is at the high-water mark', async () => {
    desk.setHighWaterMark(T);
    const newcomer = createEthersStranger();
    assert.equal(codeOf(await desk.post(await desk.signedPost(newcomer, { t: T }))), 'ADV_005');
    const later = await desk.signedPost(newcomer, { t: T + 1 });
    assert.equal(codeOf(await desk.post(later)), 'admitted');
  });
});
