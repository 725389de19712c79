import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PROBLEMS } from 'golem-vm-discovery-protocol';
import { isProblemCode } from '#src/failure.js';
import type { Expectation } from '#src/index.js';
import { Transport, type SendOptions, type TransportOptions } from '#src/transport/transport.js';
import { createTurnedWorld } from '../turned-world.js';
import { createScriptedHubs, found, refused, strange, type Line } from './scripted-hubs.js';

const [A, B, C] = ['http://a.example', 'http://b.example', 'http://c.example'] as const;
const REQUEST = { method: 'GET', path: '/api/v1/advertisements' } as const;

const ANYTHING: Expectation<unknown> = {
  expected: 'JSON',
  isAnswer: (_body): _body is unknown => true,
};

function createCase(
  scripts: Record<string, readonly Line[]>,
  options: Partial<TransportOptions> = {},
) {
  const hubs = createScriptedHubs(scripts);
  const world = createTurnedWorld(hubs.fetch);
  const transport = new Transport({ hubs: Object.keys(scripts), surroundings: world, ...options });
  return {
    world,
    asked: hubs.asked,
    send: (more: SendOptions = {}, expectation = ANYTHING) =>
      world.settle(transport.send(REQUEST, more, expectation)),
    async codeOf(more: SendOptions = {}) {
      const answer = await this.send(more);
      return answer.ok ? 'ok' : answer.failure.code;
    },
  };
}

const silent: Line = () => 'silent';
const broken: Line = () => 'broken';

describe('a request to several hubs', () => {
  it('goes to the next at once when the first is away, and to whoever answered the time after', async () => {
    const trial = createCase({ [A]: [broken], [B]: [found], [C]: [found] });
    assert.equal(await trial.codeOf(), 'ok');
    assert.deepEqual(trial.asked, [A, B]);
    assert.equal(trial.world.elapsedMs(), 0);
    assert.equal(await trial.codeOf(), 'ok');
    assert.deepEqual(trial.asked, [A, B, B]);
  });

  it('comes back to the first when all have failed', async () => {
    const trial = createCase({ [A]: [broken, found], [B]: [broken] });
    assert.equal(await trial.codeOf(), 'ok');
    assert.deepEqual(trial.asked, [A, B, A]);
  });

  it('passes over what does not speak as a hub, and never asks it again', async () => {
    const trial = createCase({ [A]: [strange(200, '<html>Welcome')], [B]: [refused('SYS_002')] });
    assert.equal(await trial.codeOf(), 'SYS_002');
    assert.deepEqual(trial.asked, [A, B, B, B]);
  });

  it('passes over what answers otherwise than a hub would, and does not ask it first the next time', async () => {
    const trial = createCase({ [A]: [strange(200, '{"ok":true}')], [B]: [found] });
    const isAnswer = (body: unknown): body is readonly unknown[] => Array.isArray(body);
    for (const asked of [
      [A, B],
      [A, B, B],
    ]) {
      const answer = await trial.send({}, { expected: 'a list', isAnswer });
      assert.ok(answer.ok && answer.hub === B);
      assert.deepEqual(trial.asked, asked);
    }
  });

  it('asks one hub alone where that is wanted', async () => {
    const trial = createCase({ [A]: [found], [B]: [broken] });
    assert.equal(await trial.codeOf({ hub: B, attemptsMax: 2 }), 'UNREACHABLE');
    assert.deepEqual(trial.asked, [B, B]);
  });

  it('asks each hub at least once, however many there are', async () => {
    const scripts = Object.fromEntries(
      Array.from({ length: 7 }, (_, at) => [
        `http://hub${at}.example`,
        [at === 6 ? found : broken],
      ]),
    );
    assert.equal(await createCase(scripts).codeOf(), 'ok');
  });
});

