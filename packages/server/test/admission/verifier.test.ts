import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { Result } from 'golem-vm-discovery-protocol';
import { parseSignatureHeader } from 'golem-vm-discovery-protocol';
import type { Verification } from '#src/admission/verification.js';
import { Verifier, type VerifierOptions } from '#src/admission/verifier.js';
import { startVerifyWorker } from '#src/admission/verify-thread.js';
import { createEthersStranger } from '../end-to-end/strangers.js';
import { codeOf, NOW_MS, providerIdOf } from './desk.js';

async function createVerification(): Promise<Verification> {
  const stranger = createEthersStranger();
  const header = `t=${NOW_MS},v1=${await stranger.sign('text')}`;
  const signature = parseSignatureHeader(header, 'ethereum');
  assert.ok(signature.ok);
  const providerId = providerIdOf(stranger.id);
  return { providerId, signature: signature.value, signedText: 'text', keyAccepted: false };
}

const good = await createVerification();
const garbage: Verification = { ...good, signedText: 'another text' };

/** A pool that is closed when the test is over, whatever became of it. */
async function withVerifier(
  options: Partial<VerifierOptions>,
  test: (verifier: Verifier) => Promise<void>,
): Promise<void> {
  const verifier = new Verifier({
    implementation: 'native',
    workers: 1,
    queueMax: 2_048,
    ...options,
  });
  try {
    await test(verifier);
  } finally {
    await verifier.close();
  }
}

/** A real worker, and the size of every batch it was sent. */
function startWatchedWorker(batches: number[]): Worker {
  const worker = startVerifyWorker('native');
  const post = worker.postMessage.bind(worker);
  worker.postMessage = (batch: readonly Verification[]) => {
    batches.push(batch.length);
    post(batch);
  };
  return worker;
}

function startCrashingWorker(): Worker {
  return new Worker(
    `require('node:worker_threads').parentPort.once('message', () => { throw new Error('crash'); })`,
    { eval: true },
  );
}

function many(count: number, make: () => Promise<Result<boolean>>): Promise<Result<boolean>[]> {
  return Promise.all(Array.from({ length: count }, make));
}

describe('a verifier', () => {
  it('tells good signatures from garbage, in the order in which they were given', async () => {
    await withVerifier({ workers: 2 }, async (verifier) => {
      const asked = Array.from({ length: 200 }, (_, at) => at % 3 === 0);
      const answers = await Promise.all(
        asked.map((isGood) => verifier.verify(isGood ? good : garbage, 'general')),
      );
      assert.deepEqual(
        answers.map((answer) => answer.ok && answer.value),
        asked,
      );
    });
  });

  it('answers SYS_001 to one that throws, and goes on with the others of its batch', async () => {
    const other = parseSignatureHeader(`t=${NOW_MS},v1=${'A'.repeat(86)}`, 'ed25519');
    assert.ok(other.ok);
    const broken: Verification = { ...good, signature: other.value };
    await withVerifier({}, async (verifier) => {
      const answers = await Promise.all(
        [good, broken, good].map((verification) => verifier.verify(verification, 'general')),
      );
      assert.deepEqual(answers.map(codeOf), ['admitted', 'SYS_001', 'admitted']);
    });
  });

  it('sends what gathers in one turn of the event loop as one message', async () => {
    const batches: number[] = [];
    await withVerifier({ startWorker: () => startWatchedWorker(batches) }, async (verifier) => {
      await many(10, () => verifier.verify(good, 'general'));
      assert.deepEqual(batches, [10]);
    });
  });

  it('keeps at most 32 jobs in flight with a worker, in messages of at most 16', async () => {
    const batches: number[] = [];
    await withVerifier({ startWorker: () => startWatchedWorker(batches) }, async (verifier) => {
      const answers = many(100, () => verifier.verify(good, 'general'));
      await nextTurn();
      await nextTurn();
      assert.deepEqual(batches, [16, 16]);
      await answers;
      assert.equal(Math.max(...batches), 16);
      assert.equal(
        batches.reduce((sum, size) => sum + size),
        100,
      );
    });
  });

  it('takes as many as may wait, in each lane, and refuses one more with SYS_002', async () => {
    await withVerifier({ queueMax: 5 }, async (verifier) => {
      for (const lane of ['general', 'priority'] as const) {
        const codes = (await many(6, () => verifier.verify(good, lane))).map(codeOf);
        assert.deepEqual(codes, [...Array<string>(5).fill('admitted'), 'SYS_002']);
      }
      const refused = (await many(6, () => verifier.verify(good, 'general'))).at(-1);
      assert.equal(refused?.ok === false && refused.problem.retryAfterSeconds, 1);
    });
  });

  it('takes priority jobs while the general lane is full', async () => {
    await withVerifier({ queueMax: 5 }, async (verifier) => {
      const flood = many(50, () => verifier.verify(garbage, 'general'));
      assert.equal(codeOf(await verifier.verify(good, 'priority')), 'admitted');
      await flood;
    });
  });

  it('answers a priority job after what is in flight and one turn of the rest, however long the queue', async () => {
    await withVerifier({}, async (verifier) => {
      let answered = 0;
      const flood = many(2_048, async () => {
        const answer = await verifier.verify(garbage, 'general');
        answered += 1;
        return answer;
      });
      await nextTurn();
      const before = answered;
      await verifier.verify(good, 'priority');
      // 32 in flight, and the rest of the batch in which the job itself travels.
      assert.ok(answered - before <= 32 + 16, `${answered - before} went before it`);
      await flood;
    });
  });
});

