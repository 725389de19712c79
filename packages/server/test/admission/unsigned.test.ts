import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createEd25519Stranger, createEthersStranger } from '../end-to-end/strangers.js';
import { codeOf, createDesk, ELSEWHERE, HOME, listed, NOW_MS, remembered } from './desk.js';

const T = NOW_MS - 10_000;

describe('under DISCOVERY_AUTH=optional', () => {
  const desk = createDesk({ auth: 'optional' });
  after(() => desk.admission.close());
  const provider = createEthersStranger();
  const ids = {
    'a label': 'provider-1',
    'an address': provider.id,
    'a did:key': createEd25519Stranger().id,
  };

  for (const [name, id] of Object.entries(ids)) {
    it(`${name} with the literal word is admitted unsigned`, async () => {
      const result = await desk.post(desk.unsigned(id));
      assert.ok(result.ok);
      assert.equal(result.value.providerId, id);
      assert.equal(result.value.signed, undefined);
    });
  }

  const begun = ['t=', 't=1', `t=${NOW_MS},v1=signature`, `t=${NOW_MS},v1=0x${'1b'.repeat(65)}`];
  for (const signature of begun) {
    it(`whatever begins with t= must be well-formed and verify: ${signature.slice(0, 30)}`, async () => {
      for (const id of Object.values(ids)) {
        assert.equal(codeOf(await desk.post(desk.unsigned(id, { signature }))), 'AUTH_001');
      }
    });
  }

  for (const signature of ['T=1', ' t=1', 'signature', '0x', 'v1=0x00,t=1']) {
    it(`whatever does not is no signature: "${signature}"`, async () => {
      assert.equal(codeOf(await desk.post(desk.unsigned('provider-1', { signature }))), 'admitted');
    });
  }

  it('both headers are needed all the same, and the id must be one', async () => {
    const request = desk.unsigned('provider-1');
    assert.equal(codeOf(await desk.post({ ...request, signatureHeader: undefined })), 'AUTH_003');
    assert.equal(codeOf(await desk.post({ ...request, signatureHeader: '' })), 'AUTH_003');
    assert.equal(codeOf(await desk.post({ ...request, providerIdHeader: '0x12' })), 'AUTH_001');
  });

  it('a signed one is verified and admitted as signed', async () => {
    const result = await desk.post(await desk.signedPost(createEthersStranger()));
    assert.equal(result.ok && result.value.signed?.t, NOW_MS);
    const forged = await desk.signedPost(createEthersStranger(), { network: 'testnet' });
    assert.equal(codeOf(await desk.post(forged)), 'AUTH_001');
  });

  it('nothing unsigned overwrites or withdraws what a key has signed, listed or remembered', async () => {
    for (const known of [listed(T), remembered(T)]) {
      desk.know(provider.canonicalId, known);
      assert.equal(codeOf(await desk.post(desk.unsigned(provider.id))), 'AUTH_004');
      const deletion = desk.unsigned(provider.id, { body: '' });
      assert.equal(codeOf(await desk.withdraw(deletion, provider.id)), 'AUTH_004');
    }
  });

  it('a key takes over what was listed unsigned', async () => {
    const owner = createEthersStranger();
    desk.know(owner.canonicalId, listed(undefined));
    assert.equal(codeOf(await desk.post(await desk.signedPost(owner))), 'admitted');
  });

  it('the body is checked as it is for the signed', async () => {
    const request = desk.unsigned('provider-1', { body: '{"cpu":' });
    assert.equal(codeOf(await desk.post(request)), 'REQ_001');
  });
});

describe('the address policy', () => {
  const desk = createDesk({ auth: 'optional', ipPolicy: 'source' });
  after(() => desk.admission.close());

  it('holds for the unsigned too', async () => {
    assert.equal(codeOf(await desk.post(desk.unsigned('provider-1'))), 'admitted');
    const foreign = desk.unsigned('provider-1', { source: ELSEWHERE });
    assert.equal(codeOf(await desk.post(foreign)), 'ADV_001');
  });
});

describe('what an unsigned advertisement costs its address', () => {
  const desk = createDesk({ auth: 'optional' });
  after(() => desk.admission.close());

  const cases = [
    { of: 'a new listing', known: undefined, charge: 1 },
    { of: 'a renewal from home after 10 s', sinceRenewalMs: 10_000, charge: 0 },
    { of: 'a renewal from home before', sinceRenewalMs: 9_999, charge: 1 },
    { of: 'a renewal from elsewhere', sinceRenewalMs: 240_000, source: ELSEWHERE, charge: 1 },
  ];
  for (const { of, sinceRenewalMs, source = HOME, charge } of cases) {
    it(`is ${charge} for ${of}`, async () => {
      const id = `provider-${of.replaceAll(' ', '-')}`;
      if (sinceRenewalMs !== undefined) desk.know(id, { ...listed(undefined), sinceRenewalMs });
      const before = desk.charged();
      assert.equal(codeOf(await desk.post(desk.unsigned(id, { source }))), 'admitted');
      assert.equal(desk.charged() - before, charge);
    });
  }

  it('is refused where the address has nothing left, but for a renewal at the pace of its kind', async () => {
    desk.know('provider-1', { ...listed(undefined), sinceRenewalMs: 240_000 });
    desk.exhaustAddresses();
    assert.equal(codeOf(await desk.post(desk.unsigned('provider-1'))), 'admitted');
    assert.equal(codeOf(await desk.post(desk.unsigned('provider-2'))), 'RATE_001');
  });
});

describe('an unsigned withdrawal', () => {
  const desk = createDesk({ auth: 'optional' });
  after(() => desk.admission.close());
  desk.know('provider-1', listed(undefined));

  it('is admitted from the address that last renewed, and from no other', async () => {
    const home = desk.unsigned('provider-1', { body: '' });
    const result = await desk.withdraw(home, 'provider-1');
    assert.ok(result.ok);
    assert.deepEqual(result.value, { providerId: 'provider-1', t: undefined });
    const elsewhere = desk.unsigned('provider-1', { body: '', source: ELSEWHERE });
    assert.equal(codeOf(await desk.withdraw(elsewhere, 'provider-1')), 'AUTH_004');
  });

  it('of another provider is refused', async () => {
    const request = desk.unsigned('provider-2', { body: '' });
    assert.equal(codeOf(await desk.withdraw(request, 'provider-1')), 'AUTH_004');
  });

  it('of what is not listed is left to the store', async () => {
    const request = desk.unsigned('provider-3', { body: '' });
    assert.equal(codeOf(await desk.withdraw(request, 'provider-3')), 'admitted');
  });

  it('costs nothing', () => {
    assert.equal(desk.charged(), 0);
  });
});
