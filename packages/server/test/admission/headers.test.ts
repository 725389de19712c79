import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Problem } from 'golem-vm-discovery-protocol';
import type { WriteRequest } from '#src/admission/contract.js';
import {
  createEd25519Stranger,
  createEthersStranger,
  createViemStranger,
} from '../end-to-end/strangers.js';
import { codeOf, createDesk, NOW_MS } from './desk.js';

const desk = createDesk();
after(() => desk.admission.close());
const wallet = createViemStranger();
const request = await desk.signedPost(wallet);

type Headers = Partial<Pick<WriteRequest, 'providerIdHeader' | 'signatureHeader'>>;

async function refusalOf(headers: Headers): Promise<Problem> {
  const result = await desk.post({ ...request, ...headers });
  assert.ok(!result.ok);
  return result.problem;
}

describe('missing credentials', () => {
  const cases: Readonly<Record<string, Headers>> = {
    'no provider id': { providerIdHeader: undefined },
    'an empty provider id': { providerIdHeader: '' },
    'no signature': { signatureHeader: undefined },
    'an empty signature': { signatureHeader: '' },
    'neither header': { providerIdHeader: undefined, signatureHeader: undefined },
  };
  for (const [name, headers] of Object.entries(cases)) {
    it(`are refused with AUTH_003: ${name}`, async () => {
      assert.equal((await refusalOf(headers)).code, 'AUTH_003');
    });
  }
});

describe('a malformed provider id', () => {
  const cases = ['0x12', `0X${'ab'.repeat(20)}`, `0x${'Ab'.repeat(20)}`, 'did:key:z6Mk', 'watch'];
  for (const id of [...cases, '-a', 'a b', 'a'.repeat(129)]) {
    it(`is refused with AUTH_001: ${id.slice(0, 50)}`, async () => {
      assert.equal((await refusalOf({ providerIdHeader: id })).code, 'AUTH_001');
    });
  }

  it('is a label too, where signatures are required, and the message says what to use', async () => {
    for (const signature of ['signature', request.signatureHeader]) {
      const { code, message } = await refusalOf({
        providerIdHeader: 'provider-1',
        signatureHeader: signature,
      });
      assert.equal(code, 'AUTH_001');
      assert.match(message, /0x.*did:key.*provider_name/);
    }
  });
});

describe('a malformed signature', () => {
  const good = request.signatureHeader ?? '';
  const cases = {
    'a literal word': 'signature',
    'only its beginning': 't=',
    'random bytes': `t=${NOW_MS},v1=0x${'5a'.repeat(65)}`,
    'upper-case hex': good.replace(/0x.*$/, (hex) => `0x${hex.slice(2).toUpperCase()}`),
    'a space': good.replace(',', ', '),
    'another order': good.split(',').toReversed().join(','),
    DER: `t=${NOW_MS},v1=0x3045022100${'12'.repeat(60)}`,
    'too long': `${good}${'0'.repeat(200)}`,
    'a t in seconds': good.replace(/^t=\d+/, 't=1790000000'),
  };
  for (const [name, signature] of Object.entries(cases)) {
    it(`is refused with AUTH_001: ${name}`, async () => {
      assert.equal((await refusalOf({ signatureHeader: signature })).code, 'AUTH_001');
    });
  }

  it('is one that belongs to the other scheme', async () => {
    const other = await desk.signedPost(createEd25519Stranger());
    assert.equal(codeOf(await desk.post({ ...other, providerIdHeader: wallet.id })), 'AUTH_001');
  });
});

describe('the time of a signature', () => {
  const cases = [
    { aheadMs: -300_001, code: 'AUTH_002' },
    { aheadMs: -300_000, code: 'admitted' },
    { aheadMs: 60_000, code: 'admitted' },
    { aheadMs: 60_001, code: 'AUTH_002' },
  ];
  for (const { aheadMs, code } of cases) {
    it(`at ${aheadMs} ms from now is ${code}`, async () => {
      const timed = await desk.signedPost(createEthersStranger(), { t: NOW_MS + aheadMs });
      assert.equal(codeOf(await desk.post(timed)), code);
    });
  }
});