describe('a worker that dies', () => {
  it('leaves its jobs refused with SYS_002, and is replaced', async () => {
    const causes: unknown[] = [];
    let started = 0;
    const startWorker = (): Worker => {
      started += 1;
      return started === 1 ? startCrashingWorker() : startVerifyWorker('native');
    };
    const options = {
      startWorker,
      restartDelayMs: 0,
      onCrash: (cause: unknown) => causes.push(cause),
    };
    await withVerifier(options, async (verifier) => {
      const codes = (await many(40, () => verifier.verify(good, 'general'))).map(codeOf);
      assert.deepEqual(new Set(codes), new Set(['SYS_002']), 'in flight and waiting alike');
      assert.match(String(causes[0]), /crash/);
      while (codeOf(await verifier.verify(good, 'general')) !== 'admitted') await nextTurn();
      assert.equal(started, 2);
    });
  });

  it('leaves the others to work, and nothing but its own jobs is refused', async () => {
    let started = 0;
    const startWorker = (): Worker => {
      started += 1;
      return started === 1 ? startCrashingWorker() : startVerifyWorker('native');
    };
    await withVerifier({ startWorker, workers: 2, restartDelayMs: 60_000 }, async (verifier) => {
      const codes = (await many(200, () => verifier.verify(good, 'general'))).map(codeOf);
      const refused = codes.filter((code) => code === 'SYS_002').length;
      assert.ok(refused > 0 && refused <= 32, `${refused} refused`);
      assert.equal(started, 2, 'no replacement before its time');
    });
  });

  it('leaves nobody waiting where it was the only one', async () => {
    const options = { startWorker: startCrashingWorker, restartDelayMs: 60_000 };
    await withVerifier(options, async (verifier) => {
      await many(40, () => verifier.verify(good, 'general'));
      assert.equal(codeOf(await verifier.verify(good, 'priority')), 'SYS_002');
    });
  });
});

describe('closing a verifier', () => {
  it('refuses what waits and what is in flight with SYS_002, and is safe twice', async () => {
    await withVerifier({}, async (verifier) => {
      const answers = many(500, () => verifier.verify(good, 'general'));
      await nextTurn();
      await Promise.all([verifier.close(), verifier.close()]);
      await verifier.close();
      const codes = (await answers).map(codeOf);
      assert.deepEqual(new Set(codes), new Set(['SYS_002']));
      assert.equal(codeOf(await verifier.verify(good, 'priority')), 'SYS_002');
    });
  });

  it('forgets the replacement that it was about to start', async () => {
    const before = timersSet();
    const options = { startWorker: startCrashingWorker, restartDelayMs: 60_000 };
    await withVerifier(options, async (verifier) => {
      await verifier.verify(good, 'general');
      assert.equal(timersSet(), before + 1);
    });
    assert.equal(timersSet(), before);
  });
});

function timersSet(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}
