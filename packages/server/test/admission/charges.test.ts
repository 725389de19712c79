import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createEd25519Stranger, createEthersStranger } from '../end-to-end/strangers.js';
import type { Stranger } from '../end-to-end/strangers.js';
import { codeOf, createDesk, ELSEWHERE, listed, NOW_MS, remembered } from './desk.js';

const T = NOW_MS - 10_000;

describe('what a verified write costs', () => {
  const desk = createDesk();
  after(() => desk.admission.close());

  /** The codes of as many renewals, each with a newer `t`; nothing is stored between them. */
  async function renew(provider: Stranger, times: number, source = ELSEWHERE): Promise<string[]> {
    const codes: string[] = [];
    for (let at = 1; at <= times; at += 1) {
      const request = await desk.signedPost(provider, { t: T + at, source });
      codes.push(codeOf(await desk.post(request)));
    }
    return codes;
  }

  async function repeat(provider: Stranger, times: number, source?: typeof ELSEWHERE) {
    const request = await desk.signedPost(provider, { t: T, ...(source && { source }) });
    const codes: string[] = [];
    for (let at = 1; at <= times; at += 1) codes.push(codeOf(await desk.post(request)));
    return codes;
  }

  function listedProvider(): Stranger {
    const provider = createEd25519Stranger();
    desk.know(provider.canonicalId, listed(T));
    return provider;
  }

  it('is one of the address where it lists a new provider, or one that had ended', async () => {
    const before = desk.charged();
    await desk.post(await desk.signedPost(createEthersStranger()));
    assert.equal(desk.charged(), before + 1);
    const returning = createEthersStranger();
    desk.know(returning.canonicalId, remembered(T));
    await desk.post(await desk.signedPost(returning));
    assert.equal(desk.charged(), before + 2);
  });

  it('is one of sixty a minute of the provider where it renews, and never one of the address', async () => {
    const before = desk.charged();
    const provider = listedProvider();
    const codes = await renew(provider, 61);
    assert.deepEqual(codes, [...Array<string>(60).fill('admitted'), 'RATE_001']);
    assert.equal(desk.charged(), before);
    const refused = await desk.post(await desk.signedPost(provider, { t: T + 100 }));
    assert.ok(!refused.ok);
    assert.match(
      refused.problem.message,
      /^a provider may write 60 times a minute; try again in \d+ s$/,
    );
    assert.deepEqual(await renew(listedProvider(), 1), ['admitted'], 'others are not affected');
    desk.clock.pass(60_000);
    assert.deepEqual(await renew(provider, 1), ['admitted']);
  });

  it('says after how many seconds a renewal will be taken again', async () => {
    const provider = listedProvider();
    await renew(provider, 60);
    desk.clock.pass(18_500);
    const result = await desk.post(await desk.signedPost(provider));
    assert.ok(!result.ok);
    assert.equal(result.problem.retryAfterSeconds, 42);
  });

  it('is one of the provider where a key takes over what was listed unsigned', async () => {
    const before = desk.charged();
    const provider = createEthersStranger();
    desk.know(provider.canonicalId, listed(undefined));
    assert.equal(codeOf(await desk.post(await desk.signedPost(provider))), 'admitted');
    assert.equal(desk.charged(), before);
  });

  it('is taken from a budget apart where it repeats the accepted one from home', async () => {
    const before = desk.charged();
    const provider = listedProvider();
    assert.deepEqual(await repeat(provider, 61), [
      ...Array<string>(60).fill('admitted'),
      'RATE_001',
    ]);
    assert.equal(desk.charged(), before);
    assert.deepEqual(await renew(provider, 1), ['admitted'], 'renewals have their own budget');
  });

  it('is one of the address where somebody elsewhere replays a public proof', async () => {
    const before = desk.charged();
    const provider = listedProvider();
    await repeat(provider, 70, ELSEWHERE);
    assert.equal(desk.charged(), before + 70);
    assert.deepEqual(await repeat(provider, 1), ['admitted'], 'a retry from home is still free');
    assert.deepEqual(await renew(provider, 60), Array<string>(60).fill('admitted'));
  });

  it('is never the renewal budget where an old proof is replayed under a t from the future', async () => {
    const before = desk.charged();
    const provider = createEd25519Stranger();
    desk.know(provider.canonicalId, listed(desk.clock.wallMs() + 3_600_000));
    await repeat(provider, 1, ELSEWHERE);
    assert.equal(desk.charged(), before + 1);
  });

  it('is one of the provider where it withdraws, and nothing of the address', async () => {
    const before = desk.charged();
    const provider = listedProvider();
    await renew(provider, 59);
    const withdraw = async () =>
      codeOf(await desk.withdraw(await desk.signedDelete(provider), provider.id));
    assert.deepEqual([await withdraw(), await withdraw()], ['admitted', 'RATE_001']);
    assert.equal(desk.charged(), before);
  });

  it('is bounded too where a withdrawal is repeated after the listing ended', async () => {
    const provider = createEd25519Stranger();
    desk.know(provider.canonicalId, remembered(T));
    const request = await desk.signedDelete(provider, { t: T });
    const codes: string[] = [];
    for (let at = 1; at <= 61; at += 1)
      codes.push(codeOf(await desk.withdraw(request, provider.id)));
    assert.deepEqual(codes, [...Array<string>(60).fill('admitted'), 'RATE_001']);
  });

  it('is decided by what is known after the verification, not before', async () => {
    const provider = listedProvider();
    const before = desk.charged();
    const answer = desk.post(await desk.signedPost(provider));
    desk.know(provider.canonicalId, remembered(T));
    assert.equal(codeOf(await answer), 'admitted');
    assert.equal(desk.charged(), before + 1);
  });

  it('is refused where the address has nothing left, and a renewal is not', async () => {
    const provider = listedProvider();
    desk.exhaustAddresses();
    const refused = await desk.post(await desk.signedPost(createEthersStranger()));
    assert.ok(!refused.ok);
    assert.equal(refused.problem.code, 'RATE_001');
    assert.equal(refused.problem.retryAfterSeconds, 7);
    assert.deepEqual(await renew(provider, 1), ['admitted']);
  });
});

