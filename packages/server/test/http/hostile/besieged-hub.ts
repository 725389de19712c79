/** A hub with one provider listed, and a way to try things on it that must change nothing. */
import assert from 'node:assert/strict';
import type { ProblemCode, Signer } from 'golem-vm-discovery-protocol';
import { type FakeClock } from '../../fake-clock.js';
import { type Choices, openEdge } from '../edge-under-test.js';
import { assertProblem } from '../problem-shape.js';
import { converse, type RawAnswer } from '../raw-client.js';
import { advertiseBytes, createProvider } from '../requests.js';

/** What a test holds in its hands. */
export interface BesiegedHub {
  readonly port: number;
  readonly clock: FakeClock;
  /** The provider that is listed. */
  readonly listed: Signer;
  /** The POST that listed it. */
  readonly listedBytes: string;
  /** Sends, and holds the answer against what may be answered; gives the answer. */
  meets(bytes: string | Buffer, ...codes: readonly ('200' | ProblemCode)[]): Promise<RawAnswer>;
  /** The same, where the hub must close the connection behind its answer. */
  isClosed(bytes: string | Buffer, code: ProblemCode): Promise<void>;
  /** Closes, after having made sure that nothing changed and nothing crashed. */
  close(): Promise<void>;
}

/** Opens it; the test closes it. */
export async function openBesiegedHub(choices: Choices = {}): Promise<BesiegedHub> {
  const hub = await openEdge(choices);
  const { port, clock } = hub;
  const listed = createProvider();
  const listedBytes = await advertiseBytes(listed, clock.wallMs());
  await meet(port, listedBytes, ['200']);
  const atFirst = await hub.listed();
  return {
    port,
    clock,
    listed,
    listedBytes,
    meets: (bytes, ...codes) => meet(port, bytes, codes),
    isClosed: (bytes, code) => meetAndPart(port, bytes, code),
    async close() {
      const atLast = await hub.listed();
      await hub.close();
      assert.deepEqual(atLast, atFirst, 'nothing changed');
      assert.deepEqual(hub.errors, [], 'nothing crashed');
    },
  };
}

async function meet(
  port: number,
  bytes: string | Buffer,
  codes: readonly ('200' | ProblemCode)[],
): Promise<RawAnswer> {
  const { answers } = await converse(port, bytes, { answers: 1 });
  const [answer] = answers;
  assert.ok(answer, `an answer to ${sample(bytes)}`);
  const code = answer.status === 200 ? '200' : assertProblem(answer);
  assert.ok(codes.includes(code), `${code} for ${sample(bytes)}: ${answer.body}`);
  return answer;
}

async function meetAndPart(port: number, bytes: string | Buffer, code: ProblemCode): Promise<void> {
  const { answers, ended } = await converse(port, bytes, { msMax: 5_000 });
  assert.deepEqual(answers.map(assertProblem), [code], sample(bytes));
  assert.equal(answers[0]?.headers.get('connection'), 'close', sample(bytes));
  assert.equal(ended, 'closed', sample(bytes));
}

function sample(bytes: string | Buffer): string {
  return JSON.stringify(bytes.toString('latin1').slice(0, 160));
}