describe('a request that failed', () => {
  for (const code of Object.keys(PROBLEMS).filter(isProblemCode)) {
    const again = PROBLEMS[code].retry === 'later';
    it(`with ${code} is ${again ? 'repeated' : 'not repeated, nor taken elsewhere'}`, async () => {
      const trial = createCase({ [A]: [refused(code)], [B]: [refused(code)] });
      assert.equal(await trial.codeOf(), code);
      assert.equal(trial.asked.length, again ? 4 : 1);
    });
  }

  it('waits for as long as Retry-After says, by seconds or by date', async () => {
    const date = new Date(1_790_000_000_000 + 7_000).toUTCString();
    for (const value of ['7', date]) {
      const trial = createCase({ [A]: [refused('RATE_001', { 'Retry-After': value }), found] });
      assert.equal(await trial.codeOf(), 'ok');
      assert.equal(trial.world.elapsedMs(), 7_000);
    }
  });

  it('is not repeated when Retry-After goes beyond its patience, and says when to come back', async () => {
    const trial = createCase({ [A]: [refused('RATE_001', { 'Retry-After': '60' }), found] });
    const answer = await trial.send();
    assert.ok(!answer.ok && answer.failure.retryAfterMs === 60_000);
    assert.deepEqual([trial.asked.length, trial.world.elapsedMs()], [1, 0]);
  });

  it('backs off by doubling', async () => {
    const trial = createCase({ [A]: [broken] });
    await trial.send();
    assert.equal(trial.world.elapsedMs(), 125 + 250 + 500);
  });

  it('ends after one attempt where one is allowed, and tells what the hub told', async () => {
    const trial = createCase({ [A]: [refused('ADV_003', { 'Retry-After': '2' })] });
    const answer = await trial.send({ attemptsMax: 1 });
    assert.ok(!answer.ok);
    assert.deepEqual(answer.failure, {
      code: 'ADV_003',
      message: 'refused by ADV_003',
      hubTimeMs: Date.parse('2026-09-21T14:13:20.000Z'),
      hub: A,
      retryAfterMs: 2_000,
      attempts: 1,
    });
  });

  it('ends in time when nobody answers, and leaves no timer behind', async () => {
    const trial = createCase({ [A]: [silent] }, { attemptTimeoutMs: 4_000, patienceMs: 10_000 });
    assert.equal(await trial.codeOf(), 'TIMED_OUT');
    assert.ok(trial.world.elapsedMs() <= 10_000, `${trial.world.elapsedMs()} ms`);
    assert.equal(trial.world.timersSet, 0);
  });

  it('stands for a hub that is away, when a proxy in front of it says so without our shape', async () => {
    for (const status of [429, 502, 503, 504]) {
      const trial = createCase({ [A]: [strange(status, '<html>', { 'Retry-After': '1' }), found] });
      assert.equal(await trial.codeOf(), 'ok');
      assert.equal(trial.world.elapsedMs(), 1_000);
    }
  });

  it('stands for no hub at all, where anything else is answered', async () => {
    const lines = [
      strange(404, '<html>'),
      strange(200, ''),
      strange(403, '{"code":"NEW_001","message":"a code that we do not know"}'),
      strange(400, 'null'),
    ];
    for (const line of lines) {
      const trial = createCase({ [A]: [line] });
      assert.equal(await trial.codeOf(), 'UNREADABLE');
      assert.equal(trial.asked.length, 1);
    }
  });
});

describe('a caller that gives up', () => {
  it('is told so at once: before, during and between attempts', async () => {
    const reason = new Error('enough');
    const before = createCase({ [A]: [found] });
    assert.equal(await before.codeOf({ signal: AbortSignal.abort(reason) }), 'ABORTED');
    assert.equal(before.asked.length, 0);
    for (const line of [silent, refused('SYS_002', { 'Retry-After': '5' })]) {
      const trial = createCase({ [A]: [line] });
      const controller = new AbortController();
      trial.world.after(1_000, () => controller.abort(reason));
      const answer = await trial.send({ signal: controller.signal });
      assert.ok(!answer.ok && answer.failure.code === 'ABORTED');
      assert.equal(answer.failure.cause, reason);
      assert.equal(trial.world.elapsedMs(), 1_000);
      assert.equal(trial.world.timersSet, 0);
    }
  });
});

describe('any request', () => {
  const line = fc.constantFrom<Line>(
    found,
    broken,
    silent,
    strange(200, 'nonsense'),
    strange(502, ''),
    refused('SYS_002'),
    refused('ADV_002'),
    refused('RATE_001', { 'Retry-After': '3' }),
  );

  it('ends within its patience and its attempts, whatever the hubs do', async () => {
    const scripts = fc.array(fc.array(line, { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(scripts, fc.integer({ min: 1, max: 8 }), async (lines, attemptsMax) => {
        const byHub = Object.fromEntries(
          lines.map((each, at) => [`http://hub${at}.example`, each]),
        );
        const trial = createCase(byHub, {
          attemptsMax,
          attemptTimeoutMs: 2_000,
          patienceMs: 9_000,
        });
        const answer = await trial.send();
        assert.ok(trial.asked.length <= attemptsMax);
        assert.ok(trial.world.elapsedMs() <= 9_000);
        assert.ok(answer.ok || answer.failure.attempts === trial.asked.length);
        assert.equal(trial.world.timersSet, 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the options of a transport', () => {
  it('take URLs of hubs, with a path, and nothing else', () => {
    const { hubs } = new Transport({
      hubs: ['https://one.example/discovery/', A, `${A}/`, `${A}/api/v1`, `${A}/api/v1/`],
    });
    assert.deepEqual(hubs, ['https://one.example/discovery', A]);
    const wrong = [
      [],
      'hub.example:7465',
      'ftp://a.example',
      `${A}/?x=1`,
      'http://me:pw@a.example',
    ];
    for (const given of wrong) assert.throws(() => new Transport({ hubs: given }), TypeError);
  });

  it('take at most 16 hubs', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => `http://h${at}.example`);
    assert.equal(new Transport({ hubs: many(16) }).hubs.length, 16);
    assert.throws(() => new Transport({ hubs: many(17) }), TypeError);
  });

  it('refuse bounds that are none', () => {
    for (const bound of [0, -1, Number.NaN]) {
      assert.throws(() => new Transport({ hubs: A, patienceMs: bound }), RangeError);
    }
  });
});