describe('the budgets of providers', () => {
  const desk = createDesk({ providersMax: 2 });
  after(() => desk.admission.close());

  /** The code of the last of so many renewals. */
  async function spend(provider: Stranger, times: number): Promise<string> {
    let code = '';
    for (let at = 1; at <= times; at += 1) {
      code = codeOf(await desk.post(await desk.signedPost(provider, { t: T + at })));
    }
    return code;
  }

  it('are bounded: beyond the bound newcomers share one, and those counted keep theirs', async () => {
    const providers = Array.from({ length: 4 }, createEd25519Stranger);
    const [first, second, third, fourth] = providers;
    assert.ok(first && second && third && fourth);
    for (const { canonicalId } of providers) desk.know(canonicalId, listed(T));
    assert.equal(await spend(first, 1), 'admitted');
    assert.equal(await spend(second, 1), 'admitted');
    assert.equal(await spend(third, 60), 'admitted');
    assert.equal(await spend(fourth, 1), 'RATE_001');
    assert.equal(await spend(first, 59), 'admitted');
  });
});

describe('the budgets of providers, switched off', () => {
  const desk = createDesk({ providerWritesPerMinuteMax: 0 });
  after(() => desk.admission.close());

  it('let a provider renew and repeat itself any number of times', async () => {
    const provider = createEd25519Stranger();
    desk.know(provider.canonicalId, listed(T));
    for (const t of [T, T + 1]) {
      const request = await desk.signedPost(provider, { t });
      const answers = await Promise.all(Array.from({ length: 100 }, () => desk.post(request)));
      assert.deepEqual(new Set(answers.map(codeOf)), new Set(['admitted']));
    }
  });
});
