import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { checkIpPolicy } from '#src/admission/ip-policy.js';
import { createEthersStranger } from '../end-to-end/strangers.js';
import { BODY, codeOf, createDesk, ELSEWHERE, HOME } from './desk.js';

const V6 = { address: '2a01:4f8::1', network: '2a01:4f8:0:0::/64' };

describe('DISCOVERY_IP_POLICY', () => {
  const cases = [
    { policy: 'any', ip: '10.0.0.1', source: HOME, accepted: true },
    { policy: 'any', ip: '83.233.10.2', source: HOME, accepted: true },
    { policy: 'public', ip: '83.233.10.2', source: ELSEWHERE, accepted: true },
    { policy: 'public', ip: '2a01:4f8::1', source: ELSEWHERE, accepted: true },
    { policy: 'public', ip: '10.0.0.1', source: HOME, accepted: false },
    { policy: 'public', ip: '127.0.0.1', source: HOME, accepted: false },
    { policy: 'public', ip: 'fd00::1', source: HOME, accepted: false },
    { policy: 'public', ip: '::ffff:10.0.0.1', source: HOME, accepted: false },
    { policy: 'source', ip: '83.233.10.2', source: HOME, accepted: true },
    { policy: 'source', ip: '::ffff:83.233.10.2', source: HOME, accepted: true },
    { policy: 'source', ip: '2A01:04F8:0::1', source: V6, accepted: true },
    { policy: 'source', ip: '2a01:4f8::2', source: V6, accepted: false },
    { policy: 'source', ip: '83.233.10.2', source: ELSEWHERE, accepted: false },
  ] as const;
  for (const { policy, ip, source, accepted } of cases) {
    it(`${policy} ${accepted ? 'takes' : 'refuses'} ${ip} from ${source.address}`, () => {
      const result = checkIpPolicy(policy, ip, source);
      assert.equal(codeOf(result), accepted ? 'admitted' : 'ADV_001');
      if (!result.ok) assert.equal(result.problem.details?.[0]?.field, 'ip_address');
    });
  }
});

describe('the address policy', () => {
  const desk = createDesk({ ipPolicy: 'source' });
  after(() => desk.admission.close());

  it('speaks only to those whose signature verifies', async () => {
    const provider = createEthersStranger();
    const foreign = BODY.replace('83.233.10.2', '83.233.10.3');
    const signed = await desk.signedPost(provider, { body: foreign });
    assert.equal(codeOf(await desk.post(signed)), 'ADV_001');
    const forged = await desk.signedPost(provider, { sentBody: foreign });
    assert.equal(codeOf(await desk.post(forged)), 'AUTH_001');
  });

  it('costs the address nothing here: the edge charges refusals', async () => {
    const before = desk.charged();
    await desk.post(await desk.signedPost(createEthersStranger(), { source: ELSEWHERE }));
    assert.equal(desk.charged(), before);
  });
});
